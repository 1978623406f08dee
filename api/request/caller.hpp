// The caller: who asks, on whose behalf, in which role and in what context; read from the request's headers.
//
// Until access is controlled the server listens on loopback only and believes what it is told: X-Actor and
// X-On-Behalf-Of name people, and everyone is an operator of the platform unless `X-Role: member` gives that up.
// What is read here becomes the attributes of every event that the request makes. Plain values; any thread.
#pragma once

#include "api/request/headers.hpp"
#include "events/engine/command.hpp"

namespace tenantry::api {

enum class Role { member, platform_operator };

struct Caller {
  events::engine::Origin origin;
  Role role = Role::platform_operator;
};

// Without X-Correlation-Id the correlation id is a fresh one.
Checked<Caller> read_caller(const http::Request& request);

// The traceparent of W3C Trace Context level 1 (version-traceid-parentid-flags in lower-case hex) as it is noted and
// passed on: one of version 00 as it is. Of a later version, which may be longer, the parts that level 1 knows, as
// version 00 with the sampled flag alone ("Versioning of traceparent"). Nothing if it is malformed, or of version ff.
std::optional<std::string> traceparent_of(std::string_view text);

}  // namespace tenantry::api
