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
