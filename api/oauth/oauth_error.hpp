// An error as OAuth 2 tells it: to an application through the person's browser (RFC 6749 section 4.1.2.1), or as the
// answer of an endpoint (section 5.2, which RFC 7009 and RFC 7662 take over).
//
// `description` is for developers, of printable ASCII without '"' and '\', and repeats nothing of what was sent.
// A client that failed to authenticate itself by an Authorization header is told by 401 and WWW-Authenticate how it
// could; every other error is 400. Nobody may keep such an answer. Plain values and pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "api/http/response.hpp"

namespace tenantry::api::oauth {

struct OauthError {
  std::string error;  // "invalid_request"
  std::string description;
  bool challenge = false;  // 401

  bool operator==(const OauthError&) const = default;
};

// A client that is not known or did not prove who it is: `by_header` if it tried by an Authorization header.
OauthError invalid_client(std::string description, bool by_header);

// {"error":"invalid_grant","error_description":"..."}
http::Response error_response(const OauthError& error);

}  // namespace tenantry::api::oauth
