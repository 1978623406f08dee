// The head of a request, parsed strictly (RFC 9112): what is ambiguous is refused, because two parsers that read it
// differently (a proxy's and ours) are how one tenant's request is smuggled into another's connection.
//
// Refused with 400: a request line that is not three words, a header line without a colon, a name that is not a token
// (so also white space before the colon and folded lines), control characters or bytes that are not UTF-8 in a value,
// more than one Host or none in HTTP/1.1, a Host that is not one, a Content-Length that is repeated or not digits,
// Content-Length together with Transfer-Encoding, Transfer-Encoding in HTTP/1.0. 414, 417, 431, 501 (method
// or transfer coding unknown) and 505 as their names say. CONNECT is none of the methods known here: this is no proxy.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/limits.hpp"
#include "api/http/protocol_error.hpp"
#include "api/http/request.hpp"

namespace tenantry::api::http {

struct Head {
  // All lines, each with its CRLF; the offsets below point into it.
  std::string text;
  Method method = Method::get;
  bool http_1_0 = false;
  std::uint32_t target_at = 0;
  std::uint32_t target_bytes = 0;
  std::vector<HeaderField> fields;
  std::string host;
  std::optional<std::uint64_t> content_length_bytes;
  bool chunked = false;
  bool expects_continue = false;
  // What the client asked for, with its version's default.
  bool close = false;

  std::string_view target() const { return std::string_view(text).substr(target_at, target_bytes); }
  bool has_body() const { return chunked || content_length_bytes.value_or(0) > 0; }
};

std::expected<Head, ProtocolError> parse_head(std::string text, const Limits& limits);

}  // namespace tenantry::api::http
