// What a Kafka log says, and does not do, when the brokers or the topics are not as it left them.
#include "tests/kafka/admin.hpp"
#include "tests/kafka/kafka_log_fixture.hpp"

#include <random>

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::kafka;
using contract::append_named;
using contract::first_partition;
using contract::record_named;
using contract::second_partition;

namespace {

// Makes topics for whoever asks for them, as brokers do that nobody has told otherwise.
const test::Broker& careless_broker() {
  static test::Broker broker(1, {"--set", "auto.create.topics.enable=true"});
  return broker;
}

KafkaOptions careless_options() {
  KafkaOptions options = test_options(test::fresh_prefix());
  options.bootstrap = careless_broker().bootstrap();
  options.start_deadline_ms = 3'000;
  options.append_deadline_ms = 2'000;
  return options;
}

std::string refusal(std::expected<std::unique_ptr<KafkaLog>, LogError> opened) {
  return opened ? "opened" : opened.error().detail;
}

template <class Change>
std::string changed(const std::string& bytes, Change change) {
  RecordView record = decode_record(bytes).value();
  change(record);
  std::string result;
  encode_record(record, result);
  return result;
}

}  // namespace

TEST_CASE("brokers that do not answer are named, within the start's deadline", "[kafka]") {
  KafkaOptions options = careless_options();
  careless_broker().stop();
  std::string refused = refusal(options);
  careless_broker().go_on();
  CHECK_THAT(refused, Catch::Contains("no Kafka broker answers at " + options.bootstrap));
}

TEST_CASE("a topic deleted under a node is a lasting fault and comes back for nobody", "[kafka]") {
  KafkaOptions options = careless_options();
  Node node(options);
  node.take(first_partition);
  append_named(node.log(), first_partition, {"before"});
  delete_topic(options, options.prefix + ".events");
  (void)node.log().append(first_partition, {record_named(node.log(), first_partition, "into nothing")});
  REQUIRE(test::comes_true([&] { return !node.log().fault(first_partition).empty(); }));
  CHECK_THAT(node.log().fault(first_partition),
             Catch::Contains("topic " + options.prefix + ".events partition 0 was deleted"));
  CHECK(test::comes_true([&] { return node.lost() == 1; }));
  CHECK(node.log().owner_epoch(first_partition) == 0);
  CHECK(node.log().fault({Stream::platform, 0}).empty());
  CHECK(node.log().metrics().faults.contains(first_partition));
  auto appended = node.log().append(first_partition, {"x"});
  CHECK(appended.error().kind == LogError::Kind::unavailable);
  CHECK_THAT(appended.error().detail, Catch::Contains("was deleted"));
  CHECK_THAT(node.log().take(first_partition).error().detail, Catch::Contains("was deleted"));
  CHECK_THAT(node.log().catch_up(first_partition, 30'000).error().detail, Catch::Contains("was deleted"));
  CHECK(contract::read_all(node.log(), first_partition).names.front() == "before");
  node.close();
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto opened = node.try_open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == LogError::Kind::corrupt);
    CHECK_THAT(opened.error().detail, Catch::Contains("topic " + options.prefix + ".events is not there"));
  }
}

TEST_CASE("a topic made anew under a node is not written to as if it were the old one", "[kafka]") {
  KafkaOptions options = careless_options();
  Node node(options);
  node.take(first_partition);
  append_named(node.log(), first_partition, contract::numbered("old", 20));
  delete_topic(options, options.prefix + ".events");
  REQUIRE(test::comes_true([&] {
    try {
      make_topic(options, options.prefix + ".events", 2, sound_topic);
    } catch (const std::runtime_error&) {
    }
    return !node.log().fault(first_partition).empty();
  }));
  CHECK_FALSE(node.log().append(first_partition, {record_named(node.log(), first_partition, "late")}));
  CHECK_FALSE(node.log().take(first_partition));
  CHECK(contract::read_all(node.log(), first_partition).names.size() == 20);
}

TEST_CASE("records deleted before a node read them are refused, with the offsets", "[kafka]") {
  std::string prefix = test::fresh_prefix();
  Node behind(test_options(prefix, "b"));
  Node ahead(test_options(prefix, "a"));
  ahead.take(first_partition);
  append_named(ahead.log(), first_partition, {"read"});
  REQUIRE(behind.read_to_end(first_partition).names.size() == 1);
  behind.close();
  auto next = append_named(ahead.log(), first_partition, contract::numbered("unread", 5)).next;
  delete_records(ahead.options(), first_partition, static_cast<std::int64_t>(next));
  auto opened = behind.try_open();
  REQUIRE_FALSE(opened);
  CHECK(opened.error().kind == LogError::Kind::corrupt);
  CHECK_THAT(opened.error().detail,
             Catch::Contains("topic " + prefix + ".events partition 0 begins at offset " + std::to_string(next)) &&
                 Catch::Contains("records were deleted"));
  ahead.close();
  ahead.open();  // has read them
  CHECK(ahead.read_to_end(first_partition).names.size() == 6);
}

TEST_CASE("topics that were given partitions are refused", "[kafka]") {
  Node node(test_options(test::fresh_prefix()));
  node.close();
  add_partitions(node.options(), node.options().prefix + ".events", 3);
  REQUIRE(test::comes_true([&] {
    return refusal(node.try_open()).find("the number of partitions is 3 and must be 2") != std::string::npos;
  }));
  node.options().tenant_partitions = 0;
  CHECK_THAT(refusal(node.try_open()), Catch::Contains("partitions 2 instead of 3"));
}

