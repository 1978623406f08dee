// The vault of a Kafka log over topics of its own, for tests; and messages that no vault would write.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "events/kafka/client.hpp"
#include "tests/contracts/vault_contract.hpp"
#include "tests/kafka/kafka_log_fixture.hpp"

namespace tenantry::events::kafka {

// Writes to the vault's topic as any other program could; no value is a tombstone.
void write_to_vault(const KafkaOptions& options, const std::string& key, const std::optional<std::string>& value);

class KafkaVaultFixture : public contract::VaultFixture {
 public:
  explicit KafkaVaultFixture(const KafkaOptions& options = test_options(test::fresh_prefix())) : node_(options) {
    open({'a'}, {});
  }

  Vault& vault() override { return *vault_; }
  Node& node() { return node_; }
  using contract::VaultFixture::reopen;
  void reopen(std::initializer_list<char> keys, const VaultOptions& options) override {
    vault_.reset();
    open(keys, options);
  }
  void overwrite(const std::vector<SealedEntry>& entries) override {
    for (const auto& entry : entries) write_to_vault(node_.options(), stored_key(entry.key), entry.sealed);
    reopen();
  }

  std::expected<std::unique_ptr<Vault>, VaultError> try_open(std::initializer_list<char> keys = {'a'},
                                                             const VaultOptions& options = {}) {
    return node_.log().open_vault(test::root_keys(keys), options);
  }
  void reopen_node() {
    vault_.reset();
    node_.close();
    node_.open();
    open({'a'}, {});
  }
  void close() { vault_.reset(); }

 private:
  void open(std::initializer_list<char> keys, const VaultOptions& options) {
    auto opened = try_open(keys, options);
    if (!opened) FAIL(opened.error().detail);
    vault_ = std::move(*opened);
  }

  Node node_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace tenantry::events::kafka
