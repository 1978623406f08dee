#include "tests/kafka/kafka_log_fixture.hpp"

using namespace tenantry::events;

TEST_CASE("the Kafka log keeps the log contract") {
  contract::check_log([] { return std::make_unique<kafka::KafkaLogFixture>(); });
}
