#include "api/conditional.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "api/http/text.hpp"

namespace tenantry::api {
namespace {

bool is_tag(std::string_view text) {
  if (text.starts_with("W/")) text.remove_prefix(2);
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
         text.substr(1, text.size() - 2).find_first_of("\" ") == std::string_view::npos;
}

}  // namespace

std::string entity_tag(std::uint64_t version) {
  return '"' + std::to_string(version) + '"';
}

Checked<std::optional<std::uint64_t>> read_if_match(const http::Request& request) {
  auto value = single_header(request, "If-Match");
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value || **value == "*") return std::nullopt;
  std::string_view tag = **value;
  if (!is_tag(tag)) return bad_header("If-Match", "must be one entity tag, like \"7\", or *");
  if (tag.starts_with("W/")) return 0;
  return parse_number(tag.substr(1, tag.size() - 2)).value_or(0);
}

Checked<bool> has_already(const http::Request& request, std::uint64_t version) {
  auto value = list_header(request, "If-None-Match");
  if (!value) return false;
  if (*value == "*") return true;
  std::string own = entity_tag(version);
  bool found = false;
  std::string_view rest = *value;
  do {
    std::size_t end = rest.find(',');
    std::string_view tag = http::trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (!is_tag(tag)) return bad_header("If-None-Match", "must be a list of entity tags, or *");
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    found = found || tag == own;
  } while (!rest.empty());
  return found;
}

std::string http_date(Instant instant) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::chrono::sys_seconds second = std::chrono::floor<std::chrono::seconds>(
      std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{instant.unix_ms}});
  auto day = std::chrono::floor<std::chrono::days>(second);
  std::chrono::year_month_day date{day};
  std::chrono::hh_mm_ss time{second - day};
  std::array<char, 64> text;
  int length = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                             days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                             months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                             static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                             static_cast<int>(time.seconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace tenantry::api
