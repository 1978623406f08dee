#include "storage/internal/shared_file_system.hpp"

#include <utility>

#include "storage/internal/info_log.hpp"

namespace tenantry::storage {
namespace {

// One user's share of a directory handle; the descriptor closes with the last share.
class DirectoryShare : public rocksdb::FSDirectory {
 public:
  explicit DirectoryShare(std::shared_ptr<rocksdb::FSDirectory> directory) : directory_(std::move(directory)) {}

  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    return directory_->Fsync(options, debug);
  }
  rocksdb::IOStatus FsyncWithDirOptions(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug,
                                        const rocksdb::DirFsyncOptions& how) override {
    return directory_->FsyncWithDirOptions(options, debug, how);
  }
  rocksdb::IOStatus Close(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::OK();
  }
  std::size_t GetUniqueId(char* id, std::size_t size_max) const override {
    return directory_->GetUniqueId(id, size_max);
  }

 private:
  std::shared_ptr<rocksdb::FSDirectory> directory_;
};

bool is_options_file(const std::string& path) {
  auto slash = path.find_last_of('/');
  return path.compare(slash == std::string::npos ? 0 : slash + 1, 8, "OPTIONS-") == 0;
}

rocksdb::IOStatus status_of(const StorageError& error) {
  if (error.kind == StorageError::Kind::no_space) return rocksdb::IOStatus::NoSpace(error.detail);
  if (error.kind == StorageError::Kind::corrupt) return rocksdb::IOStatus::Corruption(error.detail);
  return rocksdb::IOStatus::IOError(error.detail);
}

}  // namespace

SharedFileSystem::SharedFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target)
    : rocksdb::FileSystemWrapper(target) {}

rocksdb::IOStatus SharedFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                                    rocksdb::IODebugContext* debug) {
  if (is_options_file(name)) return rocksdb::IOStatus::NotSupported("options files are not kept");
  if (auto noted = note(name, &WalManifest::will_create); !noted.ok()) return noted;
  return target()->NewWritableFile(name, options, file, debug);
}

rocksdb::IOStatus SharedFileSystem::DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                                               rocksdb::IODebugContext* debug) {
  if (auto noted = note(name, &WalManifest::will_delete); !noted.ok()) return noted;
  return target()->DeleteFile(name, options, debug);
}

rocksdb::IOStatus SharedFileSystem::LockFile(const std::string& name, const rocksdb::IOOptions& options,
                                             rocksdb::FileLock** lock, rocksdb::IODebugContext* debug) {
  auto status = target()->LockFile(name, options, lock, debug);
  auto watched = watched_folder_of(name);
  if (!status.ok() || !watched) return status;
  auto manifest = WalManifest::open(watched->folder, watched->absence);
  if (manifest) {
    watched->manifest = std::move(*manifest);
    return status;
  }
  target()->UnlockFile(*lock, options, debug).PermitUncheckedError();
  *lock = nullptr;
  return status_of(manifest.error());
}

std::shared_ptr<SharedFileSystem::Watched> SharedFileSystem::watch(const std::string& folder,
                                                                   WalManifest::Absence absence) {
  MutexLock lock(mutex_);
  std::erase_if(watched_, [](const auto& entry) { return entry.second.expired(); });
  // Of two that open the same folder, the second does not get its lock, and must not disturb the first.
  if (auto already = watched_[folder].lock()) return already;
  auto watched = std::make_shared<Watched>(Watched{.folder = folder, .absence = absence});
  watched_[folder] = watched;
  return watched;
}

rocksdb::IOStatus SharedFileSystem::note(const std::string& file, Result<void> (WalManifest::*what)(std::uint64_t)) {
  auto number = wal_number(file);
  auto watched = number ? watched_folder_of(file) : nullptr;
  if (!watched || !watched->manifest) return rocksdb::IOStatus::OK();
  auto noted = (*watched->manifest.*what)(*number);
  return noted ? rocksdb::IOStatus::OK() : status_of(noted.error());
}

std::shared_ptr<SharedFileSystem::Watched> SharedFileSystem::watched_folder_of(const std::string& file) {
  MutexLock lock(mutex_);
  auto found = watched_.find(file.substr(0, file.find_last_of('/')));
  return found == watched_.end() ? nullptr : found->second.lock();
}

rocksdb::IOStatus SharedFileSystem::NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                                 rocksdb::IODebugContext* debug) {
  MutexLock lock(mutex_);
  auto shared = directories_[name].lock();
  if (!shared) {
    // Closed databases leave expired entries: this is where they go.
    std::erase_if(directories_, [](const auto& entry) { return entry.second.expired(); });
    std::unique_ptr<rocksdb::FSDirectory> opened;
    auto status = target()->NewDirectory(name, options, &opened, debug);
    if (!status.ok()) return status;
    shared = std::move(opened);
    directories_[name] = shared;
  }
  *directory = std::make_unique<DirectoryShare>(std::move(shared));
  return rocksdb::IOStatus::OK();
}

rocksdb::IOStatus SharedFileSystem::NewLogger(const std::string& name, const rocksdb::IOOptions&,
                                              std::shared_ptr<rocksdb::Logger>* log, rocksdb::IODebugContext*) {
  return open_info_log(name, *log);
}

}  // namespace tenantry::storage
