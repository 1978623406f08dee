#include "api/headers.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "api/http/text.hpp"

namespace tenantry::api {
namespace {

bool is_visible_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char each) { return each > ' ' && each < '\x7f'; });
}

// Takes the part up to the separator off the front of `rest`, without spaces around it.
std::string_view take_part(std::string_view& rest, char separator) {
  std::size_t end = rest.find(separator);
  std::string_view part = http::trimmed(rest.substr(0, end));
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

bool is_refused(std::string_view parameters) {
  while (!parameters.empty()) {
    std::string_view each = take_part(parameters, ';');
    if (each == "q=0" || each == "q=0.0" || each == "q=0.00" || each == "q=0.000") return true;
  }
  return false;
}

bool covers(std::string_view range, std::string_view media_type) {
  if (range == "*/*") return true;
  return range.ends_with("/*") && media_type.starts_with(range.substr(0, range.size() - 1));
}

}  // namespace

std::unexpected<Problem> bad_header(std::string_view name, std::string detail) {
  return std::unexpected(problem_of(Fault::header_malformed, std::string{name}, std::move(detail)));
}

std::unexpected<Problem> bad_parameter(std::string_view name, std::string detail) {
  return std::unexpected(problem_of(Fault::parameter_malformed, std::string{name}, std::move(detail)));
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Checked<std::optional<std::string_view>> single_header(const http::Request& request, std::string_view name) {
  auto value = request.header(name);
  if (!value) return std::nullopt;
  if (request.header_count(name) > 1) return bad_header(name, "the header may be given once");
  return value;
}

Checked<std::optional<std::string_view>> token_header(const http::Request& request, std::string_view name,
                                                      std::size_t length_max) {
  auto value = single_header(request, name);
  if (!value || !*value) return value;
  std::string_view text = **value;
  if (text.empty() || text.size() > length_max || !is_visible_ascii(text)) {
    return bad_header(name, "must be 1 to " + std::to_string(length_max) + " visible ASCII characters");
  }
  return value;
}

Checked<std::optional<std::uint64_t>> number_header(const http::Request& request, std::string_view name) {
  auto value = single_header(request, name);
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) return std::nullopt;
  auto number = parse_number(**value);
  if (!number) return bad_header(name, "must be a whole number");
  return number;
}

Checked<std::optional<std::string_view>> single_parameter(const http::Request& request, std::string_view name) {
  auto values = request.query(name);
  if (values.empty()) return std::nullopt;
  if (values.size() > 1) return bad_parameter(name, "the parameter may be given once");
  return values.front();
}

Checked<std::uint64_t> number_parameter(const http::Request& request, std::string_view name, std::uint64_t minimum,
                                        std::uint64_t maximum, std::uint64_t otherwise) {
  auto value = single_parameter(request, name);
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) return otherwise;
  auto number = parse_number(**value);
  if (!number || *number < minimum || *number > maximum) {
    return bad_parameter(name,
                         "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
  }
  return *number;
}

bool is_media_type(std::string_view content_type, std::string_view media_type) {
  if (!http::equal_ignoring_case(take_part(content_type, ';'), media_type)) return false;
  if (http::trimmed(content_type).empty()) return true;
  return http::equal_ignoring_case(http::trimmed(content_type), "charset=utf-8") ||
         http::equal_ignoring_case(http::trimmed(content_type), "charset=\"utf-8\"");
}

bool accepts(std::optional<std::string_view> accept, std::string_view media_type, AcceptedBy by) {
  if (!accept) return by == AcceptedBy::name_or_range;
  std::string_view rest = *accept;
  bool by_range = false;
  while (!rest.empty()) {
    std::string_view parameters = take_part(rest, ',');
    std::string_view range = take_part(parameters, ';');
    if (http::equal_ignoring_case(range, media_type)) return !is_refused(parameters);
    by_range = by_range || (covers(range, media_type) && !is_refused(parameters));
  }
  return by_range && by == AcceptedBy::name_or_range;
}

}  // namespace tenantry::api
