#include "api/cli/token_settings.hpp"

#include <fstream>
#include <iterator>

#include "api/cli/development_key.hpp"

namespace tenantry::api::cli {
namespace {

std::expected<tokens::KeySet, std::string> read_keys(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) return std::unexpected("--issuer-keys: cannot read " + path);
  auto keys = tokens::KeySet::parse(bytes);
  if (!keys)
    return std::unexpected("--issuer-keys: in " + path + ", " + keys.error().field + ' ' + keys.error().detail);
  if (keys->keys().empty()) return std::unexpected("--issuer-keys: " + path + " has no key for RS256, ES256 or EdDSA");
  return std::move(*keys);
}

}  // namespace

void add_token_settings(Command& command, TokenSettings& settings) {
  command.takes({.name = "dev",
                 .value = &settings.development,
                 .about = "take tokens that `tenantry token` makes with a key in the data folder"});
  command.takes({.name = "issuer",
                 .value = &settings.issuer,
                 .about = "take access tokens of this issuer (their iss)",
                 .kind = "URL"});
  command.takes({.name = "issuer-keys",
                 .value = &settings.issuer_keys,
                 .about = "the issuer's public keys, a JWK Set",
                 .kind = "FILE"});
  command.takes({.name = "audience",
                 .value = &settings.audience,
                 .about = "for whom the issuer's tokens must be (their aud)",
                 .kind = "TEXT"});
  command.takes({.name = "operator",
                 .value = &settings.operators,
                 .about = "the subject of the issuer's tokens that is an operator; may be given more than once",
                 .kind = "SUBJECT",
                 .delimiter = ','});
}

std::optional<std::string> contradiction_in(const TokenSettings& settings, bool is_log_shared) {
  bool has_issuer = !settings.issuer.empty();
  if (has_issuer != !settings.issuer_keys.empty() || has_issuer != !settings.audience.empty()) {
    return "--issuer, --issuer-keys and --audience belong together";
  }
  if (!settings.operators.empty() && !has_issuer) return "--operator needs --issuer";
  if (is_log_shared && (has_issuer || settings.development)) {
    return "nodes that share a log take no tokens yet: what they ask of each other has none";
  }
  return std::nullopt;
}

std::expected<AuthenticationOptions, std::string> authentication_options(const TokenSettings& settings,
                                                                         const std::string& folder) {
  AuthenticationOptions options;
  if (!settings.issuer.empty()) {
    auto keys = read_keys(settings.issuer_keys);
    if (!keys) return std::unexpected(std::move(keys.error()));
    options.issuers.push_back({.rules = {.issuer = settings.issuer, .audience = settings.audience},
                               .keys = std::move(*keys),
                               .operators = {settings.operators.begin(), settings.operators.end()}});
  }
  if (!settings.development) return options;
  auto key = make_or_read_development_key(folder);
  if (!key) return std::unexpected(std::move(key.error()));
  options.issuers.push_back(development_issuer(*key));
  return options;
}

}  // namespace tenantry::api::cli
