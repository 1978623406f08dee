// Who asks at the token, revocation or introspection endpoint (RFC 6749 section 2.3, RFC 7591 section 2).
//
// There are two kinds. A public client is an application that people use; it can keep no secret and says its
// `client_id` in the body (`token_endpoint_auth_method` "none"). A service authenticates itself with a key: `client_id`
// is the key's id and `client_secret` the whole text "tnt_key_..." (api/tokens/opaque_secret.hpp), either in the body
// (client_secret_post) or in an Authorization header, both form-encoded inside Basic (client_secret_basic; RFC 6749
// section 2.3.1). Two methods at once are refused (section 2.3), and a body that names another client than the header.
//
// What comes back is only what was shown: the caller looks up whether there is such a client, and whether the verifier
// of the key is the stored one. Pure functions; any thread.
#pragma once

#include <expected>
#include <optional>
#include <string_view>
#include <variant>

#include "api/oauth/form.hpp"
#include "api/oauth/oauth_error.hpp"
#include "api/tokens/opaque_secret.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

inline constexpr std::string_view service_key_prefix = "tnt_key_";

struct PublicClient {
  Uuid id;
  bool operator==(const PublicClient&) const = default;
};
using ServiceKey = tokens::PresentedSecret;
using Client = std::variant<PublicClient, ServiceKey>;

// `authorization_header`: the value of Authorization, if there is one.
std::expected<Client, OauthError> read_client(const Form& form, std::optional<std::string_view> authorization_header);

}  // namespace tenantry::api::oauth
