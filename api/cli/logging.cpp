#include "api/cli/logging.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "events/json/writer.hpp"

namespace tenantry::api::cli {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
    case Level::off:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

// The number of bytes of the UTF-8 character at the start; 0 if there is none.
std::size_t character_bytes(std::string_view text) {
  auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  unsigned char first = byte(0);
  std::size_t size = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
  if (size == 4 && (first < 0xF0 || first > 0xF4)) return 0;
  if (size > text.size()) return 0;
  for (std::size_t index = 1; index < size; ++index) {
    if ((byte(index) & 0xC0) != 0x80) return 0;
  }
  bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  bool outside = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
  return overlong || outside ? 0 : size;
}

std::string valid_text(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    std::size_t size = character_bytes(text);
    valid += size == 0 ? replacement : text.substr(0, size);
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return valid;
}

void append_value(std::string& out, const FieldValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return events::json::append_integer(out, *number);
  events::json::append_text(out, valid_text(std::get<std::string>(value)));
}

}  // namespace

void start_logging(Level least) {
  auto logger = std::make_shared<spdlog::logger>("tenantry", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  // The message is a piece of JSON already, made by log().
  logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog_level(least));
  logger->flush_on(spdlog::level::trace);
  spdlog::set_default_logger(std::move(logger));
}

void log(Level level, std::string_view message, std::initializer_list<LogField> fields) {
  spdlog::logger* logger = spdlog::default_logger_raw();
  if (!logger->should_log(spdlog_level(level))) return;
  std::string piece = "\"message\":";
  append_value(piece, std::string{message});
  for (const LogField& field : fields) {
    piece.append(",\"").append(field.name).append("\":");
    append_value(piece, field.value);
  }
  logger->log(spdlog_level(level), spdlog::string_view_t{piece});
}

}  // namespace tenantry::api::cli
