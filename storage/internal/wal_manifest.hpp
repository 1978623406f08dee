// Internal to storage: which write-ahead log files a database's folder must hold, and how long each must be.
//
// RocksDB replays the write-ahead log files that it finds: one that is gone, or was cut at a record's end, is passed
// over in silence, and the rows of every later file are then served without those that were lost. (Its own tracking of
// them covers a file only while the process runs that wrote it.) So the folder holds a text file, WAL-MANIFEST:
//
//   manifest = header line*          header = "tenantry write-ahead files 1" LF
//   line     = body SP crc32c LF     crc32c = of the body, 8 hex digits
//   body     = "open" SP number                      the file is about to be made
//            / "closed" SP number SP bytes SP ends   no byte is added any more, and these are on the device
//            / "gone" SP number                      it is not needed any more, and may or may not still be there
//   ends     = crc32c of the file's first 4096 bytes followed by its last 4096, as 8 hex digits
//
// A line is durable before what follows from it is done: a file is closed before the next one is made, and gone before
// it is deleted. So only of the file that was written last the end is not known, and what it lacks is what a crash may
// take; a last line that is torn was not yet relied upon. The ends of a file tell it from every other, of this database
// or another: records carry times and ids. What lies between them is for RocksDB's checksums and for wal_continuity.hpp
// to hold.
//
// open() holds the folder against the manifest and writes it anew, with every file that is there closed. It refuses as
// `corrupt` a closed file that is missing, shorter than it was, or another one; a file that was never made; a manifest
// that cannot be read; and, if its absence is refused, a database without one.
//
// will_create() and will_delete() are called by the file system that the database uses (shared_file_system.hpp), from
// any thread; their errors keep the database from going on.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "domain/kernel/thread_safety.hpp"
#include "storage/error.hpp"

namespace tenantry::storage {

class WalManifest {
 public:
  enum class Absence { accepted, refused };  // of the manifest, in a folder that holds a database
  static Result<std::unique_ptr<WalManifest>> open(const std::string& folder, Absence absence);
  // The same look at the folder, without changing a byte.
  static Result<void> check(const std::string& folder, Absence absence);
  // Only that no file is another one than it was, or was never made: what RocksDB ends the process over when it meets
  // it.
  static Result<void> check_files_are_its_own(const std::string& folder);
  ~WalManifest();
  WalManifest(const WalManifest&) = delete;
  WalManifest& operator=(const WalManifest&) = delete;

  const std::string& folder() const { return folder_; }
  Result<void> will_create(std::uint64_t number);
  Result<void> will_delete(std::uint64_t number);

 private:
  WalManifest(std::string folder, int descriptor) : folder_(std::move(folder)), descriptor_(descriptor) {}
  Result<std::string> lines_to_close() const TENANTRY_REQUIRES(mutex_);
  Result<void> append(const std::string& lines) TENANTRY_REQUIRES(mutex_);

  const std::string folder_;
  const int descriptor_;
  Mutex mutex_;
  std::optional<std::uint64_t> current_ TENANTRY_GUARDED_BY(mutex_);  // the file that is being written
  off_t size_ TENANTRY_GUARDED_BY(mutex_) = 0;
};

// The number of a write-ahead log file ("/data/000012.log"); nothing for any other file.
std::optional<std::uint64_t> wal_number(const std::string& path);

}  // namespace tenantry::storage
