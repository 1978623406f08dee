// An embedded log in a temporary folder, for its tests.
#pragma once

#include <catch2/catch.hpp>

#include <memory>
#include <string>

#include "events/embedded/embedded_log.hpp"
#include "storage/resources.hpp"
#include "tests/contracts/log_contract.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::events::embedded {

class EmbeddedLogFixture : public contract::LogFixture {
 public:
  explicit EmbeddedLogFixture(const EmbeddedLogOptions& options = {.tenant_partitions = 2}) : options_(options) {
    open();
  }

  EmbeddedLog& log() override { return *log_; }
  void reopen() override {
    close();
    open();
  }

  void close() { log_.reset(); }
  void open() { open(options_); }
  void open(const EmbeddedLogOptions& options) {
    auto opened = try_open(options);
    if (!opened) FAIL(opened.error().detail);
    log_ = std::move(*opened);
  }
  std::expected<std::unique_ptr<EmbeddedLog>, LogError> try_open() {
    return EmbeddedLog::open(path(), resources_, options_);
  }
  std::expected<std::unique_ptr<EmbeddedLog>, LogError> try_open(const EmbeddedLogOptions& options) {
    return EmbeddedLog::open(path(), resources_, options);
  }

  std::string path() const { return folder_ / "log"; }
  std::string records_path() const { return path() + "/records"; }
  storage::Resources& resources() { return resources_; }

 private:
  test::TemporaryFolder folder_;
  storage::Resources resources_{{.block_cache_bytes = 8u << 20}};
  EmbeddedLogOptions options_;
  std::unique_ptr<EmbeddedLog> log_;
};

}  // namespace tenantry::events::embedded
