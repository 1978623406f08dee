#include "storage/internal/wal_manifest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "storage/crc32c.hpp"
#include "storage/sync.hpp"

namespace tenantry::storage {
namespace {

constexpr std::string_view header = "tenantry write-ahead files 1\n";
constexpr std::size_t checksum_digits = 8;

constexpr std::size_t end_bytes = 4096;

// What is known of a file that must be there; nothing of the one that was written last.
struct Closed {
  std::uint64_t bytes = 0;
  std::uint32_t ends = 0;
};
struct Manifest {
  std::map<std::uint64_t, std::optional<Closed>> needed;  // by number
  std::set<std::uint64_t> gone;
};
using Sizes = std::map<std::uint64_t, std::uint64_t>;  // of the files that are there

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
std::string open_line(std::uint64_t number) {
  return line("open " + std::to_string(number));
}
std::string closed_line(std::uint64_t number, const Closed& closed) {
  char ends[checksum_digits + 1];
  std::snprintf(ends, sizeof ends, "%08x", static_cast<unsigned>(closed.ends));
  return line("closed " + std::to_string(number) + ' ' + std::to_string(closed.bytes) + ' ' + ends);
}
std::string gone_line(std::uint64_t number) {
  return line("gone " + std::to_string(number));
}

// Takes one sound line in; false if it is none.
bool read_line(std::string_view text, Manifest& manifest) {
  if (text.size() < checksum_digits + 2) return false;
  std::string body{text.substr(0, text.size() - checksum_digits - 1)};
  if (line(body) != std::string{text} + '\n') return false;
  std::istringstream words(body);
  std::string what;
  std::uint64_t number = 0;
  if (!(words >> what >> number)) return false;
  if (what == "gone") {
    manifest.needed.erase(number);
    return manifest.gone.insert(number), true;
  }
  if (what == "open") return manifest.needed[number] = std::nullopt, true;
  Closed closed;
  if (what != "closed" || !(words >> closed.bytes >> std::hex >> closed.ends)) return false;
  manifest.needed[number] = closed;
  return true;
}

Result<Manifest> read_manifest(const std::string& folder) {
  std::ifstream file(manifest_path(folder), std::ios::binary);
  if (!file) return failed("reading " + manifest_path(folder), errno);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::string_view rest = text;
  if (!rest.starts_with(header)) return corrupt(manifest_path(folder) + " is damaged");
  rest.remove_prefix(header.size());
  Manifest manifest;
  while (!rest.empty()) {
    auto end = rest.find('\n');
    bool sound = end != std::string_view::npos && read_line(rest.substr(0, end), manifest);
    bool is_last = end == std::string_view::npos || end + 1 == rest.size();
    if (!sound && !is_last) return corrupt(manifest_path(folder) + " is damaged");
    if (is_last) break;
    rest.remove_prefix(end + 1);
  }
  return manifest;
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

// Of the first `bytes` bytes of the file.
Result<std::uint32_t> ends_of(const std::string& path, std::uint64_t bytes) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed("reading " + path, errno);
  std::size_t part = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, end_bytes));
  std::string both(2 * part, '\0');
  auto first = ::pread(descriptor, both.data(), part, 0);
  auto last = ::pread(descriptor, both.data() + part, part, static_cast<off_t>(bytes - part));
  int error = errno;
  ::close(descriptor);
  if (first < 0 || last < 0) return failed("reading " + path, error);
  both.resize(static_cast<std::size_t>(first + last));
  return crc32c(both);
}

Result<Closed> close_file(const std::string& path, std::uint64_t bytes) {
  auto ends = ends_of(path, bytes);
  if (!ends) return std::unexpected(ends.error());
  return Closed{bytes, *ends};
}

Result<void> check_lengths(const std::string& folder, const Manifest& manifest, const Sizes& there) {
  for (const auto& [number, closed] : manifest.needed) {
    if (!closed) continue;
    auto found = there.find(number);
    std::string name = "the write-ahead log file " + wal_path(folder, number);
    if (found == there.end()) return corrupt(name + " is missing");
    if (found->second >= closed->bytes) continue;
    return corrupt(name + " was " + std::to_string(closed->bytes) + " bytes long and is " +
                   std::to_string(found->second));
  }
  return {};
}

