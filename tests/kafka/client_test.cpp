#include "events/kafka/client.hpp"

#include <catch2/catch.hpp>

#include <future>

#include "events/kafka/consumed.hpp"
#include "tests/kafka/broker.hpp"
#include "tests/kafka/kafka_log_fixture.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::kafka;

TEST_CASE("asking a broker that does not answer ends at the deadline", "[kafka]") {
  test::Broker broker;
  KafkaOptions options;
  options.bootstrap = broker.bootstrap();
  broker.tool({"topics", "--create", "--topic", "asked", "--partitions", "1"});
  auto client = Client::make(RD_KAFKA_CONSUMER, options, {{"group.id", "asked"}});
  REQUIRE(client);
  auto ends = (*client)->watermarks("asked", 0, after_ms(30'000));
  REQUIRE(ends);
  CHECK(ends->low == 0);
  CHECK(ends->high == 0);

  broker.stop();
  auto asked = std::async(std::launch::async, [&] { return (*client)->watermarks("asked", 0, after_ms(3'000)); });
  bool has_ended =
      test::comes_true([&] { return asked.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
  broker.go_on();  // or the question would never end
  CHECK(has_ended);
  auto unanswered = asked.get();
  REQUIRE_FALSE(unanswered);
  CHECK(unanswered.error().kind == LogError::Kind::unavailable);
}

TEST_CASE("asking a broker that does not answer leaves messages that wait to be read alone", "[kafka]") {
  test::Broker broker;
  KafkaOptions options;
  options.bootstrap = broker.bootstrap();
  broker.tool({"topics", "--create", "--topic", topic_of(options, Stream::platform), "--partitions", "1"});
  Partition partition{Stream::platform, 0};
  for (int count = 0; count < 3; ++count) write_plainly(options, partition, {.key = "k", .value = "v", .headers = {}});
  auto reader = open_reader(options);
  REQUIRE(reader);
  REQUIRE(assign(**reader, options, {{partition, 0}}));
  MessagePointer first;
  REQUIRE(test::comes_true([&] {
    first.reset(rd_kafka_consumer_poll((*reader)->get(), 100));
    return first && first->err == RD_KAFKA_RESP_ERR_NO_ERROR;
  }));
  broker.stop();
  CHECK_FALSE((*reader)->watermarks(topic_of(options, Stream::platform), 0, after_ms(5'000)));
  broker.go_on();
  MessagePointer second(rd_kafka_consumer_poll((*reader)->get(), 30'000));
  REQUIRE(second);
  CHECK(second->offset == 1);
}
