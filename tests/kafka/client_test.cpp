#include "events/kafka/client.hpp"

#include <catch2/catch.hpp>

#include <future>

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
