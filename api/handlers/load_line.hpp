// One line of a load: {"command":"EnrolStudent","data":{…},"idempotencyKey":"…"}, taken apart without parsing `data`,
// which the command's own decoder reads as strictly as the body of a single command.
//
// Views live as long as the line. Errors name the member. Pure function; any thread.
#pragma once

#include <expected>
#include <string_view>

#include "events/decode_error.hpp"

namespace tenantry::api {

struct LoadLine {
  std::string_view command;
  std::string_view data;             // the JSON object as it stands; empty if there is none
  std::string_view idempotency_key;  // empty if there is none
};

std::expected<LoadLine, events::DecodeError> read_load_line(std::string_view line);

}  // namespace tenantry::api
