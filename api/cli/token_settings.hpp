// From whom a server takes tokens, and whether it lets people in itself: `serve --dev`, `--issuer`, `--public-url` and
// what belongs to them, as its service wants it (api/request/authentication.hpp, api/issuer/issuer.hpp). Errors are
// sentences for a person.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "api/cli/command.hpp"
#include "api/node/node.hpp"
#include "api/request/authentication.hpp"

namespace tenantry::api::cli {

struct TokenSettings {
  bool development = false;
  std::string issuer;
  std::string issuer_keys;  // the file of a JWK Set
  std::string audience;
  std::vector<std::string> operators;
  std::string public_url;
  std::string vault_keys;
  bool vault_keys_are_mounted = false;
};

void add_token_settings(Command& command, TokenSettings& settings);
// Those of the vault alone.
void add_vault_settings(Command& command, TokenSettings& settings);
// Under which URL the server lets people in, if it does; for development that of the address that it listens on.
std::optional<std::string> own_url(const TokenSettings& settings, const std::string& address, std::uint16_t port);
// Nodes that share a log are given the same ones; no node makes its own.
VaultKeys vault_keys(const TokenSettings& settings, const std::string& folder, bool is_log_shared);
// What is wrong with them, if anything; opens nothing.
std::optional<std::string> contradiction_in(const TokenSettings& settings, bool is_log_shared);
// Reads the files that they name; of development, in the data folder, which is there.
std::expected<AuthenticationOptions, std::string> authentication_options(const TokenSettings& settings,
                                                                         const std::string& folder);

}  // namespace tenantry::api::cli
