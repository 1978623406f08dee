// An answer as handlers give it, and its head as it goes over the wire.
//
// Plain values and pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenantry::api::http {

using ResponseHeaders = std::vector<std::pair<std::string, std::string>>;

// Content-Length, Transfer-Encoding, Connection, Date and X-Content-Type-Options are the layer's and must not be given.
// A header name that is not a token or a value with control characters is a programming error; the client gets a 500.
struct Response {
  int status = 200;
  // Empty: no Content-Type, for answers without a body.
  std::string content_type = {};
  ResponseHeaders headers = {};
  std::string body = {};
};

enum class Framing { none, length, chunked, until_close };

struct ResponseHead {
  int status = 200;
  std::string_view content_type = {};
  const ResponseHeaders* headers = nullptr;
  Framing framing = Framing::length;
  std::uint64_t content_length_bytes = 0;
  bool close = false;
  // HTTP/1.0 closes unless told otherwise, in both directions.
  bool http_1_0 = false;
};

// False if a name or value would break the framing of the answer.
bool are_valid_headers(std::string_view content_type, const ResponseHeaders& headers);

// 1xx, 204 and 304 have no body whatever is asked (RFC 9110 6.4.1).
bool has_body(int status);

// What a problem carries that the layer answers by itself: nobody may keep it, and a 503 may be tried again.
ResponseHeaders problem_headers(int status);

// Precondition: are_valid_headers().
std::string serialised(const ResponseHead& head);

}  // namespace tenantry::api::http
