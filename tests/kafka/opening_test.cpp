#include "tests/kafka/admin.hpp"
#include "tests/kafka/kafka_log_fixture.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::kafka;
using contract::first_partition;

TEST_CASE("topics that would lose events are refused by name", "[kafka]") {
  struct Wrong {
    const char* setting;
    const char* value;
  };
  auto wrong = GENERATE(values<Wrong>({{"cleanup.policy", "compact"},
                                       {"retention.ms", "604800000"},
                                       {"retention.bytes", "1000000"},
                                       {"message.timestamp.type", "LogAppendTime"},
                                       {"unclean.leader.election.enable", "true"},
                                       {"max.message.bytes", "1000"}}));
  KafkaOptions options = test_options(test::fresh_prefix());
  Settings settings = sound_topic;
  std::erase_if(settings, [&](const auto& each) { return each.first == wrong.setting; });
  settings.emplace_back(wrong.setting, wrong.value);
  make_topic(options, options.prefix + ".events", 2, settings);
  std::string detail = refusal(options);
  CHECK_THAT(detail, Catch::Contains("topic " + options.prefix + ".events: " + wrong.setting + " is " + wrong.value));
}

TEST_CASE("another number of partitions is refused", "[kafka]") {
  KafkaOptions options = test_options(test::fresh_prefix());
  make_topic(options, options.prefix + ".events", 3, sound_topic);
  CHECK_THAT(refusal(options), Catch::Contains("the number of partitions is 3 and must be 2"));
}

TEST_CASE("brokers that are not there are said not to be", "[kafka]") {
  KafkaOptions options = test_options(test::fresh_prefix());
  options.bootstrap = "127.0.0.1:1";
  options.start_deadline_ms = 1'000;
  CHECK_THAT(refusal(options), Catch::Contains("no Kafka broker answers"));
  options.properties = {{"group.id", "mine"}};
  CHECK_THAT(refusal(options), Catch::Contains("group.id is not allowed"));
}

TEST_CASE("opening again goes on from the mirror", "[kafka]") {
  Node node(test_options(test::fresh_prefix()));
  node.take(first_partition);
  auto epoch = node.log().owner_epoch(first_partition);
  for (int round = 0; round < 10; ++round) contract::append_named(node.log(), first_partition, {"r"});
  node.close();
  node.open();
  CHECK(node.read_to_end(first_partition).names.size() == 10);
  CHECK(node.log().metrics().records_consumed == 0);
  CHECK(node.log().owner(first_partition)->epoch == epoch);
  CHECK(node.log().owner_epoch(first_partition) == 0);
}

TEST_CASE("a topic that was made anew is refused", "[kafka]") {
  bool is_longer = GENERATE(false, true);
  KafkaOptions options = test_options(test::fresh_prefix());
  Node node(options);
  node.take(first_partition);
  contract::append_named(node.log(), first_partition, {"old-1", "old-2"});
  node.close();
  delete_topic(options, options.prefix + ".events");
  std::unique_ptr<Node> other;
  REQUIRE(test::comes_true([&] {
    make_topic(options, options.prefix + ".events", 2, sound_topic);
    return refusal(options) == "opened";
  }));
  if (is_longer) {
    Node maker(test_options(options.prefix, "b"));
    maker.take(first_partition);
    contract::append_named(maker.log(), first_partition, contract::numbered("new", 20));
  }
  auto opened = node.try_open();
  REQUIRE_FALSE(opened);
  CHECK(opened.error().kind == LogError::Kind::corrupt);
  CHECK_THAT(opened.error().detail, Catch::Contains("the log was replaced: topic " + options.prefix + ".events"));
}
