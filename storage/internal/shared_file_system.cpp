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

}  // namespace

SharedFileSystem::SharedFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target)
    : rocksdb::FileSystemWrapper(target) {}

rocksdb::IOStatus SharedFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                                    rocksdb::IODebugContext* debug) {
  if (is_options_file(name)) return rocksdb::IOStatus::NotSupported("options files are not kept");
  return target()->NewWritableFile(name, options, file, debug);
}

rocksdb::IOStatus SharedFileSystem::NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                                 rocksdb::IODebugContext* debug) {
  std::lock_guard lock(mutex_);
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
