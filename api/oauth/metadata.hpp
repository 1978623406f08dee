// What the server says of itself to OAuth and OpenID clients: the document of RFC 8414, which is that of OpenID Connect
// Discovery 1.0 too, and is served at the places that either has for it.
//
// It says no more than the readers of this folder accept: the code flow with S256, answers in the query with `iss`
// (RFC 9207), no request objects, the grants and ways of authentication of token_request.hpp. Endpoints are the
// issuer's URL with the paths below. fault_of_issuer() says what is wrong with an issuer: it is an https URL (http at
// a loopback address or localhost, for development) without query, fragment and a slash at its end, as clients compare
// it byte by byte. Pure functions; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/tokens/scopes.hpp"
#include "api/tokens/signature_algorithm.hpp"

namespace tenantry::api::oauth {

inline constexpr std::string_view authorization_path = "/oauth/authorize";
inline constexpr std::string_view token_path = "/oauth/token";
inline constexpr std::string_view revocation_path = "/oauth/revoke";
inline constexpr std::string_view introspection_path = "/oauth/introspect";
inline constexpr std::string_view jwks_path = "/oauth/jwks";
// Where the document is, if the issuer has no path. With one, RFC 8414 section 3.1 puts its place before that path,
// OpenID Connect Discovery section 4 behind it.
inline constexpr std::string_view oauth_metadata_path = "/.well-known/oauth-authorization-server";
inline constexpr std::string_view openid_metadata_path = "/.well-known/openid-configuration";

// A sentence's end, "has a query"; nothing if it can be an issuer.
std::optional<std::string> fault_of_issuer(std::string_view issuer);

// JSON. `algorithms`: those of the keys that ID tokens are signed with.
std::string metadata_document(std::string_view issuer, const tokens::Scopes& scopes,
                              std::span<const tokens::SignatureAlgorithm> algorithms);

}  // namespace tenantry::api::oauth
