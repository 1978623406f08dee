#include "api/node/new_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "events/backend.hpp"
#include "storage/disk_space.hpp"

namespace tenantry::api {
namespace {

// What cannot be told is taken to be there, and stays.
bool is_absent(const std::string& path) {
  return !storage::is_there(path).value_or(true);
}

}  // namespace

std::expected<NewFolder, std::string> NewFolder::make(const std::string& path) {
  NewFolder made(path);
  made.is_unlocked_ = is_absent(path + "/LOCK");
  for (std::filesystem::path each = path; !each.empty() && is_absent(each); each = each.parent_path()) {
    made.folders_.push_back(each);
  }
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return std::unexpected("cannot make the data folder " + path + ": " + error.message());
  return made;
}

void NewFolder::look() {
  // The tables first, so that a process that is killed on the way leaves none without their log.
  std::vector<std::string> made{path_ + "/state"};
  for (const events::Backend& backend : events::backends()) made.push_back(path_ + '/' + std::string{backend.folder});
  if (std::all_of(made.begin() + 1, made.end(), is_absent)) {
    std::ranges::copy_if(made, std::back_inserter(contents_), is_absent);
  }
  if (is_unlocked_) contents_.push_back(path_ + "/LOCK");
}

NewFolder::~NewFolder() {
  std::error_code ignored;  // the failure that leads here is the one to report
  for (const std::string& each : contents_) std::filesystem::remove_all(each, ignored);
  for (const std::string& each : folders_) std::filesystem::remove(each, ignored);
}

NewFolder::NewFolder(NewFolder&& other) noexcept
    : path_(std::move(other.path_)),
      is_unlocked_(other.is_unlocked_),
      contents_(std::exchange(other.contents_, {})),
      folders_(std::exchange(other.folders_, {})) {}

void NewFolder::keep() {
  contents_.clear();
  folders_.clear();
}

}  // namespace tenantry::api
