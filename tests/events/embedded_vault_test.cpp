// What the embedded log's vault adds to the contract: what is in the files, crashes, and folders without one.
#include "events/embedded/embedded_vault.hpp"

#include <signal.h>

#include <cstdlib>
#include <filesystem>

#include "events/backend.hpp"
#include "tests/events/embedded_vault_fixture.hpp"
#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::embedded;
using contract::got;
using contract::not_found;
using contract::put_new;
using contract::some_tenant;

namespace {

// The files under the log's folder that hold a sealed value. What is sealed does not repeat, so that compressed files
// hold it as it is.
std::vector<std::string> files_with_sealed(const std::string& folder, const std::string& sealed) {
  return test::files_holding(folder, std::string_view{sealed}.substr(sealed.size() - 40));
}

// Before flushing, entries are in the write-ahead log alone.
enum class Where { write_ahead_log, table_files, both };

void flush(EmbeddedVaultFixture& fixture) {
  fixture.with_database([](storage::Database& database) { REQUIRE(database.flush()); });
}

struct Entries {
  std::vector<VaultKey> keys;
  std::map<VaultKey, std::string> sealed;
};

// Of one tenant, among records of the log.
Entries some_entries(EmbeddedVaultFixture& fixture, Where where) {
  Entries entries;
  TenantId tenant = some_tenant();
  for (int index = 0; index < 6; ++index) {
    entries.keys.push_back(put_new(fixture.vault(), tenant, "secret " + std::to_string(index)));
    contract::append_named(fixture.log().log(), contract::first_partition, {"r" + std::to_string(index)});
    if (where == Where::both && index == 2) flush(fixture);
  }
  if (where == Where::table_files) flush(fixture);
  entries.sealed = contract::sealed_entries(fixture.vault());
  return entries;
}

void check_files(EmbeddedVaultFixture& fixture, const Entries& entries, const std::vector<bool>& is_there) {
  for (std::size_t index = 0; index < is_there.size(); ++index) {
    INFO("entry " << index);
    CHECK(files_with_sealed(fixture.log().path(), entries.sealed.at(entries.keys[index])).empty() != is_there[index]);
  }
}

}  // namespace

TEST_CASE("an erased secret is in no file any more", "[vault]") {
  EmbeddedVaultFixture fixture;
  auto entries = some_entries(fixture, GENERATE(Where::write_ahead_log, Where::table_files, Where::both));
  check_files(fixture, entries, {true, true, true, true, true, true});
  auto tenant = entries.keys[0].tenant;
  SECTION("by its id") {
    REQUIRE(fixture.vault().erase(tenant, entries.keys[1].id));
    check_files(fixture, entries, {true, false, true, true, true, true});
    REQUIRE(fixture.vault().erase(tenant, {entries.keys[4].id, entries.keys[5].id}));
    check_files(fixture, entries, {true, false, true, true, false, false});
  }
  SECTION("with its tenant") {
    REQUIRE(fixture.vault().erase_tenant(tenant));
    check_files(fixture, entries, {false, false, false, false, false, false});
  }
  SECTION("by a sweep") {
    auto is_named = [&](const VaultKey& key) { return key == entries.keys[2]; };
    CHECK(fixture.vault().sweep({Instant::now().unix_ms + 1000}, is_named).value() == 5);
    check_files(fixture, entries, {false, false, true, false, false, false});
  }
  SECTION("under its former root key") {
    fixture.reopen({'b', 'a'});
    CHECK(fixture.vault().reseal().value().rewritten == 6);
    check_files(fixture, entries, {false, false, false, false, false, false});
    CHECK(got(fixture.vault(), entries.keys[3]) == "secret 3");
  }
  CHECK(contract::read_all(fixture.log().log(), contract::first_partition).names == contract::numbered("r", 6));
}

