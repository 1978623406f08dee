// The key with which a server for development checks tokens, and `tenantry token` makes them: `development-key.p8` in
// the data folder, Ed25519, readable by its owner alone. Made by the first server that runs with --dev; one that others
// may read is refused. Errors are sentences for a person. One caller at a time.
#pragma once

#include <expected>
#include <string>

#include "api/request/authentication.hpp"
#include "api/tokens/access_token.hpp"

namespace tenantry::api::cli {

inline constexpr std::string_view development_operator = "operator";  // subject of an operator's token

std::expected<tokens::PrivateKey, std::string> development_key(const std::string& folder);
std::expected<tokens::PrivateKey, std::string> make_or_read_development_key(const std::string& folder);

TokenIssuer development_issuer(const tokens::PrivateKey& key);
// Of a user if there is a tenant (its id), else of an operator or the system.
std::string development_token(const tokens::PrivateKey& key, std::string_view subject, std::string_view tenant,
                              Instant now);

}  // namespace tenantry::api::cli
