#include "storage/database.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "storage/disk_space.hpp"
#include "storage/internal/database_internal.hpp"
#include "storage/internal/resources_internal.hpp"
#include "storage/internal/status.hpp"

namespace tenantry::storage {
namespace {

// Each opening leaves the write-ahead log files that it found, and begins one, until something flushes.
constexpr std::ptrdiff_t wal_files_max = 16;

std::ptrdiff_t wal_files(const std::string& path) {
  std::error_code error;
  std::filesystem::directory_iterator files(path, error);
  if (error) return 0;
  return std::count_if(begin(files), end(files), [](const auto& file) { return file.path().extension() == ".log"; });
}

// A flush lets go of them, but only if it has something to write: so it gets the erasure of a row that never was. One
// that fails (there may be no room) is tried again by the next opening; nothing depends on it before.
void let_go_of_wal_files(Database& database) {
  Batch batch;
  batch.erase(*database.default_family(), "no such row");
  if (database.write(batch, Durability::buffered)) static_cast<void>(database.flush());
}

// The families that the folder holds; only the default one when there is no database yet.
Result<std::vector<std::string>> stored_families(const rocksdb::DBOptions& options, const std::string& path) {
  std::vector<std::string> names{rocksdb::kDefaultColumnFamilyName};
  auto there = is_there(path + "/CURRENT");
  if (!there) return std::unexpected(there.error());
  if (!*there) {
    if (options.create_if_missing) return names;
    return std::unexpected(StorageError{StorageError::Kind::invalid, "no database in " + path});
  }
  auto status = rocksdb::DB::ListColumnFamilies(options, path, &names);
  if (!status.ok()) return failure("opening " + path, status);
  return names;
}

// That no write-ahead log file is missing: looked at now, or as soon as the folder's lock is held.
// A log begun before there were manifests has none; tables are made again instead.
Result<void> see_to_wal_files(Database::Internal& internal, Resources& resources, const DatabaseOptions& options) {
  if (options.salvage) return WalManifest::check_files_are_its_own(internal.path);
  auto absence = options.purpose == Purpose::log ? WalManifest::Absence::accepted : WalManifest::Absence::refused;
  if (options.read_only) return WalManifest::check(internal.path, absence);
  internal.watched = resources.internal().file_system->watch(internal.path, absence);
  return {};
}

rocksdb::Status open_database(const rocksdb::DBOptions& options, bool read_only, const std::string& path,
                              const std::vector<rocksdb::ColumnFamilyDescriptor>& families,
                              std::vector<rocksdb::ColumnFamilyHandle*>& handles, std::unique_ptr<rocksdb::DB>& db) {
  rocksdb::DB* opened = nullptr;
  auto status = read_only ? rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &opened)
                          : rocksdb::DB::Open(options, path, families, &handles, &opened);
  db.reset(opened);
  return status;
}

}  // namespace

FamilyHandle::~FamilyHandle() {
  database_->db->DestroyColumnFamilyHandle(handle_).PermitUncheckedError();
}

rocksdb::ColumnFamilyHandle* handle_of(const Database::Internal& database, const Family& family) {
  const auto& handle = static_cast<const FamilyHandle&>(family);
  if (handle.database() != &database) throw std::logic_error("family " + family.name() + " is of another database");
  return handle.get();
}

Database::Database(std::shared_ptr<Internal> internal) : internal_(std::move(internal)) {}

Database::~Database() {
  WriterLock lock(internal_->families_mutex);
  internal_->families.clear();  // they hold the database open
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Resources& resources,
                                                 const DatabaseOptions& options) {
  if (options.salvage && !options.read_only) throw std::logic_error("salvage opens read-only");
  auto internal = std::make_shared<Internal>();
  internal->path = path;
  internal->free_bytes_min = options.free_bytes_min;
  internal->new_family_options = family_options(resources.internal(), options.purpose);
  auto database = database_options(resources.internal(), options);
  database.listeners.push_back(internal->failures);

  auto names = stored_families(database, path);
  if (!names) return std::unexpected(names.error());
  std::error_code ignored;  // rows of an interrupted bulk load; what cannot be removed only takes space
  if (!options.read_only) std::filesystem::remove_all(path + "/bulk-load", ignored);
  if (options.create_if_missing && !std::filesystem::create_directories(path, ignored) && ignored) {
    return std::unexpected(StorageError{StorageError::Kind::io, "cannot make " + path + ": " + ignored.message()});
  }
  if (options.purpose == Purpose::state) database.wal_filter = &internal->wal_continuity;
  if (auto whole = see_to_wal_files(*internal, resources, options); !whole) return std::unexpected(whole.error());

  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const auto& name : *names) descriptors.emplace_back(name, internal->new_family_options);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  auto status = open_database(database, options.read_only, path, descriptors, handles, internal->db);
  if (!status.ok()) return failure("opening " + path, status);
  {
    WriterLock lock(internal->families_mutex);
    for (auto* handle : handles) {
      internal->families.emplace(handle->GetName(), std::make_shared<FamilyHandle>(internal, handle));
    }
  }
  std::unique_ptr<Database> opened(new Database(std::move(internal)));
  if (!options.read_only && wal_files(path) > wal_files_max) let_go_of_wal_files(*opened);
  return opened;
}

const std::string& Database::path() const {
  return internal_->path;
}

FamilyPointer Database::family(std::string_view name) const {
  ReaderLock lock(internal_->families_mutex);
  auto found = internal_->families.find(name);
  return found == internal_->families.end() ? nullptr : found->second;
}

FamilyPointer Database::default_family() const {
  return family(rocksdb::kDefaultColumnFamilyName);
}

std::vector<std::string> Database::family_names() const {
  ReaderLock lock(internal_->families_mutex);
  std::vector<std::string> names;
  for (const auto& [name, family] : internal_->families) names.push_back(name);
  return names;
}

Result<std::vector<FamilyPointer>> Database::create_families(const std::vector<std::string>& names) {
  WriterLock lock(internal_->families_mutex);
  std::vector<std::string> missing;
  for (const auto& name : names) {
    if (!internal_->families.contains(name)) missing.push_back(name);
  }
  if (!missing.empty()) {
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    auto status = internal_->db->CreateColumnFamilies(internal_->new_family_options, missing, &handles);
    for (auto* handle : handles) {  // also after a failure: those that were made are there
      internal_->families.emplace(handle->GetName(), std::make_shared<FamilyHandle>(internal_, handle));
    }
    if (!status.ok()) return failure("creating families in " + internal_->path, status);
  }
  std::vector<FamilyPointer> families;
  for (const auto& name : names) families.push_back(internal_->families.find(name)->second);
  return families;
}

Result<void> Database::drop_family(std::string_view name) {
  WriterLock lock(internal_->families_mutex);
  auto found = internal_->families.find(name);
  if (found == internal_->families.end()) return {};
  auto status = internal_->db->DropColumnFamily(handle_of(*internal_, *found->second));
  if (!status.ok()) return failure("dropping family " + std::string{name}, status);
  internal_->families.erase(found);
  return {};
}

}  // namespace tenantry::storage
