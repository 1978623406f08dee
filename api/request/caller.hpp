// The caller: who asks, on whose behalf, in which role and in what context; read from the request's headers.
//
// A server that takes no tokens listens on loopback only and believes what it is told: X-Actor and X-On-Behalf-Of name
// people, and everyone may do everything unless `X-Role: member` gives up what operators may. One that takes tokens
// refuses these headers: who asks is what the token says. What is read here becomes the attributes of every event that
// the request makes. Plain values; any thread.
#pragma once

#include "api/request/authentication.hpp"
#include "api/request/headers.hpp"
#include "events/engine/command.hpp"

namespace tenantry::api {

struct Caller {
  events::engine::Origin origin = {};
  std::optional<Uuid> tenant = {};  // of a user, by the token
  std::string login = {};           // of a user whose id is not known yet
  std::int64_t expires_at = 0;      // of the token, in seconds since 1970 UTC; 0: there is none
};

enum class Asked { who, nothing };

// Without X-Correlation-Id the correlation id is a fresh one. Asked for nothing, whoever shows no token may do nothing
// that takes a permission.
Checked<Caller> read_caller(const http::Request& request, const Authentication& authentication, Asked asked);
// Whether the caller has what operators of the platform have.
bool is_operator(const Caller& caller);

// A client's idempotency key as it is known: who shows a token has keys of their own.
std::string key_of_caller(const Caller& caller, std::string_view idempotency_key);

// The traceparent of W3C Trace Context level 1 (version-traceid-parentid-flags in lower-case hex) as it is noted and
// passed on: one of version 00 as it is. Of a later version, which may be longer, the parts that level 1 knows, as
// version 00 with the sampled flag alone ("Versioning of traceparent"). Nothing if it is malformed, or of version ff.
std::optional<std::string> traceparent_of(std::string_view text);

}  // namespace tenantry::api
