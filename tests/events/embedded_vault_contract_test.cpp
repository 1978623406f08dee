#include "tests/events/embedded_vault_fixture.hpp"

using namespace tenantry::events;

TEST_CASE("the embedded log's vault keeps the vault contract", "[vault]") {
  contract::check_vault([] { return std::make_unique<embedded::EmbeddedVaultFixture>(); });
}
