#include "storage/bulk_load.hpp"

#include <rocksdb/sst_file_writer.h>

#include <atomic>
#include <filesystem>

#include "storage/internal/database_internal.hpp"
#include "storage/internal/status.hpp"

namespace tenantry::storage {
namespace {

constexpr std::uint64_t file_bytes_max = 64u << 20;

std::string new_file_name(const std::string& folder) {
  static std::atomic<std::uint64_t> next = 0;
  return folder + "/" + std::to_string(next++) + ".sst";
}

}  // namespace

struct BulkLoad::Internal {
  std::shared_ptr<Database::Internal> database;
  FamilyPointer family;
  rocksdb::ColumnFamilyHandle* handle;
  rocksdb::Options options;
  std::string folder;
  std::vector<std::string> files;
  std::unique_ptr<rocksdb::SstFileWriter> writer;  // of the last file; null before the first row and between files
  std::string last_key;
  std::uint64_t rows = 0;

  Result<void> start_file() {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
      return std::unexpected(StorageError{StorageError::Kind::io, "making " + folder + ": " + error.message()});
    writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options, handle);
    files.push_back(new_file_name(folder));
    auto status = writer->Open(files.back());
    if (!status.ok()) return failure("bulk load into " + family->name(), status);
    return {};
  }

  Result<void> end_file() {
    auto status = writer->Finish();
    writer.reset();
    if (!status.ok()) return failure("bulk load into " + family->name(), status);
    return {};
  }
};

BulkLoad::BulkLoad(Database& database, FamilyPointer family) : internal_(std::make_unique<Internal>()) {
  internal_->database = database.shared_internal();
  internal_->handle = handle_of(*internal_->database, *family);
  internal_->family = std::move(family);
  internal_->options = internal_->database->db->GetOptions(internal_->handle);
  internal_->folder = database.path() + "/bulk-load";
}

BulkLoad::~BulkLoad() {
  if (!internal_) return;
  internal_->writer.reset();
  std::error_code ignored;  // leftovers are removed when the database is next opened
  for (const auto& file : internal_->files) std::filesystem::remove(file, ignored);
}

BulkLoad::BulkLoad(BulkLoad&&) noexcept = default;

Result<void> BulkLoad::add(std::string_view key, std::string_view value) {
  auto& load = *internal_;
  if (load.rows > 0 && key <= load.last_key) {
    return std::unexpected(StorageError{StorageError::Kind::invalid, "bulk load: keys must grow strictly"});
  }
  if (load.writer && load.writer->FileSize() > file_bytes_max) {
    if (auto ended = load.end_file(); !ended) return ended;
  }
  if (!load.writer) {
    if (auto started = load.start_file(); !started) return started;
  }
  auto status = load.writer->Put(slice(key), slice(value));
  if (!status.ok()) return failure("bulk load into " + load.family->name(), status);
  load.last_key = key;
  ++load.rows;
  return {};
}

Result<void> BulkLoad::finish() {
  auto& load = *internal_;
  if (load.writer) {
    if (auto ended = load.end_file(); !ended) return ended;
  }
  if (load.files.empty()) return {};
  rocksdb::IngestExternalFileOptions how;
  how.move_files = true;
  auto status = load.database->db->IngestExternalFile(load.handle, load.files, how);
  if (!status.ok()) return failure("bulk load into " + load.family->name(), status);
  load.files.clear();
  return {};
}

}  // namespace tenantry::storage
