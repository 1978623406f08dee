// The vault of an embedded log in a temporary folder, for its tests.
#pragma once

#include "storage/database.hpp"
#include "tests/contracts/vault_contract.hpp"
#include "tests/events/embedded_log_fixture.hpp"

namespace tenantry::events::embedded {

class EmbeddedVaultFixture : public contract::VaultFixture {
 public:
  EmbeddedVaultFixture() { open({'a'}, {}); }

  Vault& vault() override { return *vault_; }
  EmbeddedLogFixture& log() { return log_; }
  using contract::VaultFixture::reopen;
  void reopen(std::initializer_list<char> keys, const VaultOptions& options) override {
    close();
    log_.open();
    open(keys, options);
  }
  void overwrite(const std::vector<SealedEntry>& entries) override {
    with_database([&](storage::Database& database) {
      storage::Batch batch;
      for (const auto& entry : entries) batch.put(*database.family("vault"), stored_key(entry.key), entry.sealed);
      REQUIRE(database.write(batch, storage::Durability::synced));
    });
  }

  // The vault and its log are closed meanwhile.
  template <class Use>
  void with_database(Use use) {
    close();
    {
      auto database =
          storage::Database::open(log_.records_path(), log_.resources(), {.purpose = storage::Purpose::log});
      REQUIRE(database);
      use(**database);
    }
    reopen();
  }
  void open(std::initializer_list<char> keys = {'a'}, const VaultOptions& options = {}) {
    auto opened = log_.log().open_vault(test::root_keys(keys), options);
    if (!opened) FAIL(opened.error().detail);
    vault_ = std::move(*opened);
  }
  void close_vault() { vault_.reset(); }
  void close() {
    vault_.reset();
    log_.close();
  }

 private:
  EmbeddedLogFixture log_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace tenantry::events::embedded
