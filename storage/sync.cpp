#include "storage/sync.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tenantry::storage {
Result<void> sync_path(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return {};
  bool is_full = error == ENOSPC || error == EDQUOT;
  return std::unexpected(StorageError{is_full ? StorageError::Kind::no_space : StorageError::Kind::io,
                                      "syncing " + path + ": " + std::strerror(error)});
}

Result<void> sync_files(const std::string& folder) {
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), last; !error && file != last; file.increment(error)) {
    if (!file->is_regular_file(error)) continue;
    if (auto synced = sync_path(file->path()); !synced) return synced;
  }
  if (error) return std::unexpected(StorageError{StorageError::Kind::io, "reading " + folder + ": " + error.message()});
  return sync_path(folder);
}

}  // namespace tenantry::storage
