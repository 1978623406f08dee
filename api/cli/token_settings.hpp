// From whom a server takes tokens: `serve --dev`, `--issuer` and what belongs to it, as its service wants it
// (api/request/authentication.hpp). Errors are sentences for a person.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "api/cli/command.hpp"
#include "api/request/authentication.hpp"

namespace tenantry::api::cli {

struct TokenSettings {
  bool development = false;
  std::string issuer;
  std::string issuer_keys;  // the file of a JWK Set
  std::string audience;
  std::vector<std::string> operators;
};

void add_token_settings(Command& command, TokenSettings& settings);
// What is wrong with them, if anything; opens nothing.
std::optional<std::string> contradiction_in(const TokenSettings& settings, bool is_log_shared);
// Reads the files that they name; of development, in the data folder, which is there.
std::expected<AuthenticationOptions, std::string> authentication_options(const TokenSettings& settings,
                                                                         const std::string& folder);

}  // namespace tenantry::api::cli