TEST_CASE("topics with fewer partitions than the copy knows are refused", "[kafka]") {
  Node node(test_options(test::fresh_prefix()));
  node.close();
  std::string topic = node.options().prefix + ".events";
  delete_topic(node.options(), topic);
  node.options().tenant_partitions = 0;
  REQUIRE(test::comes_true([&] {
    try {
      make_topic(node.options(), topic, 1, sound_topic);
    } catch (const std::runtime_error&) {
    }
    return refusal(node.try_open()).find("partitions 2 instead of 1") != std::string::npos;
  }));
}

TEST_CASE("a node whose clock is far behind the newest event does not take the partition", "[kafka]") {
  std::string prefix = test::fresh_prefix();
  Node first(test_options(prefix, "a"));
  first.take(first_partition);
  append_named(first.log(), first_partition, {"now"});
  first.log().release(first_partition);
  auto behind_ms = std::make_shared<std::atomic<std::int64_t>>(600'000);
  KafkaOptions options = test_options(prefix, "b");
  options.now = [behind_ms] { return Instant{Instant::now().unix_ms - *behind_ms}; };
  Node second(options);
  auto taken = second.log().take(first_partition);
  REQUIRE_FALSE(taken);
  CHECK(taken.error().kind == LogError::Kind::unavailable);
  CHECK_THAT(taken.error().detail, Catch::Contains("the clock of this node is far behind: it shows") &&
                                       Catch::Contains("the newest event of partition events-0 is of"));
  CHECK(second.log().metrics().clock_refusals == 1);
  CHECK(first.log().owner(first_partition)->node == "a");
  second.take(second_partition);  // without events there is nothing to be behind
  *behind_ms = 200'000;
  second.take(first_partition);
  CHECK(second.log().metrics().clock_refusals == 1);
}

TEST_CASE("a node whose clock is far ahead is told so by name", "[kafka]") {
  auto ahead_ms = std::make_shared<std::atomic<std::int64_t>>(7'200'000);
  KafkaOptions options = test_options(test::fresh_prefix());
  options.now = [ahead_ms] { return Instant{Instant::now().unix_ms + *ahead_ms}; };
  Node node(options);
  auto taken = node.log().take(first_partition);
  REQUIRE_FALSE(taken);
  CHECK_THAT(taken.error().detail, Catch::Contains("this node's clock is further ahead of the broker's"));
  CHECK(node.log().metrics().clock_refusals == 1);
  *ahead_ms = 0;
  node.take(first_partition);
  std::string record = record_named(node.log(), first_partition, "of tomorrow");
  std::string early = changed(record, [](RecordView& view) { view.attributes.time.unix_ms += 7'200'000; });
  auto appended = node.log().append(first_partition, {early});
  REQUIRE_FALSE(appended);
  CHECK(appended.error().kind == LogError::Kind::rejected);
  CHECK_THAT(appended.error().detail, Catch::Contains("clock"));
  CHECK(node.log().metrics().clock_refusals == 2);
  append_named(node.log(), first_partition, {"of today"});
  CHECK(node.read_to_end(first_partition).names == std::vector<std::string>{"of today"});
}

TEST_CASE("a topic whose limit on messages was lowered refuses by name what is beyond it, and nothing else",
          "[kafka]") {
  Node node(test_options(test::fresh_prefix()));
  node.take(first_partition);
  Settings lowered = sound_topic;
  lowered.back().second = "20000";
  change_topic(node.options(), node.options().prefix + ".events", lowered);
  std::mt19937 random{5};
  std::string data = "{\"noise\":\"";
  for (int count = 0; count < 60'000; ++count) data += static_cast<char>('0' + random() % 64);
  std::erase(data, '\\');
  data += "\"}";
  auto large = changed(record_named(node.log(), first_partition, "large"), [&](RecordView& view) { view.data = data; });
  REQUIRE(test::comes_true([&] {
    auto appended = node.log().append(first_partition, {large});
    return !appended && appended.error().kind == LogError::Kind::rejected &&
           appended.error().detail.find("max.message.bytes of topic") != std::string::npos;
  }));
  append_named(node.log(), first_partition, {"small"});
  CHECK(node.read_to_end(first_partition).names.back() == "small");
  CHECK(node.lost() == 0);
}

TEST_CASE("what another program writes under the owner's epoch is read, not passed over", "[kafka]") {
  Node node(test_options(test::fresh_prefix()));
  node.take(first_partition);
  append_named(node.log(), first_partition, {"own"});
  auto forged = message_of(record_named(node.log(), first_partition, "forged")).value().message;
  write_plainly(node.options(), first_partition, forged);
  CHECK(test::comes_true([&] { return node.lost() == 1; }));
  auto refused = node.log().append(first_partition, {record_named(node.log(), first_partition, "x")});
  CHECK(refused.error().kind == LogError::Kind::unavailable);
  CHECK(node.log().metrics().intrusions == 1);
  node.take(first_partition);
  append_named(node.log(), first_partition, {"after"});
  CHECK(node.read_to_end(first_partition).names == std::vector<std::string>{"own", "forged", "after"});
  CHECK(node.lost() == 1);
}

TEST_CASE("three copies of which one is enough to be written are refused", "[kafka]") {
  test::Broker brokers(3);
  KafkaOptions options = test_options(test::fresh_prefix());
  options.bootstrap = brokers.bootstrap();
  make_topic(options, options.prefix + ".events", 2, sound_topic, 3);
  CHECK_THAT(refusal(options), Catch::Contains("min.insync.replicas is 1 and must be at least 2 at replication 3"));
  options.prefix = test::fresh_prefix();
  Node node(options);
  node.take(first_partition);
  append_named(node.log(), first_partition, {"kept twice"});
}
