// The request target (RFC 9112 3.2) as a path to match and a query to read. Pure functions, any thread.
//
// Forms: origin ("/a/b?c=d"); absolute ("http://host/a"), whose host then counts instead of the Host header's, as RFC
// 9112 3.2.2 has it; "*" for OPTIONS alone. Refused with 400: an absolute form with another scheme, with user
// information or whose host is none, a fragment, characters RFC 3986 does not allow in a path, malformed escapes,
// decoded text that is not UTF-8 or holds control characters (in a path) or NUL (in a query), empty segments ("//") and
// dot segments, also written as escapes: a proxy may resolve those and then judge another path than the one served.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "api/http/protocol_error.hpp"
#include "api/http/request.hpp"

namespace tenantry::api::http {

struct Target {
  // Starts with "/", or is "*". Escapes of unreserved characters are decoded, the others have upper-case digits, so
  // equal paths are equal texts and every other escape is still data of its segment.
  std::string path;
  NamedValues query;
  // With its port if any; empty if the form is not the absolute one.
  std::string host;
};

std::expected<Target, ProtocolError> parse_target(std::string_view raw, Method method);

}  // namespace tenantry::api::http
