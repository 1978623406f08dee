#include "storage/sync.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tenantry::storage {
namespace {

Result<void> sync_one(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return {};
  return std::unexpected(StorageError{StorageError::Kind::io, "syncing " + path + ": " + std::strerror(error)});
}

}  // namespace

Result<void> sync_files(const std::string& folder) {
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), last; !error && file != last; file.increment(error)) {
    if (!file->is_regular_file(error)) continue;
    if (auto synced = sync_one(file->path()); !synced) return synced;
  }
  if (error) return std::unexpected(StorageError{StorageError::Kind::io, "reading " + folder + ": " + error.message()});
  return sync_one(folder);
}

}  // namespace tenantry::storage
