// What every vault is held to (events/vault.hpp), written once. A store's test instantiates it:
//
//   TEST_CASE("the embedded log's vault keeps the vault contract") { contract::check_vault([] { return ...; }); }
//
// The function given makes a VaultFixture over an empty vault under the root key "a" (tests/support/vault_keys.hpp);
// each section gets its own.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/contracts/vault_fixture.hpp"
#include "tests/contracts/vault_refusals.hpp"

namespace tenantry::events::contract {

using MakeVaultFixture = std::function<std::unique_ptr<VaultFixture>()>;

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