TEST_CASE("secrets that several threads erase are in no file when each has returned", "[vault]") {
  EmbeddedVaultFixture fixture;
  std::atomic<int> failures = 0;
  auto write = [&] {
    for (int round = 0; round < 5; ++round) {
      auto& vault = fixture.vault();
      VaultKey key = contract::key_for(some_tenant());
      if (!vault.put(key, {}, "secret")) ++failures;
      std::string sealed;
      auto remember = [&](const SealedEntry& entry) { return entry.key != key || (sealed = entry.sealed).empty(); };
      if (!vault.visit_sealed(remember) || sealed.empty()) ++failures;
      if (!vault.erase(key.tenant, key.id)) ++failures;
      if (got(vault, key) != not_found) ++failures;
      if (!files_with_sealed(fixture.log().records_path(), sealed).empty()) ++failures;
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 3; ++thread) threads.emplace_back(write);
  for (auto& thread : threads) thread.join();
  CHECK(failures == 0);
}

TEST_CASE("an erasure that a crash cut short is made up for when the vault is opened", "[vault]") {
  EmbeddedVaultFixture fixture;
  auto entries = some_entries(fixture, Where::both);
  fixture.with_database([&](storage::Database& database) {
    auto rows = EmbeddedVault::open(database, std::make_shared<std::atomic<bool>>(false));
    REQUIRE(rows);
    REQUIRE((*rows)->write({.erased = {stored_key(entries.keys[1]), stored_key(entries.keys[4])}}));
    CHECK_FALSE(files_with_sealed(fixture.log().path(), entries.sealed.at(entries.keys[1])).empty());
  });
  check_files(fixture, entries, {true, false, true, true, false, true});
  fixture.with_database([](storage::Database& database) {
    CHECK(database.get(*database.default_family(), "vault-purge").value() == std::nullopt);
  });
}

namespace {

constexpr const char* folder_variable = "VAULT_TEST_FOLDER";
constexpr const char* child_test = "a vault's process dies between an entry and its event";

}  // namespace

TEST_CASE(child_test, "[.][child]") {
  storage::Resources resources;
  auto log = EmbeddedLog::open(std::getenv(folder_variable), resources, {.tenant_partitions = 2});
  REQUIRE(log);
  auto vault = (*log)->open_vault(test::root_keys({'a'}));
  REQUIRE(vault);
  auto named = put_new(**vault, some_tenant(), "named");
  contract::append_named(**log, contract::first_partition, {named.id.text()});
  put_new(**vault, named.tenant, "garbage");
  ::raise(SIGKILL);
}

TEST_CASE("what a crash left between an entry and its event is swept, and nothing else", "[vault]") {
  EmbeddedVaultFixture fixture;
  fixture.close();
  auto child = test::run({"/proc/self/exe", child_test}, {folder_variable + std::string{"="} + fixture.log().path()});
  REQUIRE(child.code == 128 + SIGKILL);
  fixture.reopen();
  auto names = contract::read_all(fixture.log().log(), contract::first_partition).names;
  REQUIRE(names.size() == 1);
  std::map<std::string, VaultKey> found;
  for (const auto& [key, sealed] : contract::sealed_entries(fixture.vault())) found[got(fixture.vault(), key)] = key;
  REQUIRE(found.size() == 2);
  auto is_named = [&](const VaultKey& key) { return std::ranges::count(names, key.id.text()) > 0; };
  CHECK(fixture.vault().sweep({Instant::now().unix_ms + 1000}, is_named).value() == 1);
  CHECK(got(fixture.vault(), found.at("named")) == "named");
  CHECK(got(fixture.vault(), found.at("garbage")) == not_found);
}

TEST_CASE("a log without a vault is opened and inspected, and gains one when it is asked for", "[vault]") {
  EmbeddedVaultFixture fixture;
  EmbeddedLogFixture former;
  contract::append_named(former.log(), contract::first_partition, {"a"});
  former.close();
  for (bool has_vault : {false, true}) {
    {
      auto database = storage::Database::open(former.records_path(), former.resources(),
                                              {.purpose = storage::Purpose::log, .read_only = true});
      REQUIRE(database);
      CHECK(((*database)->family("vault") != nullptr) == has_vault);
    }
    former.open({.tenant_partitions = 2, .verify = Verify::full});
    auto vault = former.log().open_vault(test::root_keys({'a'}));
    REQUIRE(vault);
    CHECK(contract::sealed_entries(**vault).size() == (has_vault ? 1 : 0));
    put_new(**vault, some_tenant(), "secret");
    CHECK(contract::read_all(former.log(), contract::first_partition).names == std::vector<std::string>{"a"});
    vault->reset();
    former.close();
  }
}

TEST_CASE("the log of a data folder that an earlier version left gains a vault", "[vault]") {
  test::TemporaryFolder folder;
  std::string archive = std::string{TENANTRY_SOURCE_DIR} + "/tests/golden/data-folders/tables-3.tar.gz";
  REQUIRE(test::run({"tar", "-xzf", archive, "-C", folder.path()}).code == 0);
  storage::Resources resources;
  auto backend = backend_named("embedded");
  for (int round = 0; round < 2; ++round) {
    auto opened = backend.open(folder.path(), resources, {}, {});
    REQUIRE(opened);
    auto vault = opened->open_vault(test::root_keys({'a'}), {});
    REQUIRE(vault);
    put_new(**vault, some_tenant(), "secret");
    CHECK(contract::sealed_entries(**vault).size() == static_cast<std::size_t>(round + 1));
    CHECK(opened->log->end({Stream::platform, 0}).value() > 0);
  }
}

TEST_CASE("a log's vault is open once at a time", "[vault]") {
  EmbeddedVaultFixture fixture;
  auto second = fixture.log().log().open_vault(test::root_keys({'a'}));
  CHECK(contract::fails(second, VaultError::Kind::unavailable));
  fixture.close_vault();
  CHECK(fixture.log().log().open_vault(test::root_keys({'a'})));
}

TEST_CASE("without room a vault refuses what is new, and gives what it has", "[vault]") {
  EmbeddedVaultFixture fixture;
  auto kept = put_new(fixture.vault(), some_tenant(), "kept");
  fixture.close();
  fixture.log().open({.tenant_partitions = 2, .free_bytes_min = 1ull << 60});
  fixture.open();
  auto refused = contract::key_for(kept.tenant);
  CHECK(contract::fails(fixture.vault().put(refused, {}, "new"), VaultError::Kind::rejected));
  CHECK(contract::fails(fixture.vault().erase(kept.tenant, kept.id), VaultError::Kind::rejected));
  CHECK(got(fixture.vault(), refused) == not_found);
  CHECK(got(fixture.vault(), kept) == "kept");
}
