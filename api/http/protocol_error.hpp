// What the HTTP layer answers by itself, without a handler: framing refused, limits met, deadlines missed.
//
// Every such answer has an application/problem+json body (RFC 9457) whose type is "/problems/<slug>", one slug and one
// title per status: the rows of protocol_problems(), from which GET /problems is made too. An answer to HEAD has no
// body. 411 is never needed: a request that states no length has no body (RFC 9112 6.3).
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tenantry::api::http {

struct ProtocolError {
  int status;
  // For the client's developer: names what was wrong, never echoes untrusted bytes other than header names.
  std::string detail;
};

inline constexpr const char* problem_media_type = "application/problem+json";

// RFC 9110 15's phrase; "Status" for a number without one.
const char* reason_phrase(int status);

struct ProtocolProblem {
  int status;
  std::string_view slug;
  std::string_view title;
};
// All that the layer can answer by itself, by status.
std::span<const ProtocolProblem> protocol_problems();
// Throws std::logic_error for a status that has no row.
const ProtocolProblem& protocol_problem(int status);

// Precondition: the status has a row.
std::string problem_body(const ProtocolError& error);

}  // namespace tenantry::api::http
