#include "storage/tenant_store.hpp"

#include "tests/storage/storage_fixture.hpp"
#include "tests/support/scopes.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

TenantId tenant(int number) {
  auto id = TenantId::parse("01900000-0000-7000-8000-00000000000" + std::to_string(number));
  REQUIRE(id);
  return *id;
}

TenantStore store_of(StorageFixture& fixture, int number) {
  return {fixture.database(), api::Gate::scope(tenant(number))};
}

using Keys = std::vector<std::string>;

Keys keys_of(const TenantStore& store, const std::string& prefix, const std::string& after, std::size_t limit) {
  Keys keys;
  REQUIRE(store.scan(prefix, after, limit, [&](std::string_view key, std::string_view) {
    keys.emplace_back(key);
    return true;
  }));
  return keys;
}

}  // namespace

TEST_CASE("a tenant's store shows its rows and no other's") {
  StorageFixture fixture;
  fixture.put(*fixture.family(tenant_family_name(tenant(1))), {{"s/1", "Ada"}, {"s/2", "Grace"}});
  fixture.put(*fixture.family(tenant_family_name(tenant(2))), {{"s/1", "Barbara"}, {"s/3", "Mary"}});
  auto one = store_of(fixture, 1);
  CHECK(one.exists());
  CHECK(one.scope().tenant() == tenant(1));
  CHECK(one.get("s/1").value() == "Ada");
  CHECK(one.get("s/3").value() == std::nullopt);
  CHECK(one.multi_get({"s/3", "s/2"}).value() == std::vector<std::optional<std::string>>{std::nullopt, "Grace"});
  CHECK(keys_of(one, "", "", 100) == Keys{"s/1", "s/2"});
  CHECK(keys_of(store_of(fixture, 2), "", "", 100) == Keys{"s/1", "s/3"});
  CHECK(tenant_family_name(tenant(1)) == "t:01900000-0000-7000-8000-000000000001");
}

TEST_CASE("a tenant without a family reads as empty") {
  StorageFixture fixture;
  auto store = store_of(fixture, 3);
  CHECK_FALSE(store.exists());
  CHECK(store.get("k").value() == std::nullopt);
  CHECK(store.multi_get({"k", "l"}).value().size() == 2);
  CHECK(keys_of(store, "", "", 10).empty());
  CHECK(store.at_one_moment().get("k").value() == std::nullopt);
}

TEST_CASE("pages of a scan follow each other and keep to the prefix") {
  StorageFixture fixture;
  fixture.put(*fixture.family(tenant_family_name(tenant(1))),
              {{"r/0", ""}, {"s/1", ""}, {"s/1x", ""}, {"s/2", ""}, {"s/3", ""}, {"t/0", ""}});
  auto store = store_of(fixture, 1);
  CHECK(keys_of(store, "s/", "", 2) == Keys{"s/1", "s/1x"});
  CHECK(keys_of(store, "s/", "s/1x", 2) == Keys{"s/2", "s/3"});
  CHECK(keys_of(store, "s/", "s/3", 2).empty());
  CHECK(keys_of(store, "s/", "s/1a", 1) == Keys{"s/1x"});
  CHECK(keys_of(store, "s/", "a", 1) == Keys{"s/1"});
  CHECK(keys_of(store, "s/", "t/0", 1).empty());
  CHECK(keys_of(store, "s/", "", 0).empty());
}

TEST_CASE("a store at one moment does not see later changes") {
  StorageFixture fixture;
  auto family = fixture.family(tenant_family_name(tenant(1)));
  fixture.put(*family, {{"k", "1"}});
  auto now = store_of(fixture, 1).at_one_moment();
  fixture.put(*family, {{"k", "2"}, {"l", "2"}});
  CHECK(now.get("k").value() == "1");
  CHECK(now.multi_get({"l"}).value().front() == std::nullopt);
  CHECK(keys_of(now, "", "", 10) == Keys{"k"});
  CHECK(keys_of(store_of(fixture, 1), "", "", 10) == Keys{"k", "l"});
}
