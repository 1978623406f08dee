#include "api/cli/development_key.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "events/identifiers.hpp"

namespace tenantry::api::cli {
namespace {

constexpr std::string_view issuer = "tenantry-development";
constexpr std::string_view audience = "tenantry";
constexpr std::int64_t lifetime_s = 8 * 60 * 60;
constexpr std::size_t file_bytes_max = 16 * 1024;

std::string path_of(const std::string& folder) {
  return folder + "/development-key.p8";
}

std::unexpected<std::string> failed(const std::string& what, const std::string& path) {
  return std::unexpected(what + ' ' + path + ": " + std::strerror(errno));
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool is_open() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// Whole and durable, or not there: a key that was cut short would be a riddle at the next start.
std::expected<void, std::string> write_new(const std::string& path, const std::string& bytes) {
  std::string unfinished = path + ".new";
  {
    File file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.is_open()) return failed("cannot make", unfinished);
    bool written = ::write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    if (!written || ::fsync(file.get()) != 0) return failed("cannot write", unfinished);
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return failed("cannot make", path);
  return {};
}

}  // namespace

std::expected<tokens::PrivateKey, std::string> development_key(const std::string& folder) {
  std::string path = path_of(folder);
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open() && errno == ENOENT) {
    return std::unexpected("there is no " + path + ": a server makes it that was started with --dev");
  }
  if (!file.is_open()) return failed("cannot open", path);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failed("cannot look at", path);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return std::unexpected(path + " can be read or written by others: chmod 600 " + path);
  }
  std::string bytes(file_bytes_max, '\0');
  ssize_t length = ::read(file.get(), bytes.data(), bytes.size());
  if (length < 0) return failed("cannot read", path);
  auto key = tokens::PrivateKey::from_pkcs8(std::string_view{bytes}.substr(0, static_cast<std::size_t>(length)));
  if (!key) return std::unexpected(path + ' ' + std::string{describe(key.error())});
  return std::move(*key);
}

std::expected<tokens::PrivateKey, std::string> make_or_read_development_key(const std::string& folder) {
  std::string path = path_of(folder);
  if (::access(path.c_str(), F_OK) == 0 || errno != ENOENT) return development_key(folder);
  if (auto written = write_new(path, tokens::PrivateKey::generate(tokens::SignatureAlgorithm::eddsa).pkcs8());
      !written) {
    return std::unexpected(written.error());
  }
  return development_key(folder);
}

TokenIssuer development_issuer(const tokens::PrivateKey& key) {
  auto keys = tokens::KeySet::make({{.key_id = tokens::thumbprint(key.public_key()), .key = key.public_key()}});
  return {.rules = {.issuer = std::string{issuer}, .audience = std::string{audience}},
          .keys = std::move(keys.value()),
          .operators = {std::string{development_operator}},
          .is_of_development = true};
}

std::string development_token(const tokens::PrivateKey& key, std::string_view subject, std::string_view tenant,
                              Instant now) {
  tokens::Claims claims{.issuer = std::string{issuer},
                        .subject = std::string{subject},
                        .audience = {std::string{audience}},
                        .issued_at_s = now.unix_ms / 1000,
                        .token_id = events::fresh_id(now).text(),
                        .client_id = "tenantry-token"};
  claims.expires_at_s = claims.issued_at_s + lifetime_s;
  if (!tenant.empty()) claims.tenant = tenant;
  return tokens::issue_access_token(claims, tokens::AccessTokenRules{}.tenant_claim,
                                    tokens::thumbprint(key.public_key()), key);
}

}  // namespace tenantry::api::cli
