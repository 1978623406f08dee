// A state database in a temporary folder, for storage tests.
#pragma once

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/database.hpp"
#include "storage/resources.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::storage {

using Rows = std::vector<std::pair<std::string, std::string>>;

class StorageFixture {
 public:
  StorageFixture() { open(); }

  void open(const DatabaseOptions& options = {.create_if_missing = true}) {
    close();
    auto opened = Database::open(path(), resources, options);
    if (!opened) FAIL(opened.error().detail);
    database_ = std::move(*opened);
  }
  void close() { database_.reset(); }

  Database& database() { return *database_; }
  std::string path() const { return folder / "state"; }
  FamilyPointer family(const std::string& name) {
    auto made = database_->create_families({name});
    if (!made) FAIL(made.error().detail);
    return made->front();
  }
  void put(const Family& family, const Rows& rows) {
    Batch batch;
    for (const auto& [key, value] : rows) batch.put(family, key, value);
    auto written = database_->write(batch, Durability::buffered);
    if (!written) FAIL(written.error().detail);
  }
  Rows rows(const Family& family, const KeyRange& range = {}, const ScanOptions& options = {}) {
    Rows found;
    auto scanned = database_->scan(
        family, range,
        [&](std::string_view key, std::string_view value) {
          found.emplace_back(key, value);
          return true;
        },
        options);
    if (!scanned) FAIL(scanned.error().detail);
    return found;
  }

  test::TemporaryFolder folder;
  Resources resources{{.block_cache_bytes = 8u << 20}};

 private:
  std::unique_ptr<Database> database_;
};

}  // namespace tenantry::storage
