#include "storage/internal/wal_manifest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

#include "storage/crc32c.hpp"

namespace tenantry::storage {
namespace {

constexpr std::string_view header = "tenantry write-ahead files 1\n";
constexpr std::size_t checksum_digits = 8;

using Sizes = std::map<std::uint64_t, std::uint64_t>;  // of files, by number

std::string manifest_path(const std::string& folder) {
  return folder + "/WAL-MANIFEST";
}

std::string wal_path(const std::string& folder, std::uint64_t number) {
  char name[32];
  std::snprintf(name, sizeof name, "/%06llu.log", static_cast<unsigned long long>(number));
  return folder + name;
}

std::unexpected<StorageError> corrupt(std::string detail) {
  return std::unexpected(StorageError{StorageError::Kind::corrupt, std::move(detail)});
}

std::unexpected<StorageError> failed(const std::string& doing, int error) {
  bool is_full = error == ENOSPC || error == EDQUOT;
  return std::unexpected(StorageError{is_full ? StorageError::Kind::no_space : StorageError::Kind::io,
                                      doing + ": " + std::strerror(error)});
}

std::string line(const std::string& body) {
  char checksum[checksum_digits + 1];
  std::snprintf(checksum, sizeof checksum, "%08x", static_cast<unsigned>(crc32c(body)));
  return body + ' ' + checksum + '\n';
}
std::string closed_line(std::uint64_t number, std::uint64_t bytes) {
  return line("closed " + std::to_string(number) + ' ' + std::to_string(bytes));
}
std::string gone_line(std::uint64_t number) {
  return line("gone " + std::to_string(number));
}

// Takes one sound line in; false if it is none.
bool read_line(std::string_view text, Sizes& needed) {
  if (text.size() < checksum_digits + 2) return false;
  std::string body{text.substr(0, text.size() - checksum_digits - 1)};
  if (line(body) != std::string{text} + '\n') return false;
  std::istringstream words(body);
  std::string what;
  std::uint64_t number = 0;
  std::uint64_t bytes = 0;
  if (!(words >> what >> number)) return false;
  if (what == "closed" && !(words >> bytes)) return false;
  if (what == "gone") {
    needed.erase(number);
  } else {
    needed[number] = bytes;
  }
  return what == "closed" || what == "gone";
}

// The files that must be there, and the least that each must hold.
Result<Sizes> read_manifest(const std::string& folder) {
  std::ifstream file(manifest_path(folder), std::ios::binary);
  if (!file) return failed("reading " + manifest_path(folder), errno);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::string_view rest = text;
  if (!rest.starts_with(header)) return corrupt(manifest_path(folder) + " is damaged");
  rest.remove_prefix(header.size());
  Sizes needed;
  while (!rest.empty()) {
    auto end = rest.find('\n');
    bool sound = end != std::string_view::npos && read_line(rest.substr(0, end), needed);
    bool is_last = end == std::string_view::npos || end + 1 == rest.size();
    if (!sound && !is_last) return corrupt(manifest_path(folder) + " is damaged");
    if (is_last) break;
    rest.remove_prefix(end + 1);
  }
  return needed;
}

Result<Sizes> files_there(const std::string& folder) {
  Sizes sizes;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    auto number = wal_number(file->path());
    if (!number) continue;
    sizes[*number] = file->file_size(error);
    if (error) break;
  }
  if (error) return failed("reading " + folder, error.value());
  return sizes;
}

Result<void> check_against(const std::string& folder, const Sizes& needed, const Sizes& there) {
  for (auto [number, bytes] : needed) {
    auto found = there.find(number);
    std::string name = "the write-ahead log file " + wal_path(folder, number);
    if (found == there.end()) return corrupt(name + " is missing");
    if (found->second >= bytes) continue;
    return corrupt(name + " was " + std::to_string(bytes) + " bytes long and is " + std::to_string(found->second));
  }
  return {};
}

Result<Sizes> checked_files(const std::string& folder, WalManifest::Absence absence) {
  auto there = files_there(folder);
  if (!there) return there;
  std::error_code error;
  bool has_manifest = std::filesystem::exists(manifest_path(folder), error);
  if (error) return failed("reading " + manifest_path(folder), error.value());
  if (has_manifest) {
    auto needed = read_manifest(folder);
    if (!needed) return needed;
    if (auto whole = check_against(folder, *needed, *there); !whole) return std::unexpected(whole.error());
  } else if (absence == WalManifest::Absence::refused && std::filesystem::exists(folder + "/CURRENT", error)) {
    return corrupt(manifest_path(folder) + " is missing: whether all write-ahead log files are there cannot be told");
  }
  return there;
}

Result<void> sync_path(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = descriptor >= 0 && ::fdatasync(descriptor) == 0;
  int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return failed("syncing " + path, error);
  return {};
}

}  // namespace

