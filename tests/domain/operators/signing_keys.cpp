// Keys that tokens are signed with: added, and retired for good.
#include "domain/operators/commands.hpp"
#include "domain/operators/events.hpp"
#include "domain/operators/rules.hpp"
#include "tests/support/given.hpp"

namespace tenantry::operators {

using test::given;

TEST_CASE("a signing key is added, and retired for good") {
  const auto key = test::id<SigningKey>(1);
  const SigningKeyAdded added{.id = key, .public_key = R"({"kty":"EC"})"};
  const SigningKeyRetired retired{key};
  auto tables = given({}).when(AddSigningKey{key, R"({"kty":"EC"})"}).then({added});
  CHECK(tables.at(key).status == SigningKeyStatus::active);
  given({added}).when(AddSigningKey{key, R"({"kty":"OKP"})"}).then_refused(refused.signing_key_exists, "id");
  given({added, retired}).when(AddSigningKey{key, R"({"kty":"EC"})"}).then_refused(refused.signing_key_retired, "id");
  given({added}).when(RetireSigningKey{key}).then({retired});
  given({}).when(RetireSigningKey{key}).then_refused(refused.signing_key_unknown, "id");
}

}  // namespace tenantry::operators
