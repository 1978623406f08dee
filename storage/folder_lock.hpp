// FolderLock: one process at a time works on a folder.
//
// acquire() makes the folder if need be and takes an exclusive flock(2) on its file LOCK, which holds the process id of
// the holder as text. A second taker, in this process or another, gets StorageError::locked, whose detail names the
// folder and the process. The lock goes with the object or with the process, however it ends; the file stays.
#pragma once

#include <string>

#include "storage/error.hpp"

namespace tenantry::storage {

class FolderLock {
 public:
  static Result<FolderLock> acquire(const std::string& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace tenantry::storage
