// The words in which routes that follow from no resource are written. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "api/exchange/route.hpp"
#include "api/handlers/handlers.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api {

inline constexpr std::size_t command_body_bytes_max = 1u << 20;

inline const QueryParameter limit_parameter{"limit", "items in a page at most",
                                            R"({"type":"integer","minimum":1,"maximum":200,"default":50})"};
inline const QueryParameter cursor_parameter{"cursor", "where the page starts: from the page before"};

// A command of the tenant that the request names, about an entity. `success` is 201 for what creates, else 200.
inline Route command(http::Method method, std::string pattern, const events::EntityType& entity, std::string_view name,
                     int success, std::string summary) {
  return {.method = method,
          .pattern = std::move(pattern),
          .summary = std::move(summary),
          .reach = Reach::command,
          .requirement = required(events::find_command_type(name)->permission),
          .answer = {AnswerShape::Kind::command},
          .success = success,
          .command = name,
          .entity = &entity,
          .body_bytes_max = command_body_bytes_max,
          .serve = serve_command};
}

}  // namespace tenantry::api
