// What the HTTP layer answers by itself, without a handler: framing refused, limits met, deadlines missed.
//
// Every such answer has an application/problem+json body (RFC 9457) whose type is "/problems/<slug>", one slug per
// status. Statuses: 400 404 405 408 413 414 417 431 500 501 503 505. 411 is never needed: a request that states no
// length has no body (RFC 9112 6.3).
#pragma once

#include <string>

namespace tenantry::api::http {

struct ProtocolError {
  int status;
  // For the client's developer: names what was wrong, never echoes untrusted bytes other than header names.
  std::string detail;
};

inline constexpr const char* problem_media_type = "application/problem+json";

// RFC 9110 15's phrase; "Status" for a number without one.
const char* reason_phrase(int status);

std::string problem_body(const ProtocolError& error);

}  // namespace tenantry::api::http