Result<void> check_own(const std::string& folder, const Manifest& manifest, const Sizes& there) {
  for (auto [number, bytes] : there) {
    if (bytes == 0 || manifest.gone.contains(number)) continue;
    std::string path = wal_path(folder, number);
    auto found = manifest.needed.find(number);
    if (found == manifest.needed.end()) return corrupt("the file " + path + " is not one that this database made");
    if (!found->second || bytes < found->second->bytes) continue;
    auto ends = ends_of(path, found->second->bytes);
    if (!ends) return std::unexpected(ends.error());
    if (*ends != found->second->ends)
      return corrupt("the write-ahead log file " + path + " is not the one that was written");
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
    auto manifest = read_manifest(folder);
    if (!manifest) return std::unexpected(manifest.error());
    if (auto whole = check_lengths(folder, *manifest, *there); !whole) return std::unexpected(whole.error());
    if (auto own = check_own(folder, *manifest, *there); !own) return std::unexpected(own.error());
  } else if (absence == WalManifest::Absence::refused && std::filesystem::exists(folder + "/CURRENT", error)) {
    return corrupt(manifest_path(folder) + " is missing (earlier versions wrote none)");
  }
  return there;
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

Result<void> WalManifest::check_files_are_its_own(const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::exists(manifest_path(folder), error)) return {};
  auto there = files_there(folder);
  if (!there) return std::unexpected(there.error());
  auto manifest = read_manifest(folder);
  if (!manifest) return std::unexpected(manifest.error());
  return check_own(folder, *manifest, *there);
}

Result<std::unique_ptr<WalManifest>> WalManifest::open(const std::string& folder, Absence absence) {
  auto files = checked_files(folder, absence);
  if (!files) return std::unexpected(files.error());
  std::string text{header};
  for (auto [number, bytes] : *files) {
    // What is about to be called closed may still be in the system's cache alone.
    if (auto synced = sync_path(wal_path(folder, number)); !synced) return std::unexpected(synced.error());
    auto closed = close_file(wal_path(folder, number), bytes);
    if (!closed) return std::unexpected(closed.error());
    text += closed_line(number, *closed);
  }
  std::string next = manifest_path(folder) + ".next";
  int descriptor = ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return failed("making " + next, errno);
  std::unique_ptr<WalManifest> manifest{new WalManifest(folder, descriptor)};
  MutexLock lock(manifest->mutex_);
  if (auto written = manifest->append(text); !written) return std::unexpected(written.error());
  if (::rename(next.c_str(), manifest_path(folder).c_str()) != 0) return failed("renaming " + next, errno);
  if (auto synced = sync_path(folder); !synced) return std::unexpected(synced.error());
  return manifest;
}

WalManifest::~WalManifest() {
  ::close(descriptor_);
}

Result<void> WalManifest::will_create(std::uint64_t number) {
  MutexLock lock(mutex_);
  auto lines = lines_to_close();
  if (!lines) return std::unexpected(lines.error());
  if (auto appended = append(*lines + open_line(number)); !appended) return appended;
  current_ = number;
  return {};
}

Result<void> WalManifest::will_delete(std::uint64_t number) {
  MutexLock lock(mutex_);
  if (current_ == number) current_.reset();
  return append(gone_line(number));
}

Result<std::string> WalManifest::lines_to_close() const {
  if (!current_) return "";
  std::string path = wal_path(folder_, *current_);
  std::error_code error;
  auto bytes = std::filesystem::file_size(path, error);
  if (error == std::errc::no_such_file_or_directory) return gone_line(*current_);  // its making failed
  if (error) return failed("measuring " + path, error.value());
  if (auto synced = sync_path(path); !synced) return std::unexpected(synced.error());
  auto closed = close_file(path, bytes);
  if (!closed) return std::unexpected(closed.error());
  return closed_line(*current_, *closed);
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
