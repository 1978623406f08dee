#include "tests/events/embedded_log_fixture.hpp"

using namespace tenantry::events;

TEST_CASE("the embedded log keeps the log contract") {
  contract::check_log([] { return std::make_unique<embedded::EmbeddedLogFixture>(); });
}
