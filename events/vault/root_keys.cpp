#include "events/vault/root_keys.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "storage/sync.hpp"

namespace tenantry::events {
namespace {

constexpr std::string_view header = "tenantry vault keys 1";
constexpr std::string_view derivation = "tenantry vault tenant key 1";
constexpr std::size_t key_bytes = crypto_generichash_KEYBYTES;
constexpr std::size_t id_length_max = 32;
constexpr std::size_t keys_max = 64;
constexpr std::size_t file_bytes_max = 16u << 10;

std::unexpected<std::string> refused(const std::string& path, const std::string& why) {
  return std::unexpected("the key file " + path + " " + why);
}
std::unexpected<std::string> failed(const std::string& path, const std::string& doing) {
  return refused(path, "cannot be " + doing + ": " + std::strerror(errno));
}

std::string mode_text(mode_t mode) {
  std::string digits;
  for (int shift = 9; shift >= 0; shift -= 3) digits += static_cast<char>('0' + (mode >> shift & 7));
  return digits;
}

std::expected<void, std::string> check_access(int descriptor, const std::string& path, KeyFile kind) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) return failed(path, "read");
  if (!S_ISREG(about.st_mode)) return refused(path, "is not a file");
  if (static_cast<std::size_t>(about.st_size) > file_bytes_max) return refused(path, "is too large for a key file");
  mode_t forbidden = kind == KeyFile::own ? 077 : 022;
  if ((about.st_mode & forbidden) == 0) return {};
  std::string has = "has mode " + mode_text(about.st_mode & 07777);
  if (kind == KeyFile::own) return refused(path, has + " and must have 0600: others than its owner may use it");
  return refused(path, has + ": others than its owner may write it");
}

std::expected<Secret, std::string> contents_of(const std::string& path, KeyFile kind) {
  // A pipe in its place must not keep the program waiting.
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return failed(path, "opened");
  auto allowed = check_access(descriptor, path, kind);
  Secret bytes(file_bytes_max);
  std::size_t size = 0;
  ssize_t count = 0;
  while (allowed && size < bytes.size() && (count = ::read(descriptor, bytes.data() + size, bytes.size() - size)) > 0) {
    size += static_cast<std::size_t>(count);
  }
  ::close(descriptor);
  if (!allowed) return std::unexpected(allowed.error());
  if (count < 0) return failed(path, "read");
  return Secret(bytes.view().substr(0, size));
}

// Takes the first word off the front.
std::string_view take_word(std::string_view& rest) {
  auto end = std::min(rest.find(' '), rest.size());
  auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

}  // namespace

// One file, line by line.
class KeyFileReader {
 public:
  explicit KeyFileReader(const std::string& path) : path_(path) {}

  std::expected<RootKeys, std::string> read(std::string_view text) {
    if (!text.starts_with(std::string{header} + '\n')) {
      return refused(path_, "does not begin with \"" + std::string{header} + "\"");
    }
    while (!text.empty()) {
      ++line_;
      auto end = text.find('\n');
      if (end == std::string_view::npos) return refused_here("is not ended, the file may be cut short");
      if (line_ > 1 && !take(text.substr(0, end))) return refused_here(why_);
      text.remove_prefix(end + 1);
    }
    if (keys_.current_.empty()) return refused(path_, "names no current key");
    if (!keys_.keys_.contains(keys_.current_)) return refused(path_, "lacks its current key " + keys_.current_);
    return std::move(keys_);
  }

 private:
  std::unexpected<std::string> refused_here(const std::string& why) {
    return refused(path_, "is wrong: line " + std::to_string(line_) + " " + why);
  }
  bool wrong(const char* why) {
    why_ = why;
    return false;
  }

  bool take(std::string_view line) {
    if (line.empty() || line.front() == '#') return true;
    auto what = take_word(line);
    std::string id{take_word(line)};
    if (what != "key" && what != "current") return wrong("begins neither with \"key\" nor with \"current\"");
    if (!is_root_key_id(id)) return wrong("has no key id of 1 to 32 of a-z 0-9 - .");
    return what == "key" ? take_key(id, line) : take_current(id, line);
  }

  bool take_key(const std::string& id, std::string_view digits) {
    if (keys_.keys_.size() == keys_max) return wrong("is one key too many");
    Secret key(key_bytes);
    std::size_t size = 0;
    bool is_whole = digits.size() == 2 * key_bytes &&
                    sodium_hex2bin(key.data(), key_bytes, digits.data(), digits.size(), nullptr, &size, nullptr) == 0;
    if (!is_whole || size != key_bytes) return wrong("has no key of 64 hex digits");
    if (!keys_.keys_.try_emplace(id, std::move(key)).second) return wrong("has a key id that was there before");
    return true;
  }

  bool take_current(const std::string& id, std::string_view rest) {
    if (!rest.empty()) return wrong("goes on behind the key id");
    if (!keys_.current_.empty()) return wrong("names a second current key");
    keys_.current_ = id;
    return true;
  }

  const std::string& path_;
  RootKeys keys_;
  int line_ = 0;
  std::string why_;
};

bool is_root_key_id(std::string_view id) {
  auto allowed = [](char each) {
    return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-' || each == '.';
  };
  return !id.empty() && id.size() <= id_length_max && std::ranges::all_of(id, allowed);
}

std::expected<RootKeys, std::string> RootKeys::read(const std::string& path, KeyFile kind) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  auto text = contents_of(path, kind);
  if (!text) return std::unexpected(text.error());
  return KeyFileReader(path).read(text->view());
}

std::optional<Secret> RootKeys::key_of(TenantId tenant, std::string_view id) const {
  auto root = keys_.find(id);
  if (root == keys_.end()) return std::nullopt;
  std::string about{derivation};
  about += static_cast<char>(id.size());
  about += id;
  about += tenant.value.view();
  Secret key(key_bytes);
  crypto_generichash(key.data(), key.size(), reinterpret_cast<const unsigned char*>(about.data()), about.size(),
                     root->second.data(), root->second.size());
  return key;
}

std::expected<void, std::string> make_key_file(const std::string& path, std::string_view id) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  if (!is_root_key_id(id)) return refused(path, "cannot be made: a key id is 1 to 32 of a-z 0-9 - .");
  Secret key(key_bytes);
  randombytes_buf(key.data(), key.size());
  Secret digits(2 * key_bytes + 1);
  sodium_bin2hex(reinterpret_cast<char*>(digits.data()), digits.size(), key.data(), key.size());
  std::string name{id};
  std::string begin = std::string{header} + "\nkey " + name + ' ';
  std::string end = "\ncurrent " + name + '\n';
  int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed(path, "made");
  auto write = [&](const void* bytes, std::size_t size) {
    return ::write(descriptor, bytes, size) == static_cast<ssize_t>(size);
  };
  bool written = write(begin.data(), begin.size()) && write(digits.data(), 2 * key_bytes) &&
                 write(end.data(), end.size()) && ::fsync(descriptor) == 0;
  auto result = written ? std::expected<void, std::string>{} : failed(path, "written");
  ::close(descriptor);
  if (!written) {
    ::unlink(path.c_str());
    return result;
  }
  auto folder = std::filesystem::path(path).parent_path().string();
  if (auto synced = storage::sync_path(folder.empty() ? "." : folder); !synced) return failed(path, "written");
  return {};
}

}  // namespace tenantry::events