std::optional<std::uint64_t> wal_number(const std::string& path) {
  std::string name = path.substr(path.find_last_of('/') + 1);
  constexpr std::string_view ending = ".log";
  if (!name.ends_with(ending)) return std::nullopt;
  name.resize(name.size() - ending.size());
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (name.empty() || error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return number;
}

Result<void> WalManifest::check(const std::string& folder, Absence absence) {
  auto files = checked_files(folder, absence);
  if (!files) return std::unexpected(files.error());
  return {};
}

Result<std::unique_ptr<WalManifest>> WalManifest::open(const std::string& folder, Absence absence) {
  auto files = checked_files(folder, absence);
  if (!files) return std::unexpected(files.error());
  std::string text{header};
  for (auto [number, bytes] : *files) {
    // What is about to be called closed may still be in the system's cache alone.
    if (auto synced = sync_path(wal_path(folder, number)); !synced) return std::unexpected(synced.error());
    text += closed_line(number, bytes);
  }
  std::string next = manifest_path(folder) + ".next";
  int descriptor = ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return failed("making " + next, errno);
  std::unique_ptr<WalManifest> manifest{new WalManifest(folder, descriptor)};
  if (auto written = manifest->append(text); !written) return std::unexpected(written.error());
  if (::rename(next.c_str(), manifest_path(folder).c_str()) != 0) return failed("renaming " + next, errno);
  if (auto synced = sync_path(folder); !synced) return std::unexpected(synced.error());
  return manifest;
}

WalManifest::~WalManifest() {
  ::close(descriptor_);
}

Result<void> WalManifest::will_create(std::uint64_t number) {
  std::lock_guard lock(mutex_);
  if (auto closed = close_current(); !closed) return closed;
  current_ = number;
  return {};
}

Result<void> WalManifest::will_delete(std::uint64_t number) {
  std::lock_guard lock(mutex_);
  if (current_ == number) current_.reset();
  return append(gone_line(number));
}

Result<void> WalManifest::close_current() {
  if (!current_) return {};
  std::string path = wal_path(folder_, *current_);
  std::error_code error;
  auto bytes = std::filesystem::file_size(path, error);
  if (error == std::errc::no_such_file_or_directory) return {};  // its making failed
  if (error) return failed("measuring " + path, error.value());
  if (auto synced = sync_path(path); !synced) return synced;
  return append(closed_line(*current_, bytes));
}

// A part of a line that a failure left would make every later one unreadable.
Result<void> WalManifest::append(const std::string& lines) {
  std::string_view rest = lines;
  while (!rest.empty()) {
    auto written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      int error = errno;
      bool undone = ::ftruncate(descriptor_, size_) == 0 && ::lseek(descriptor_, size_, SEEK_SET) == size_;
      return failed("writing " + manifest_path(folder_) + (undone ? "" : ", and taking a part back"), error);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(descriptor_) != 0) return failed("syncing " + manifest_path(folder_), errno);
  size_ += static_cast<off_t>(lines.size());
  return {};
}

}  // namespace tenantry::storage
