// The server's log: one JSON object a line on stderr, {"time":…,"level":…,"message":…, fields…}.
//
// Time is RFC 3339 in UTC with milliseconds. Text that is not UTF-8 has each wrong byte replaced, so a line is always
// JSON. Levels: debug, info, warning, error, off. start_logging() once, before other threads; log() from any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace tenantry::api::cli {

enum class Level { debug, info, warning, error, off };

void start_logging(Level least);

using FieldValue = std::variant<std::string, std::int64_t>;
struct LogField {
  std::string_view name;  // must need no escape
  FieldValue value;
};

void log(Level level, std::string_view message, std::initializer_list<LogField> fields = {});

}  // namespace tenantry::api::cli
