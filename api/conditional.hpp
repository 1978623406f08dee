// Conditional requests (RFC 9110 section 13): an entity's tag is its version, the sequence of its last event, in
// quotes. Pure functions; any thread.
#pragma once

#include <string>

#include "api/headers.hpp"
#include "domain/kernel/date.hpp"
#include "events/engine/command.hpp"

namespace tenantry::api {

std::string entity_tag(std::uint64_t version);

// If-Match as a version. Nothing: no header, or "*", which the rules check anyway. A tag that is none of ours becomes
// 0, which no entity has, and so do weak ones, which never match. Lists are refused: one version can hold at a time.
Checked<std::optional<std::uint64_t>> read_if_match(const http::Request& request);

// Whether If-None-Match names this version, so that the client has it already.
Checked<bool> has_already(const http::Request& request, std::uint64_t version);

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(Instant instant);

}  // namespace tenantry::api
