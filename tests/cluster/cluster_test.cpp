// Several nodes over one Kafka log: any node answers as the owner would, and a partition moves without loss.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cluster/cluster.hpp"

namespace tenantry::test {
namespace {

const std::vector<std::string> names = {"a", "b", "c"};

json course(const std::string& code) {
  return {{"code", code}, {"title", code}};
}

// Sends it, under one key, until a node answers for good.
Answer insist(Cluster& cluster, const std::string& tenant, const std::string& code) {
  Answer answer;
  bool answered = comes_true([&] {
    for (const std::string& name : cluster.running()) {
      HttpClient client = cluster.client(name);
      answer = client.post("/v1/courses", course(code).dump(), of(tenant, "key-" + code));
      if (answer.status != 0 && answer.status != 503) return true;
    }
    return false;
  });
  REQUIRE(answered);
  return answer;
}

std::set<std::string> codes(Cluster& cluster, const std::string& node, const std::string& tenant) {
  Answer answer = cluster.client(node).get("/v1/courses?limit=200", of(tenant));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  std::set<std::string> found;
  json document = json_of(answer);
  for (const json& item : document.at("items")) found.insert(item.at("code").get<std::string>());
  return found;
}

TEST_CASE("every node creates, writes and reads as the owner would, at once") {
  Cluster cluster(names);
  std::set<std::string> expected;
  for (const std::string& creator : names) {
    std::string tenant = "school-" + creator;
    HttpClient client = cluster.client(creator);
    make_tenant(client, tenant);
    for (const std::string& other : names) {
      CHECK(cluster.client(other).get("/v1/tenant", of(tenant)).status == 200);
      Answer written = cluster.client(other).post("/v1/courses", course("C-" + other).dump(), of(tenant, "key"));
      INFO(written.body);
      // One key, three requests: the key is known wherever the request lands.
      CHECK(written.status == (other == names.front() ? 201 : 422));
    }
    for (const std::string& other : names) CHECK(codes(cluster, other, tenant) == std::set<std::string>{"C-a"});
  }
  for (const std::string& name : names) {
    CHECK(json_of(cluster.client(name).get("/v1/tenants")).at("items").size() == names.size());
  }
  for (const std::string& name : names) CHECK(cluster.stop(name) == 0);
  auto digests = cluster.digests("a");
  CHECK(digests.size() == names.size() + 2);  // and the platform, and all together
  CHECK(cluster.digests("b") == digests);
  CHECK(cluster.digests("c") == digests);
  CHECK(cluster.rebuild("c").code == 0);
  CHECK(cluster.digests("c") == digests);
}

TEST_CASE("a request is passed on once, and nothing is done where nobody serves") {
  Cluster cluster({"a", "b"});
  HttpClient client = cluster.client("a");
  make_tenant(client, "school");
  std::string partition = json_of(cluster.client("a").get("/v1/tenant", of("school"))).at("partition").dump();
  std::string owner = cluster.owners().at("events-" + partition);
  std::string other = owner == "a" ? "b" : "a";
  Headers forwarded = {{"X-Tenant", "school"}, {"Content-Type", "application/json"}, {"Tenantry-Forwarded-By", "x"}};
  Answer refused = cluster.client(other).post("/v1/courses", course("LOOP").dump(), forwarded);
  CHECK(refused.status == 503);
  CHECK(json_of(refused).at("type") == "/problems/not-served");
  CHECK(cluster.client(owner).post("/v1/courses", course("DIRECT").dump(), forwarded).status == 201);
  CHECK(codes(cluster, other, "school") == std::set<std::string>{"DIRECT"});
}

TEST_CASE("when an owner is killed another takes over: nothing answered is lost or doubled, reads go on") {
  Cluster cluster(names);
  HttpClient client = cluster.client("a");
  make_tenant(client, "school");
  std::string partition = json_of(cluster.client("a").get("/v1/tenant", of("school"))).at("partition").dump();
  std::set<std::string> answered{"HELD"};
  json held = course("HELD");
  held["id"] = "01900000-0000-7000-8000-000000000077";
  REQUIRE(client.post("/v1/courses", held.dump(), of("school")).status == 201);
  REQUIRE(client.post("/v1/courses", held.dump(), of("school", "held")).status == 200);  // no event, and yet an answer
  for (int round = 0; round < 2; ++round) {
    for (int number = 0; number < 5; ++number) {
      std::string code = "R" + std::to_string(round) + "-" + std::to_string(number);
      REQUIRE(insist(cluster, "school", code).status == 201);
      answered.insert(code);
    }
    std::string owner = cluster.owners().at("events-" + partition);
    cluster.kill(owner);
    for (const std::string& left : cluster.running()) CHECK(codes(cluster, left, "school") == answered);
    std::string code = "after-" + std::to_string(round);
    CHECK(insist(cluster, "school", code).status == 201);
    answered.insert(code);
    std::string next_owner = cluster.owners().at("events-" + partition);
    CHECK(next_owner != owner);
    Answer again = cluster.client(next_owner).post("/v1/courses", held.dump(), of("school", "held"));
    CHECK(again.status == 200);
    CHECK(again.headers.contains("idempotent-replayed"));
    cluster.start(owner);
    cluster.wait_until_served();
  }
  for (const std::string& name : names) CHECK(codes(cluster, name, "school") == answered);
  for (const std::string& name : names) CHECK(cluster.stop(name) == 0);
  auto digests = cluster.digests("a");
  CHECK(cluster.digests("b") == digests);
  CHECK(cluster.digests("c") == digests);
}

TEST_CASE("what a node's settings or folder contradict is refused and named") {
  TemporaryFolder folder;
  auto errors = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"serve", "--data", folder / "data"});
    Finished finished = tenantry(more);
    CHECK(finished.code != 0);
    return finished.errors;
  };
  auto has = [](const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; };
  CHECK(has(errors({"--log", "kafka"}), "--kafka-brokers"));
  CHECK(has(errors({"--kafka-brokers", "127.0.0.1:9"}), "--log"));
  std::vector<std::string> kafka = {"--log",          "kafka",       "--kafka-brokers", shared_bootstrap(),
                                    "--kafka-prefix", fresh_prefix()};
  auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), kafka.begin(), kafka.end());
    return more;
  };
  CHECK(has(errors(with({"--port", "0"})), "--advertise"));
  CHECK(has(errors(with({"--demo-if-empty"})), "--demo-if-empty"));
  CHECK(has(errors(with({"--kafka-property", "sasl.mechanism"})), "NAME=VALUE"));
  {
    Server embedded(folder / "data");
    CHECK(embedded.serves());
  }
  CHECK(has(errors(with({"--port", std::to_string(free_port())})), "holds an embedded log"));
}

