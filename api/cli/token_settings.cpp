#include "api/cli/token_settings.hpp"

#include <fstream>
#include <iterator>

#include "api/cli/development_key.hpp"
#include "api/oauth/metadata.hpp"

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
  command.takes({.name = "public-url",
                 .value = &settings.public_url,
                 .about = "let people log in, and issue tokens, as this issuer: the URL under which browsers come here",
                 .kind = "URL"});
  add_vault_settings(command, settings);
}

void add_vault_settings(Command& command, TokenSettings& settings) {
  command.takes({.name = "vault-keys",
                 .value = &settings.vault_keys,
                 .about = "the root keys of the vault, made if missing (default: vault-keys in the data folder)",
                 .kind = "FILE"});
  command.takes({.name = "vault-keys-mounted",
                 .value = &settings.vault_keys_are_mounted,
                 .about = "the root keys are a mounted secret, which others may read"});
}

std::optional<std::string> own_url(const TokenSettings& settings, const std::string& address, std::uint16_t port) {
  if (!settings.public_url.empty()) return settings.public_url;
  if (!settings.development || port == 0) return std::nullopt;
  return "http://" + address + ':' + std::to_string(port);
}

VaultKeys vault_keys(const TokenSettings& settings, const std::string& folder, bool is_log_shared) {
  using events::KeyFile;
  bool is_named = !settings.vault_keys.empty();
  return {.path = is_named ? settings.vault_keys : folder + "/vault-keys",
          .kind = settings.vault_keys_are_mounted ? KeyFile::mounted : KeyFile::own,
          .make_if_missing = !settings.vault_keys_are_mounted && !is_log_shared};
}

std::optional<std::string> contradiction_in(const TokenSettings& settings, bool is_log_shared) {
  bool has_issuer = !settings.issuer.empty();
  if (has_issuer != !settings.issuer_keys.empty() || has_issuer != !settings.audience.empty()) {
    return "--issuer, --issuer-keys and --audience belong together";
  }
  if (!settings.public_url.empty()) {
    if (auto fault = oauth::fault_of_issuer(settings.public_url)) return "--public-url " + *fault;
  }
  if (!settings.vault_keys.empty() && settings.public_url.empty() && !settings.development) {
    return "--vault-keys needs --public-url";
  }
  if (settings.vault_keys_are_mounted && settings.vault_keys.empty()) return "--vault-keys-mounted needs --vault-keys";
  if (settings.public_url == settings.issuer && has_issuer) return "--public-url and --issuer are two issuers";
  if (!settings.operators.empty() && !has_issuer) return "--operator needs --issuer";
  if (is_log_shared && settings.development) return "--dev is for a node that has its log for itself";
  if (is_log_shared && has_issuer && settings.public_url.empty()) {
    return "nodes that share a log need --public-url to take tokens: what they ask of each other has tokens of its own";
  }
  if (is_log_shared && !settings.public_url.empty() && settings.vault_keys.empty()) {
    return "nodes that share a log need --vault-keys, the same on each";
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
