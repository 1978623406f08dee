// NewFolder: a data folder that is made as it is opened, and unmade if opening fails.
//
// make() makes the folder with those above it; look() comes next, under the folder's lock. Unless keep() is called, the
// destructor removes what was not there before: the log, or the mirror, with the tables made from it, LOCK, and the
// folders, those that are empty. In a folder that held a log or a mirror already that is LOCK alone. Everything in it
// is closed before, and the lock let go of after, so that nobody else has begun to use what is removed. One thread.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace tenantry::api {

class NewFolder {
 public:
  // The error is a sentence for a person; nothing is left then.
  static std::expected<NewFolder, std::string> make(const std::string& path);
  void look();
  ~NewFolder();
  NewFolder(NewFolder&& other) noexcept;
  NewFolder& operator=(NewFolder&&) = delete;

  void keep();

 private:
  explicit NewFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;
  bool is_unlocked_ = false;           // there was no LOCK
  std::vector<std::string> contents_;  // to be removed with what they hold
  std::vector<std::string> folders_;   // the innermost first
};

}  // namespace tenantry::api