TEST_CASE("a log is copied to Kafka and back, with equal digests, and served from there") {
  TemporaryFolder folder;
  std::string prefix = fresh_prefix();
  json held = course("HELD");
  held["id"] = "01900000-0000-7000-8000-000000000077";
  {
    Server server(folder / "embedded");
    HttpClient client = server.client();
    for (const char* slug : {"school", "college"}) {
      make_tenant(client, slug);
      for (int number = 0; number < 20; ++number) {
        REQUIRE(client.post("/v1/courses", course("C" + std::to_string(number)).dump(), of(slug)).status == 201);
      }
    }
    REQUIRE(client.post("/v1/courses", held.dump(), of("school")).status == 201);
    REQUIRE(client.post("/v1/courses", held.dump(), of("school", "held")).status == 200);  // noted
    CHECK(server.stop() == 0);
  }
  auto before = digests(folder / "embedded");
  std::vector<std::string> kafka = {"--kafka-brokers", shared_bootstrap(), "--kafka-prefix", prefix};
  auto copy = [&](const std::string& from, const std::string& into, const std::string& to) {
    std::vector<std::string> arguments = {"log", "copy", "--data", folder / from, "--into", folder / into, "--to", to};
    arguments.insert(arguments.end(), kafka.begin(), kafka.end());
    Finished finished = tenantry(arguments);
    UNSCOPED_INFO(finished.output << finished.errors);
    return finished;
  };
  Finished copied = copy("embedded", "node", "kafka");
  REQUIRE(copied.code == 0);
  CHECK(copied.output.find("are equal on both sides") != std::string::npos);
  CHECK(copied.output.find("46 records were copied") != std::string::npos);
  std::vector<std::string> as_kafka = {"--log", "kafka"};
  as_kafka.insert(as_kafka.end(), kafka.begin(), kafka.end());
  CHECK(digests(folder / "node", as_kafka) == before);

  Finished again = copy("embedded", "other", "kafka");
  CHECK(again.code == 1);
  CHECK(again.errors.find("is not empty") != std::string::npos);
  CHECK(copy("embedded", "embedded", "kafka").code == 2);

  std::vector<std::string> serve = as_kafka;
  serve.insert(serve.end(), {"--node", "a", "--port", std::to_string(free_port())});
  {
    Server server(folder / "node", serve);
    HttpClient client = server.client();
    CHECK(comes_true(
        [&] { return client.post("/v1/courses", course("AFTER").dump(), of("school", "k")).status == 201; }));
    Answer again = client.post("/v1/courses", held.dump(), of("school", "held"));
    CHECK(again.status == 200);
    CHECK(again.headers.contains("idempotent-replayed"));
    CHECK(client.post("/v1/courses", held.dump(), of("school", "held-on-kafka")).status == 200);
    CHECK(server.stop() == 0);
  }
  auto grown = digests(folder / "node", as_kafka);
  CHECK(grown.at("school") != before.at("school"));
  CHECK(grown.at("college") == before.at("college"));
  CHECK(copy("node", "back", "embedded").code == 0);
  CHECK(digests(folder / "back") == grown);
}

}  // namespace
}  // namespace tenantry::test
