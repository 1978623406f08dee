#include "storage/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

namespace tenantry::storage {
namespace {

std::unexpected<StorageError> io_failure(const std::string& doing, const std::string& why) {
  return std::unexpected(StorageError{StorageError::Kind::io, doing + ": " + why});
}

std::string read_holder(int descriptor) {
  std::array<char, 32> text{};
  auto size = ::pread(descriptor, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "that has not said its number";
}

// The number is information for people; the lock itself is the kernel's, so a failure to write it changes nothing.
void write_holder(int descriptor) {
  auto text = std::to_string(::getpid());
  if (::ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] auto written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

// A start that failed removes the file that it made (api/node/new_folder.hpp). Whoever opened it in time must not hold
// a lock that the next process, which makes another file, does not meet.
bool is_still_at(const std::string& path, int descriptor) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

}  // namespace

Result<FolderLock> FolderLock::acquire(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return io_failure("making " + folder, error.message());
  auto path = folder + "/LOCK";
  int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return io_failure("opening " + path, std::strerror(errno));
  FolderLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return io_failure("locking " + path, std::strerror(errno));
    return std::unexpected(
        StorageError{StorageError::Kind::locked, folder + " is in use by process " + read_holder(descriptor)});
  }
  if (!is_still_at(path, descriptor))
    return io_failure("locking " + path, "it was removed at the same time; try again");
  write_holder(descriptor);
  return lock;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace tenantry::storage
