// The part of the vault contract (vault_contract.hpp) that says what is refused.
#pragma once

#include <string>
#include <vector>

#include "tests/contracts/vault_fixture.hpp"

namespace tenantry::events::contract {

inline void check_swapped(VaultFixture& fixture) {
  TenantId one = some_tenant();
  TenantId two = some_tenant();
  Uuid owner = fresh_id();
  VaultKey original{one, fresh_id(), "password"};
  const std::vector<VaultKey> places{
      {two, original.id, "password"}, {one, fresh_id(), "password"}, {one, original.id, "totp-seed"}};
  must_put(fixture.vault(), original, owner, "original");
  for (const auto& place : places) must_put(fixture.vault(), place, owner, "its own");
  auto sealed = sealed_entries(fixture.vault());
  std::vector<SealedEntry> swapped;
  for (const auto& place : places) swapped.push_back({place, sealed.at(original)});
  fixture.overwrite(swapped);
  for (const auto& place : places) {
    CHECK(got(fixture.vault(), place, owner) == altered);
    CHECK(fails(fixture.vault().put(place, owner, "its own"), VaultError::Kind::altered));
  }
  CHECK(fixture.vault().metrics().altered == 6);
  CHECK(got(fixture.vault(), original, owner) == "original");
  CHECK(got(fixture.vault(), original, fresh_id()) == altered);
  CHECK(got(fixture.vault(), original) == altered);
}

// A later generation of a token with the sealed value of an earlier one; and an entry back after it was erased, which
// only the rows can tell.
inline void check_rolled_back(VaultFixture& fixture) {
  TenantId tenant = some_tenant();
  auto earlier = put_new(fixture.vault(), tenant, "generation 1", "refresh-token");
  auto later = put_new(fixture.vault(), tenant, "generation 2", "refresh-token");
  auto sealed = sealed_entries(fixture.vault());
  fixture.overwrite({{later, sealed.at(earlier)}});
  CHECK(got(fixture.vault(), later) == altered);
  fixture.overwrite({{later, sealed.at(later)}});
  CHECK(got(fixture.vault(), later) == "generation 2");
}

inline void check_damaged(VaultFixture& fixture) {
  TenantId tenant = some_tenant();
  constexpr std::size_t sealed_bytes = 1 + 2 + 17 + 24 + 6 + 16;
  Uuid owner = fresh_id();
  std::vector<VaultKey> keys;
  for (std::size_t index = 0; index < 2 * sealed_bytes; ++index) {
    keys.push_back(key_for(tenant));
    must_put(fixture.vault(), keys.back(), owner, "secret");
  }
  auto sound = put_new(fixture.vault(), tenant, "sound");
  auto sealed = sealed_entries(fixture.vault());
  std::vector<SealedEntry> damaged;
  for (std::size_t index = 0; index < sealed_bytes; ++index) {
    std::string flipped = sealed.at(keys[index]);
    REQUIRE(flipped.size() == sealed_bytes);
    flipped[index] = static_cast<char>(flipped[index] ^ 0x10);
    damaged.push_back({keys[index], flipped});
    damaged.push_back({keys[sealed_bytes + index], sealed.at(keys[sealed_bytes + index]).substr(0, index)});
  }
  fixture.overwrite(damaged);
  // An altered id of a root key is that of one that is missing.
  constexpr std::size_t root_key_place = 2;
  for (const auto& key : keys) {
    CHECK(got(fixture.vault(), key, owner) ==
          (key == keys[root_key_place] ? none(VaultError::Kind::missing_key) : altered));
  }
  CHECK(got(fixture.vault(), sound) == "sound");
}

inline void check_missing_root_key(VaultFixture& fixture) {
  TenantId tenant = some_tenant();
  auto old = put_new(fixture.vault(), tenant, "old");
  fixture.reopen({'b'});
  auto fresh = put_new(fixture.vault(), tenant, "new");
  auto missing = fixture.vault().get(old, {});
  REQUIRE(fails(missing, VaultError::Kind::missing_key));
  CHECK_THAT(missing.error().detail, Catch::Matchers::Contains("root key a is missing"));
  CHECK(fixture.vault().metrics().missing_keys == 1);
  CHECK(fails(fixture.vault().put(old, {}, "old"), VaultError::Kind::missing_key));
  auto resealed = fixture.vault().reseal();
  REQUIRE(resealed);
  CHECK(resealed->unopened == 1);
  CHECK_THAT(resealed->first_trouble, Catch::Matchers::Contains("root key a is missing"));
  CHECK(got(fixture.vault(), fresh) == "new");
  fixture.reopen({'b', 'a'});
  CHECK(got(fixture.vault(), old) == "old");
}

inline void check_limits(VaultFixture& fixture) {
  TenantId tenant = some_tenant();
  auto invalid = [&](const VaultKey& key, std::string_view plain = "x") {
    return fails(fixture.vault().put(key, {}, plain), VaultError::Kind::invalid);
  };
  CHECK(invalid(key_for(tenant), std::string(vault_value_bytes_max + 1, 'x')));
  for (const std::string kind : {"", "Password", "pass word", "0123456789abcdef0123456789abcdef0"}) {
    CHECK(invalid(key_for(tenant, kind)));
  }
  CHECK(invalid({tenant, *Uuid::parse("0190163d-0000-4000-8000-000000000001"), "password"}));
  CHECK(invalid({{}, fresh_id(), "password"}));
  CHECK(sealed_entries(fixture.vault()).empty());

  auto first = put_new(fixture.vault(), tenant, "first");
  fixture.reopen({'a'}, {.entries_of_tenant_max = 2});
  put_new(fixture.vault(), tenant, "second");
  auto third = key_for(tenant);
  CHECK(fails(fixture.vault().put(third, {}, "third"), VaultError::Kind::full));
  CHECK(fixture.vault().metrics().full == 1);
  must_put(fixture.vault(), first, {}, "first");
  put_new(fixture.vault(), some_tenant(), "another tenant's");
  REQUIRE(fixture.vault().erase(tenant, first.id));
  must_put(fixture.vault(), third, {}, "third");
  CHECK(fails(fixture.vault().put(key_for(tenant), {}, "fourth"), VaultError::Kind::full));
}

}  // namespace tenantry::events::contract
