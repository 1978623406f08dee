// The vault that other tests use is one.
#include "tests/contracts/vault_contract.hpp"
#include "tests/support/memory_vault.hpp"

using namespace tenantry;
using namespace tenantry::events;

namespace {

class MemoryVaultFixture : public contract::VaultFixture {
 public:
  MemoryVaultFixture() { reopen({'a'}, {}); }

  Vault& vault() override { return *vault_; }
  void reopen(std::initializer_list<char> keys, const VaultOptions& options) override {
    vault_ = std::make_unique<Vault>(std::make_unique<test::MemoryVaultRows>(store_), test::root_keys(keys), options);
  }
  void overwrite(const std::vector<SealedEntry>& entries) override {
    for (const auto& entry : entries) store_->rows[stored_key(entry.key)] = entry.sealed;
  }

 private:
  std::shared_ptr<test::MemoryVaultStore> store_ = std::make_shared<test::MemoryVaultStore>();
  std::unique_ptr<Vault> vault_;
};

}  // namespace

TEST_CASE("a vault in memory keeps the vault contract", "[vault]") {
  contract::check_vault([] { return std::make_unique<MemoryVaultFixture>(); });
}

TEST_CASE("what a vault counts is told to operators", "[vault]") {
  MemoryVaultFixture fixture;
  auto key = contract::put_new(fixture.vault(), contract::some_tenant(), "secret");
  contract::must_put(fixture.vault(), key, {}, "secret");
  CHECK(contract::got(fixture.vault(), key) == "secret");
  CHECK(contract::got(fixture.vault(), key, fresh_id()) == contract::altered);
  auto figures = figures_of(fixture.vault().metrics());
  CHECK(figures.prefix == "tenantry_vault");
  std::map<std::string, std::uint64_t> counts;
  for (const auto& figure : figures.figures) counts[figure.name] = figure.count;
  CHECK(counts.size() == figures.figures.size());
  std::erase_if(counts, [](const auto& count) { return count.second == 0; });
  CHECK(counts == std::map<std::string, std::uint64_t>{{"_entries_written_total", 1},
                                                       {"_repeated_writes_total", 1},
                                                       {"_entries_read_total", 1},
                                                       {"_altered_total", 1}});
}
