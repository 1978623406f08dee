// The program on a Kafka log that fails: what it answers, what it shows, and that it goes on by itself.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "events/identifiers.hpp"
#include "events/record.hpp"
#include "tests/cluster/cluster.hpp"
#include "tests/kafka/admin.hpp"
#include "tests/kafka/kafka_log_fixture.hpp"

namespace tenantry::test {
namespace {

using events::Partition;
using events::Stream;
using events::kafka::KafkaOptions;

constexpr int patience_seconds = 90;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

json course(const std::string& code) {
  return {{"code", code}, {"title", code}};
}

Answer add_course(Cluster& cluster, const std::string& node, const std::string& tenant, const std::string& code) {
  HttpClient client = client_at(cluster.port(node), patience_seconds);
  return client.post("/v1/courses", course(code).dump(), of(tenant, "key-" + code));
}

// Under one key, until it is answered for good.
void insist(Cluster& cluster, const std::string& node, const std::string& tenant, const std::string& code) {
  Answer answer;
  REQUIRE(comes_true([&] {
    answer = add_course(cluster, node, tenant, code);
    return answer.status != 0 && answer.status != 503;
  }));
  INFO(answer.body);
  CHECK(answer.status == 201);
}

std::multiset<std::string> codes(Cluster& cluster, const std::string& node, const std::string& tenant) {
  Answer answer = cluster.client(node).get("/v1/courses?limit=200", of(tenant));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  std::multiset<std::string> found;
  json document = json_of(answer);
  for (const json& item : document.at("items")) found.insert(item.at("code").get<std::string>());
  return found;
}

Partition partition_of(Cluster& cluster, const std::string& node, const std::string& tenant) {
  return {Stream::tenants, json_of(cluster.client(node).get("/v1/tenant", of(tenant))).at("partition").get<int>()};
}

// What a node says of a partition.
json standing(Cluster& cluster, const std::string& node, Partition partition) {
  HttpClient client = client_at(cluster.port(node), patience_seconds);
  Answer answer = client.get("/v1/cluster");
  if (answer.status != 200) return json::object();
  json document = json_of(answer);
  for (const json& each : document.at("partitions")) {
    if (each.at("partition") == partition.name()) return each;
  }
  return json::object();
}

bool serves_all(Cluster& cluster, const std::string& node) {
  Answer answer = cluster.client(node).get("/v1/cluster");
  if (answer.status != 200) return false;
  json document = json_of(answer);
  const json& partitions = document.at("partitions");
  return std::ranges::all_of(partitions, [](const json& each) { return each.at("servedHere").get<bool>(); });
}

std::string metrics(Cluster& cluster, const std::string& node) {
  return cluster.client(node).get("/metrics").body;
}

KafkaOptions options_of(const Cluster& cluster) {
  KafkaOptions options;
  options.bootstrap = cluster.bootstrap();
  options.prefix = cluster.prefix();
  return options;
}

Finished serve(const std::string& folder, const std::string& bootstrap, const std::string& prefix) {
  return tenantry({"serve", "--data", folder, "--log", "kafka", "--kafka-brokers", bootstrap, "--kafka-prefix", prefix,
                   "--port", std::to_string(free_port())});
}

// Under the epoch of the partition's owner, as only the owner should.
events::kafka::Message forged(Cluster& cluster, const std::string& tenant, const std::string& type,
                              std::uint64_t sequence) {
  json owner = standing(cluster, "a", partition_of(cluster, "a", tenant)).at("owner");
  std::string id = json_of(cluster.client("a").get("/v1/tenant", of(tenant))).at("id");
  events::Record record;
  record.attributes.id = events::fresh_id();
  record.attributes.tenant.value = Uuid::parse(id).value();
  record.attributes.source = "/tenants/" + id;
  record.attributes.type = type;
  record.attributes.subject = "courses/" + id;
  record.attributes.time = Instant::now();
  record.attributes.sequence = sequence;
  record.attributes.owner_epoch = owner.at("epoch").get<std::uint64_t>();
  record.data = "{}";
  std::string bytes;
  encode_record(record, bytes);
  return events::kafka::message_of(bytes).value().message;
}

std::uint64_t position_of(Cluster& cluster, const std::string& tenant) {
  return std::stoull(cluster.client("a").get("/v1/tenant", of(tenant)).headers.at("tenantry-position"));
}

TEST_CASE("without brokers the program ends, names where it looked for them, and leaves nothing") {
  TemporaryFolder folder;
  Finished finished = serve(folder / "data", "127.0.0.1:1", "x");
  CHECK(finished.code == 1);
  CHECK(has(finished.errors, "no Kafka broker answers at 127.0.0.1:1"));
  CHECK_FALSE(std::filesystem::exists(folder / "data"));
}

TEST_CASE("while its only broker is away a node says so and reads go on, and afterwards it writes by itself") {
  Broker broker;
  Cluster cluster({"a"}, broker.bootstrap());
  HttpClient client = cluster.client("a");
  make_tenant(client, "school");
  insist(cluster, "a", "school", "FIRST");
  std::multiset<std::string> written = {"FIRST"};
  auto lasts = [&](const std::string& round) {
    Answer refused = add_course(cluster, "a", "school", round);
    INFO(refused.body);
    CHECK(refused.status == 503);
    CHECK(refused.headers.contains("retry-after"));
    std::string type = json_of(refused).at("type");
    CHECK(std::set<std::string>{"/problems/outcome-unknown", "/problems/not-written", "/problems/not-served"}.contains(
        type));
    CHECK(comes_true([&] { return cluster.client("a").get("/readyz").status == 503; }));
    CHECK(has(cluster.client("a").get("/v1/cluster").body, R"("trouble":"the brokers were not heard from)"));
    CHECK(has(metrics(cluster, "a"), "tenantry_kafka_available 0"));
    Headers as_it_is = {{"X-Tenant", "school"}, {"Tenantry-Position", "1"}};
    CHECK(cluster.client("a").get("/v1/courses", as_it_is).status == 200);
  };
  auto ends = [&](const std::string& round) {
    insist(cluster, "a", "school", round);
    insist(cluster, "a", "school", "after-" + round);
    written.insert({round, "after-" + round});
    CHECK(comes_true([&] { return cluster.client("a").get("/readyz").status == 200; }));
    CHECK(codes(cluster, "a", "school") == written);
    CHECK(has(metrics(cluster, "a"), "tenantry_kafka_available 1"));
  };
  broker.stop();
  lasts("stopped");
  broker.go_on();
  ends("stopped");
  broker.kill(1);
  lasts("killed");
  CHECK(broker.start(1)->wait() == 0);
  ends("killed");
  CHECK(cluster.stop("a") == 0);
}

TEST_CASE("what others write into the topics stops their tenant at most, and is shown") {
  Cluster cluster({"a"});
  HttpClient client = cluster.client("a");
  std::map<int, std::vector<std::string>> tenants;
  for (int number = 0;
       tenants.empty() ||
       std::ranges::max_element(tenants, {}, [](auto& each) { return each.second.size(); })->second.size() < 3;
       ++number) {
    std::string slug = "school-" + std::to_string(number);
    make_tenant(client, slug);
    tenants[partition_of(cluster, "a", slug).number].push_back(slug);
  }
  auto together = *std::ranges::find_if(tenants, [](auto& each) { return each.second.size() == 3; });
  Partition partition{Stream::tenants, together.first};
  const std::string& sound = together.second[0];
  KafkaOptions options = options_of(cluster);
  auto is_shown = [&](const std::string& line) { return has(metrics(cluster, "a"), line); };
  auto label = "{partition=\"" + partition.name() + "\"} ";

  events::kafka::write_plainly(options, partition, {.key = "k", .value = "v", .timestamp_ms = 1, .headers = {}});
  CHECK(comes_true([&] { return is_shown("tenantry_kafka_foreign_messages_total 1"); }));
  CHECK(comes_true([&] { return is_shown("tenantry_state_unreadable_records" + label + "1"); }));
  CHECK(comes_true([&] {
    return has(cluster.process("a").errors(), "a foreign message is in partition " + partition.name() + " at offset ");
  }));
  insist(cluster, "a", sound, "AFTER-FOREIGN");

  auto stops = [&](const std::string& slug, const std::string& type, std::uint64_t gap) {
    REQUIRE(comes_true([&] { return standing(cluster, "a", partition).at("servedHere").get<bool>(); }));
    std::uint64_t sequence = position_of(cluster, slug) + gap;
    events::kafka::write_plainly(options, partition, forged(cluster, slug, type, sequence));
    CHECK(comes_true([&] { return has(cluster.client("a").get("/v1/quarantine").body, type); }));
    insist(cluster, "a", sound, "AFTER-" + slug);
    CHECK(json_of(add_course(cluster, "a", slug, "STOPPED")).at("type") == "/problems/tenant-quarantined");
  };
  stops(together.second[1], "tenantry.roster.moon-landed.v1", 1);
  stops(together.second[2], "tenantry.roster.course-added.v1", 7);
  CHECK(is_shown("tenantry_kafka_intrusions_total 3"));
  CHECK(is_shown("tenantry_state_quarantined_tenants" + label + "2"));
  for (const char* name :
       {"records_mirrored_total", "messages_consumed_total", "stale_records_total", "foreign_messages_total",
        "transactions_total", "aborts_total", "unknown_outcomes_total", "takes_total", "fenced_total",
        "intrusions_total", "clock_refusals_total", "available", "lag", "partition_fault", "partition_served"}) {
    CHECK(is_shown(std::string("# HELP tenantry_kafka_") + name + ' '));
    CHECK(is_shown(std::string("# TYPE tenantry_kafka_") + name + ' '));
  }
  CHECK(is_shown("tenantry_kafka_partition_served" + label + "1"));
  CHECK(is_shown("tenantry_kafka_partition_fault" + label + "0"));
  CHECK(has(cluster.process("a").errors(), "another program wrote records into it"));
  CHECK(cluster.stop("a") == 0);
}

TEST_CASE("a node that slept while records were deleted says which, and serves no more of that partition") {
  Cluster cluster({"a", "b"});
  HttpClient client = cluster.client("a");
  make_tenant(client, "school");
  Partition partition = partition_of(cluster, "a", "school");
  insist(cluster, "a", "school", "BEFORE");
  CHECK(codes(cluster, "b", "school").size() == 1);
  cluster.process("b").kill(SIGSTOP);
  REQUIRE(comes_true([&] { return serves_all(cluster, "a"); }));
  for (int number = 0; number < 5; ++number) insist(cluster, "a", "school", "DELETED-" + std::to_string(number));
  json end = standing(cluster, "a", partition).at("logPosition");
  events::kafka::delete_records(options_of(cluster), partition, end.get<std::int64_t>());
  cluster.process("b").kill(SIGCONT);
  REQUIRE(comes_true([&] { return standing(cluster, "b", partition).contains("trouble"); }));
  std::string trouble = standing(cluster, "b", partition).at("trouble");
  CHECK(has(trouble, "partition " + std::to_string(partition.number) + " begins at offset " + end.dump()));
  CHECK(has(trouble, "records were deleted"));
  CHECK(has(metrics(cluster, "b"), "tenantry_kafka_partition_fault{partition=\"" + partition.name() + "\"} 1"));
  CHECK_FALSE(standing(cluster, "b", partition).at("servedHere").get<bool>());
  HttpClient other = client_at(cluster.port("b"), patience_seconds);
  CHECK(other.get("/v1/courses", of("school")).status == 503);
  CHECK(comes_true([&] { return has(cluster.process("b").errors(), "records were deleted"); }));
  CHECK(cluster.stop("b") == 0);
  insist(cluster, "a", "school", "AFTER");
  CHECK(codes(cluster, "a", "school").size() == 7);
}

TEST_CASE("topics that are not those of the data folder end the program with the reason") {
  TemporaryFolder folder;
  std::string prefix = fresh_prefix();
  KafkaOptions options;
  options.bootstrap = shared_bootstrap();
  options.prefix = prefix;
  std::vector<std::string> arguments = {
      "--log",        "kafka", "--kafka-brokers", options.bootstrap,          "--kafka-prefix", prefix,
      "--partitions", "2",     "--port",          std::to_string(free_port())};
  {
    Server server(folder / "data", arguments);
    HttpClient client = server.client();
    REQUIRE(comes_true([&] { return client.get("/readyz").status == 200; }));
    REQUIRE(comes_true([&] {
      json body = {{"slug", "school"}, {"name", "School"}, {"timezone", "Europe/London"}};
      return client.post("/v1/tenants", body.dump()).status == 201;
    }));
    // Its number of partitions may grow under a node, which leaves those alone that it does not know.
    // It hears of them when it joins the group again, here because it was not heard from.
    events::kafka::add_partitions(options, prefix + ".events", 4);
    server.process().kill(SIGSTOP);
    std::this_thread::sleep_for(std::chrono::seconds(8));
    server.process().kill(SIGCONT);
    CHECK(comes_true([&] { return has(server.process().errors(), "which it had not when this node opened it"); }));
    CHECK(comes_true(
        [&] { return client.post("/v1/courses", course("GROWN").dump(), of("school", "grown")).status == 201; }));
    CHECK(server.stop() == 0);
  }
  auto refusal = [&] {
    Finished finished = serve(folder / "data", options.bootstrap, prefix);
    CHECK(finished.code == 1);
    return finished.errors;
  };
  CHECK(has(refusal(), "partitions 2 instead of 4"));
}

TEST_CASE("a topic that is deleted under a node is never made again by it, and one made anew is not taken for it") {
  TemporaryFolder folder;
  KafkaOptions options;
  options.bootstrap = shared_bootstrap();
  options.prefix = fresh_prefix();
  std::string topic = options.prefix + ".events";
  std::vector<std::string> arguments = {
      "--log",        "kafka", "--kafka-brokers", options.bootstrap,          "--kafka-prefix", options.prefix,
      "--partitions", "2",     "--port",          std::to_string(free_port())};
  {
    Server server(folder / "data", arguments);
    HttpClient client = server.client();
    REQUIRE(comes_true([&] {
      json body = {{"slug", "school"}, {"name", "School"}, {"timezone", "Europe/London"}};
      return client.post("/v1/tenants", body.dump()).status == 201;
    }));
    events::kafka::delete_topic(options, topic);
    CHECK(comes_true([&] { return has(client.get("/v1/cluster").body, topic + " partition 1 was deleted"); }));
    CHECK(has(client.get("/metrics").body, "tenantry_kafka_partition_fault{partition=\"events-1\"} 1"));
    HttpClient patient = client_at(server.port(), patience_seconds);
    CHECK(patient.post("/v1/courses", course("LOST").dump(), of("school")).status == 503);
    CHECK(has(client.get("/v1/cluster").body, R"("partition":"platform-0","servedHere":true)"));
    CHECK(server.stop() == 0);
  }
  auto refusal = [&] { return serve(folder / "data", options.bootstrap, options.prefix).errors; };
  for (int attempt = 0; attempt < 2; ++attempt) CHECK(has(refusal(), "topic " + topic + " is not there"));
  events::kafka::make_topic(options, topic, 2, events::kafka::sound_topic);
  CHECK(comes_true([&] { return has(refusal(), "the log was replaced: topic " + topic); }));
}

TEST_CASE(
    "while a topic's limit on messages is too low commands are refused and the log says why, and nothing is lost") {
  Cluster cluster({"a"});
  HttpClient client = cluster.client("a");
  make_tenant(client, "school");
  insist(cluster, "a", "school", "BEFORE");
  KafkaOptions options = options_of(cluster);
  auto lowered = events::kafka::sound_topic;
  lowered.back().second = "300";  // an owner record is smaller, and every event larger
  events::kafka::change_topic(options, cluster.prefix() + ".events", lowered);
  std::multiset<std::string> written = {"BEFORE"};
  std::string code;
  Answer refused;
  REQUIRE(comes_true([&] {  // brokers hear of it one after another
    code = "TRY-" + std::to_string(written.size());
    refused = add_course(cluster, "a", "school", code);
    if (refused.status == 201) written.insert(code);
    return refused.status == 503;
  }));
  CHECK(json_of(refused).at("type") == "/problems/not-written");
  CHECK(refused.headers.contains("retry-after"));
  CHECK(
      comes_true([&] { return has(cluster.process("a").errors(), "max.message.bytes of topic " + cluster.prefix()); }));
  events::kafka::change_topic(options, cluster.prefix() + ".events", events::kafka::sound_topic);
  insist(cluster, "a", "school", code);
  written.insert(code);
  CHECK(codes(cluster, "a", "school") == written);
}

}  // namespace
}  // namespace tenantry::test
