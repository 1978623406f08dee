#include "storage/disk_space.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tenantry::storage {
namespace {

std::string reason(const std::string& path, int error) {
  return path + ": " + std::strerror(error);
}

std::unexpected<StorageError> unreadable(const std::string& path, int error) {
  return std::unexpected(StorageError{StorageError::Kind::io, reason(path, error)});
}

// The folder, or the nearest above it that exists.
Result<std::string> existing(const std::string& folder) {
  for (std::filesystem::path path = folder;;) {
    std::string text = path.empty() ? "." : path.string();
    auto there = is_there(text);
    if (!there) return std::unexpected(there.error());
    if (*there) return text;
    if (path.empty() || path == path.parent_path()) return unreadable(text, ENOENT);
    path = path.parent_path();
  }
}

}  // namespace

Result<bool> is_there(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0) return true;
  if (errno == ENOENT) return false;
  return unreadable(path, errno);
}

Result<std::uint64_t> free_bytes(const std::string& folder) {
  auto path = existing(folder);
  if (!path) return std::unexpected(path.error());
  struct statvfs space {};
  if (::statvfs(path->c_str(), &space) != 0) return unreadable(*path, errno);
  return std::uint64_t{space.f_bavail} * space.f_frsize;
}

std::optional<std::string> why_not_writable(const std::string& folder) {
  auto path = existing(folder);
  if (!path) return path.error().detail;
  struct stat found {};
  if (::stat(path->c_str(), &found) != 0) return reason(*path, errno);
  if (!S_ISDIR(found.st_mode)) return reason(*path, ENOTDIR);
  if (::access(path->c_str(), R_OK | W_OK | X_OK) != 0) return reason(*path, errno);
  return std::nullopt;
}

std::string readable_bytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < units.size()) {
    bytes /= 1024;
    ++unit;
  }
  return std::to_string(bytes) + ' ' + units[unit];
}

}  // namespace tenantry::storage
