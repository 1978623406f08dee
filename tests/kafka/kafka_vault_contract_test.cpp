#include "tests/kafka/kafka_vault_fixture.hpp"

using namespace tenantry::events;

TEST_CASE("a Kafka log's vault keeps the vault contract", "[kafka][vault]") {
  contract::check_vault([] { return std::make_unique<kafka::KafkaVaultFixture>(); });
}
