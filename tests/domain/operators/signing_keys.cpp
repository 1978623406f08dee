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

TEST_CASE("an operator's key is issued and revoked") {
  const auto key = test::id<OperatorKey>(2);
  const IssueOperatorKey issue{.id = key, .name = " Olga ", .expires_at = Instant{1}};
  const OperatorKeyIssued issued{.id = key, .name = "Olga", .expires_at = Instant{1}};
  given({}).when(issue).then({issued});
  given({}).when(IssueOperatorKey{.id = key, .name = " ", .expires_at = {}}).then_refused(refused.name_blank, "name");
  given({})
      .when(IssueOperatorKey{.id = key, .name = "Olga", .expires_at = Instant{0}})
      .then_refused(refused.expiry_past, "expiresAt");
  given({issued})
      .when(IssueOperatorKey{.id = key, .name = "Ben", .expires_at = {}})
      .then_refused(refused.operator_key_exists, "id");
  given({issued}).when(RevokeOperatorKey{key}).then({OperatorKeyRevoked{key}});
  given({}).when(RevokeOperatorKey{key}).then_refused(refused.operator_key_unknown, "id");
}

}  // namespace tenantry::operators
