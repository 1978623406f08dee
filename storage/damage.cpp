#include "storage/damage.hpp"

#include <rocksdb/wal_filter.h>

#include <algorithm>

#include "storage/internal/database_internal.hpp"
#include "storage/internal/resources_internal.hpp"

namespace tenantry::storage {
namespace {

// Notes the greatest key of each family of a batch.
class LastKeys : public rocksdb::WriteBatch::Handler {
 public:
  explicit LastKeys(std::map<std::uint32_t, std::string>& keys) : keys_(keys) {}
  rocksdb::Status PutCF(std::uint32_t family, const rocksdb::Slice& key, const rocksdb::Slice&) override {
    std::string& last = keys_[family];
    last = std::max(last, key.ToString());
    return rocksdb::Status::OK();
  }
  rocksdb::Status DeleteCF(std::uint32_t, const rocksdb::Slice&) override { return rocksdb::Status::OK(); }

 private:
  std::map<std::uint32_t, std::string>& keys_;
};

// Sees each sound record of the write-ahead log while the database tries to open.
class Witness : public rocksdb::WalFilter {
 public:
  const char* Name() const override { return "TenantryWitness"; }
  void ColumnFamilyLogNumberMap(const std::map<std::uint32_t, std::uint64_t>&,
                                const std::map<std::string, std::uint32_t>& ids) override {
    ids_ = ids;
  }
  WalProcessingOption LogRecordFound(unsigned long long, const std::string&, const rocksdb::WriteBatch& batch,
                                     rocksdb::WriteBatch*, bool*) override {
    LastKeys noting(keys_);
    batch.Iterate(&noting).PermitUncheckedError();  // what cannot be walked through is damage too
    return WalProcessingOption::kContinueProcessing;
  }

  std::map<std::string, std::string> found() const {
    std::map<std::string, std::string> keys;
    for (const auto& [name, id] : ids_) {
      if (auto key = keys_.find(id); key != keys_.end()) keys[name] = key->second;
    }
    return keys;
  }

 private:
  std::map<std::string, std::uint32_t> ids_;
  std::map<std::uint32_t, std::string> keys_;
};

}  // namespace

std::map<std::string, std::string> last_keys_before_damage(const std::string& path, Resources& resources) {
  DatabaseOptions purpose{.purpose = Purpose::log, .read_only = true};
  auto options = database_options(resources.internal(), purpose);
  auto family = family_options(resources.internal(), Purpose::log);
  Witness witness;
  options.wal_filter = &witness;
  if (!WalManifest::check_files_are_its_own(path)) return {};
  std::vector<std::string> names;
  if (!rocksdb::DB::ListColumnFamilies(options, path, &names).ok()) return {};
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const std::string& name : names) descriptors.emplace_back(name, family);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  // It is expected to fail, at the damage; by then the witness has seen what lies before it.
  auto status = rocksdb::DB::OpenForReadOnly(options, path, descriptors, &handles, &opened);
  status.PermitUncheckedError();
  std::unique_ptr<rocksdb::DB> database(opened);
  for (auto* handle : handles) database->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  return witness.found();
}

}  // namespace tenantry::storage
