#include "api/tenants/remembered_rights.hpp"

#include <catch2/catch.hpp>
#include <utility>

#include "events/identifiers.hpp"

using namespace tenantry;
using namespace tenantry::api;

TEST_CASE("rights are remembered of a user of a tenant as of one sequence, and for nothing else") {
  RememberedRights remembered;
  TenantId tenant{events::fresh_id()}, other{events::fresh_id()};
  Principal user{.kind = Principal::Kind::user, .id = events::fresh_id()};
  access::Rights rights{
      .anywhere = {Permission::read_roster}, .own = {Permission::teach}, .person = {.teacher = user.id}};
  remembered.remember(tenant, user, 7, rights);
  auto found = remembered.find(tenant, user, 7);
  REQUIRE(found);
  CHECK(found->anywhere == rights.anywhere);
  CHECK(found->own == rights.own);
  CHECK(found->person == rights.person);
  CHECK_FALSE(remembered.find(tenant, user, 6));
  CHECK_FALSE(remembered.find(tenant, user, 8));
  CHECK_FALSE(remembered.find(other, user, 7));
  CHECK_FALSE(remembered.find(tenant, {.kind = Principal::Kind::user, .id = events::fresh_id()}, 7));
  Principal elsewhere = user;
  elsewhere.session = events::fresh_id();
  CHECK_FALSE(remembered.find(tenant, elsewhere, 7));
  remembered.remember(tenant, user, 8, {});
  CHECK(remembered.find(tenant, user, 8)->anywhere.empty());
  CHECK_FALSE(remembered.find(tenant, user, 7));
}

TEST_CASE("so many users' rights are remembered at most, and a later answer is never behind an earlier one") {
  constexpr std::size_t users_max = 100;
  RememberedRights remembered(users_max);
  TenantId tenant{events::fresh_id()};
  Principal first{.kind = Principal::Kind::user, .id = events::fresh_id()};
  std::uint64_t former = 0, last = 0;
  for (std::uint64_t sequence = 1; sequence < 1'000; ++sequence) {
    if (sequence % 60 == 1) {
      remembered.remember(tenant, first, sequence, {});
      former = std::exchange(last, sequence);
    }
    remembered.remember(tenant, {.kind = Principal::Kind::user, .id = events::fresh_id()}, sequence, {});
    CHECK(remembered.size() <= users_max);
    CHECK_FALSE(remembered.find(tenant, first, former));
  }
}
