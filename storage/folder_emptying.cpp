#include "storage/folder_emptying.hpp"

#include <filesystem>

#include "storage/sync.hpp"

namespace tenantry::storage {
namespace {

std::string set_aside(const std::string& folder) {
  return folder + ".deleted";
}

std::unexpected<StorageError> failed(const std::string& folder, const std::error_code& error) {
  return std::unexpected(StorageError{StorageError::Kind::io, "cannot empty " + folder + ": " + error.message()});
}

}  // namespace

Result<void> empty_folder(const std::string& folder) {
  if (auto finished = finish_emptying(folder); !finished) return finished;
  std::error_code error;
  if (std::filesystem::exists(folder, error)) {
    std::filesystem::rename(folder, set_aside(folder), error);
    if (error) return failed(folder, error);
    auto synced = sync_files(std::filesystem::path(folder).parent_path().string());
    if (!synced) return synced;
  }
  if (auto finished = finish_emptying(folder); !finished) return finished;
  std::filesystem::create_directories(folder, error);
  if (error) return failed(folder, error);
  return {};
}

Result<void> finish_emptying(const std::string& folder) {
  std::error_code error;
  std::filesystem::remove_all(set_aside(folder), error);
  if (error) return failed(folder, error);
  return {};
}

bool holds_remains(const std::string& folder) {
  std::error_code ignored;  // what cannot be looked at cannot be opened either, which says more
  bool has_files = std::filesystem::is_directory(folder, ignored) && !std::filesystem::is_empty(folder, ignored);
  return has_files && !std::filesystem::exists(folder + "/CURRENT", ignored);
}

}  // namespace tenantry::storage
