// What every vault is held to (events/vault.hpp), written once. A store's test instantiates it:
//
//   TEST_CASE("the embedded log's vault keeps the vault contract") { contract::check_vault([] { return ...; }); }
//
// The function given makes a VaultFixture over an empty vault under the root key "a" (tests/support/vault_keys.hpp);
// each section gets its own.
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "events/identifiers.hpp"
#include "events/vault.hpp"
#include "tests/support/vault_keys.hpp"

namespace tenantry::events::contract {

class VaultFixture {
 public:
  virtual ~VaultFixture() = default;
  virtual Vault& vault() = 0;
  // Closes the vault and opens the same one again, with these root keys.
  virtual void reopen(std::initializer_list<char> keys, const VaultOptions& options) = 0;
  void reopen(std::initializer_list<char> keys = {'a'}) { reopen(keys, {}); }
  // Puts bytes where these entries are stored, as somebody with access to the store might.
  virtual void overwrite(const std::vector<SealedEntry>& entries) = 0;
};
using MakeVaultFixture = std::function<std::unique_ptr<VaultFixture>()>;

inline VaultKey key_for(TenantId tenant, const std::string& kind = "password") {
  return {tenant, fresh_id(), kind};
}
inline TenantId some_tenant() {
  return {fresh_id()};
}

inline std::map<VaultKey, std::string> sealed_entries(const Vault& vault) {
  std::map<VaultKey, std::string> found;
  auto visited =
      vault.visit_sealed([&](const SealedEntry& entry) { return found.emplace(entry.key, entry.sealed).second; });
  if (!visited) FAIL(visited.error().detail);
  return found;
}

inline void must_put(Vault& vault, const VaultKey& key, const VaultOwner& owner, std::string_view plain) {
  auto put = vault.put(key, owner, plain);
  if (!put) FAIL(put.error().detail);
}
inline VaultKey put_new(Vault& vault, TenantId tenant, std::string_view plain, const std::string& kind = "password") {
  auto key = key_for(tenant, kind);
  must_put(vault, key, {}, plain);
  return key;
}

// What get() gives, or the word "none" and the kind of its error.
inline std::string got(const Vault& vault, const VaultKey& key, const VaultOwner& owner = {}) {
  auto secret = vault.get(key, owner);
  if (secret) return std::string{secret->view()};
  return "none " + std::to_string(static_cast<int>(secret.error().kind));
}
inline std::string none(VaultError::Kind kind) {
  return "none " + std::to_string(static_cast<int>(kind));
}
inline const std::string not_found = none(VaultError::Kind::not_found);
inline const std::string altered = none(VaultError::Kind::altered);

template <class Result>
bool fails(const Result& result, VaultError::Kind kind) {
  return !result && result.error().kind == kind;
}

inline void check_values(VaultFixture& fixture) {
  TenantId tenant = some_tenant();
  Uuid owner = fresh_id();
  const std::vector<std::string> values{"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", "", std::string("\0\xff\n", 3),
                                        std::string(vault_value_bytes_max, 'x')};
  std::vector<VaultKey> keys;
  for (const auto& value : values) {
    keys.push_back(key_for(tenant));
    must_put(fixture.vault(), keys.back(), owner, value);
  }
  auto sealed = sealed_entries(fixture.vault());
  CHECK(sealed.size() == values.size());
  for (const auto& [key, bytes] : sealed) CHECK(bytes.find("argon2id") == std::string::npos);
  for (int round = 0; round < 2; ++round) {
    for (std::size_t index = 0; index < values.size(); ++index) {
      CHECK((got(fixture.vault(), keys[index], owner) == values[index]));
    }
    CHECK(got(fixture.vault(), key_for(tenant)) == not_found);
    CHECK(got(fixture.vault(), {tenant, keys[0].id, "totp-seed"}, owner) == not_found);
    CHECK(got(fixture.vault(), {some_tenant(), keys[0].id, keys[0].kind}, owner) == not_found);
    fixture.reopen();
  }
}

inline void check_written_once(VaultFixture& fixture) {
  auto& vault = fixture.vault();
  auto key = key_for(some_tenant());
  Uuid owner = fresh_id();
  must_put(vault, key, owner, "first");
  auto sealed = sealed_entries(vault);
  must_put(vault, key, owner, "first");
  CHECK(sealed_entries(vault) == sealed);
  for (const auto* other : {"second", "firs", "firstly", ""}) {
    CHECK(fails(vault.put(key, owner, other), VaultError::Kind::already_there));
  }
  CHECK(fails(vault.put(key, fresh_id(), "first"), VaultError::Kind::already_there));
  CHECK(fails(vault.put(key, {}, "first"), VaultError::Kind::already_there));
  CHECK(got(vault, key, owner) == "first");
  must_put(vault, {key.tenant, key.id, "other-kind"}, owner, "second");
  CHECK(vault.metrics().conflicts == 6);
  CHECK(vault.metrics().repeated == 1);
  CHECK(vault.metrics().written == 2);
}

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

inline void check_erase(VaultFixture& fixture) {
  TenantId tenant = some_tenant();
  auto erased = put_new(fixture.vault(), tenant, "one");
  VaultKey erased_too{tenant, erased.id, "totp-seed"};
  must_put(fixture.vault(), erased_too, {}, "two");
  auto other = put_new(fixture.vault(), tenant, "three");
  VaultKey same_id{some_tenant(), erased.id, "password"};
  must_put(fixture.vault(), same_id, {}, "four");
  REQUIRE(fixture.vault().erase(tenant, erased.id));
  REQUIRE(fixture.vault().erase(tenant, erased.id));
  REQUIRE(fixture.vault().erase(tenant, {fresh_id(), fresh_id()}));
  CHECK(fixture.vault().metrics().erased == 2);
  for (int round = 0; round < 2; ++round) {
    CHECK(got(fixture.vault(), erased) == not_found);
    CHECK(got(fixture.vault(), erased_too) == not_found);
    CHECK(got(fixture.vault(), other) == "three");
    CHECK(got(fixture.vault(), same_id) == "four");
    CHECK(sealed_entries(fixture.vault()).size() == 2);
    fixture.reopen();
  }
}

inline void check_erase_tenant(VaultFixture& fixture) {
  TenantId leaving = some_tenant();
  TenantId staying = some_tenant();
  std::vector<VaultKey> gone;
  for (int index = 0; index < 600; ++index) gone.push_back(put_new(fixture.vault(), leaving, "secret"));
  auto kept = put_new(fixture.vault(), staying, "kept");
  REQUIRE(fixture.vault().erase_tenant(leaving));
  CHECK(fixture.vault().metrics().erased == 600);
  CHECK(sealed_entries(fixture.vault()).size() == 1);
  for (const auto& key : gone) CHECK(got(fixture.vault(), key) == not_found);
  CHECK(got(fixture.vault(), kept) == "kept");
  REQUIRE(fixture.vault().erase_tenant(leaving));
}

inline void check_sweep(VaultFixture& fixture) {
  auto& vault = fixture.vault();
  const Instant now = Instant::now();
  const Instant yesterday{now.unix_ms - 86'400'000};
  std::map<std::string, VaultKey> entries;
  std::set<VaultKey> named;
  for (TenantId tenant : {some_tenant(), some_tenant()}) {
    for (const auto* age : {"old", "young"}) {
      for (const auto* row : {"named", "unnamed"}) {
        VaultKey key{tenant, fresh_id(age == std::string{"old"} ? yesterday : now), "api-key"};
        must_put(vault, key, {}, "verifier");
        if (row == std::string{"named"}) named.insert(key);
        entries[tenant.text() + age + row] = key;
      }
    }
  }
  std::vector<VaultKey> asked;
  auto is_named = [&](const VaultKey& key) {
    asked.push_back(key);
    return named.contains(key);
  };
  CHECK(vault.sweep({now.unix_ms - 3'600'000}, is_named).value() == 2);
  CHECK(asked.size() == 4);
  for (const auto& [name, key] : entries) {
    INFO(name);
    CHECK(got(vault, key) == (name.ends_with("oldunnamed") ? not_found : "verifier"));
  }
  CHECK(vault.sweep({now.unix_ms - 3'600'000}, is_named).value() == 0);
  CHECK(vault.metrics().swept == 2);
}

inline void check_rotation(VaultFixture& fixture) {
  TenantId tenant = some_tenant();
  std::vector<VaultKey> keys;
  for (int index = 0; index < 300; ++index)
    keys.push_back(put_new(fixture.vault(), tenant, "secret " + std::to_string(index)));
  auto all_there = [&] {
    for (std::size_t index = 0; index < keys.size(); ++index) {
      if (got(fixture.vault(), keys[index]) != "secret " + std::to_string(index)) return false;
    }
    return true;
  };
  fixture.reopen({'b', 'a'});
  CHECK(all_there());
  keys.push_back(put_new(fixture.vault(), tenant, "secret 300"));
  auto before = sealed_entries(fixture.vault());
  auto resealed = fixture.vault().reseal();
  REQUIRE(resealed);
  CHECK(resealed->rewritten == 300);
  CHECK(resealed->unopened == 0);
  CHECK(fixture.vault().reseal().value().rewritten == 0);
  auto after = sealed_entries(fixture.vault());
  CHECK(std::ranges::count_if(keys, [&](const auto& key) { return before.at(key) == after.at(key); }) == 1);
  fixture.reopen({'b'});
  CHECK(all_there());
  CHECK(fails(fixture.vault().put(keys[0], {}, "other"), VaultError::Kind::already_there));
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

// Two vaults are two fixtures of one kind.
inline void check_copy(VaultFixture& fixture, VaultFixture& to) {
  TenantId tenant = some_tenant();
  Uuid owner = fresh_id();
  auto one = key_for(tenant);
  must_put(fixture.vault(), one, owner, "one");
  auto two = put_new(fixture.vault(), some_tenant(), "two");
  auto copy = [&] {
    std::vector<SealedEntry> entries;
    for (const auto& [key, sealed] : sealed_entries(fixture.vault())) entries.push_back({key, sealed});
    return to.vault().put_sealed(entries);
  };
  REQUIRE(copy());
  CHECK(sealed_entries(to.vault()) == sealed_entries(fixture.vault()));
  CHECK(got(to.vault(), one, owner) == "one");
  CHECK(got(to.vault(), two) == "two");
  REQUIRE(copy());
  fixture.reopen({'b', 'a'});
  to.reopen({'a', 'b'});
  REQUIRE(fixture.vault().reseal());
  REQUIRE(copy());  // sealed otherwise, and means the same
  CHECK(to.vault().metrics().written == 0);
  auto other = key_for(tenant);
  must_put(fixture.vault(), other, {}, "this");
  must_put(to.vault(), other, {}, "that");
  CHECK(fails(copy(), VaultError::Kind::already_there));
  CHECK(got(to.vault(), other) == "that");
  CHECK(fails(to.vault().put_sealed({{key_for(tenant), "not sealed"}}), VaultError::Kind::invalid));
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

inline void check_concurrent_puts(VaultFixture& fixture) {
  constexpr int threads = 4;
  constexpr int rounds = 40;
  auto& vault = fixture.vault();
  std::vector<VaultKey> contested;
  for (int round = 0; round < rounds; ++round) contested.push_back(key_for(some_tenant()));
  std::vector<std::vector<VaultKey>> own(threads);
  std::atomic<int> winners = 0;
  std::atomic<int> failures = 0;
  auto write = [&](int thread) {
    for (int round = 0; round < rounds; ++round) {
      own[thread].push_back(key_for(contested[round].tenant));
      if (!vault.put(own[thread].back(), {}, "own " + std::to_string(thread))) ++failures;
      auto put = vault.put(contested[round], {}, "from " + std::to_string(thread));
      if (put) ++winners;
      if (!put && !fails(put, VaultError::Kind::already_there)) ++failures;
      if (round % 10 == 9 && !vault.erase(own[thread][round - 1].tenant, own[thread][round - 1].id)) ++failures;
    }
  };
  std::vector<std::thread> all;
  for (int thread = 0; thread < threads; ++thread) all.emplace_back(write, thread);
  for (auto& each : all) each.join();
  CHECK(failures == 0);
  CHECK(winners == rounds);
  for (int thread = 0; thread < threads; ++thread) {
    for (int round = 0; round < rounds; ++round) {
      CHECK(got(vault, own[thread][round]) == (round % 10 == 8 ? not_found : "own " + std::to_string(thread)));
    }
  }
  for (const auto& key : contested) CHECK(got(vault, key).starts_with("from "));
}

inline void check_vault(const MakeVaultFixture& make) {
  const std::vector<std::pair<const char*, void (*)(VaultFixture&)>> promises{
      {"values come back as they were, and are stored sealed", check_values},
      {"an entry is written once", check_written_once},
      {"a value in another's place is refused", check_swapped},
      {"an earlier value in a later one's place is refused", check_rolled_back},
      {"an altered or shortened value is refused", check_damaged},
      {"what is erased is gone, and nothing else", check_erase},
      {"a tenant is erased", check_erase_tenant},
      {"what no row names is swept when it is old", check_sweep},
      {"root keys are rotated", check_rotation},
      {"a missing root key is named", check_missing_root_key},
      {"there are limits", check_limits},
      {"several threads write", check_concurrent_puts}};
  for (const auto& [promise, check] : promises) {
    DYNAMIC_SECTION(promise) {
      check(*make());
    }
  }
  SECTION("sealed entries are copied to another vault") {
    check_copy(*make(), *make());
  }
}

}  // namespace tenantry::events::contract
