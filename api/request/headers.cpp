#include "api/request/headers.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

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

// RFC 9110 12.4.2: "q=0.85" in thousandths.
int weight_of(std::string_view parameters) {
  constexpr std::size_t digits_max = 5;  // "0.123"
  while (!parameters.empty()) {
    std::string_view each = take_part(parameters, ';');
    if (!each.starts_with("q=") && !each.starts_with("Q=")) continue;
    std::string digits{each.substr(2)};
    bool whole_is_one = digits.starts_with('1');
    if (digits.empty() || digits.size() > digits_max || (digits[0] != '0' && !whole_is_one)) return 0;
    if (digits.size() > 1 && digits[1] != '.') return 0;
    if (digits.size() == 1) digits += '.';
    digits.resize(digits_max, '0');
    auto thousandths = parse_number(std::string_view{digits}.substr(2));
    if (!thousandths || (whole_is_one && *thousandths > 0)) return 0;
    return whole_is_one ? 1000 : static_cast<int>(*thousandths);
  }
  return 1000;
}

// How narrowly the range names the media type: 2 for all of its kind ("text/*"), 1 for all there are, 0 for others.
int narrowness(std::string_view range, std::string_view media_type) {
  if (range == "*/*") return 1;
  std::string_view kind = media_type.substr(0, media_type.find('/') + 1);
  return range.size() == kind.size() + 1 && range.ends_with('*') &&
                 http::equal_ignoring_case(range.substr(0, kind.size()), kind)
             ? 2
             : 0;
}

struct Parameter {
  std::string_view name;
  std::string value;  // without its quotation marks and escapes
};

// The value after "=": a token, or a quoted string with escapes (RFC 9110 5.6.4).
std::optional<std::string> take_value(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    std::string_view token = rest.substr(0, rest.find_first_of("; \t"));
    rest.remove_prefix(token.size());
    return http::is_token(token) ? std::optional{std::string{token}} : std::nullopt;
  }
  std::string value;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] == '"') {
      rest.remove_prefix(at + 1);
      return value;
    }
    if (rest[at] == '\\' && ++at == rest.size()) break;
    value += rest[at];
  }
  return std::nullopt;
}

// RFC 9110 5.6.6: each may be missing, as after the last semicolon. Nothing if they are malformed.
std::optional<std::vector<Parameter>> parse_parameters(std::string_view rest) {
  std::vector<Parameter> parameters;
  while (!(rest = http::trimmed(rest)).empty()) {
    if (rest.front() == ';') {
      rest.remove_prefix(1);
      continue;
    }
    std::string_view name = rest.substr(0, rest.find_first_of("=; \t"));
    rest.remove_prefix(name.size());
    if (!http::is_token(name) || !rest.starts_with('=')) return std::nullopt;
    rest.remove_prefix(1);
    auto value = take_value(rest);
    if (!value) return std::nullopt;
    parameters.push_back({name, std::move(*value)});
    rest = http::trimmed(rest);
    if (!rest.empty() && rest.front() != ';') return std::nullopt;
  }
  return parameters;
}

bool is_harmless(const Parameter& parameter) {
  if (!http::equal_ignoring_case(parameter.name, "charset")) return true;
  return http::equal_ignoring_case(parameter.value, "utf-8") || http::equal_ignoring_case(parameter.value, "utf8");
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

std::optional<std::string> list_header(const http::Request& request, std::string_view name) {
  std::optional<std::string> list;
  for (const auto& [each, value] : request.headers()) {
    if (!http::equal_ignoring_case(each, name)) continue;
    if (list) list->append(", ").append(value);
    if (!list) list = value;
  }
  return list;
}

Checked<Uuid> id_parameter(const http::Request& request) {
  auto id = Uuid::parse(request.parameter("id"));
  if (!id) return bad_parameter("id", "must be a UUID");
  return *id;
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
  auto parameters = parse_parameters(content_type);
  return parameters && std::ranges::all_of(*parameters, is_harmless);
}

int quality(std::optional<std::string_view> accept, std::string_view media_type, AcceptedBy by) {
  if (!accept) return by == AcceptedBy::name_or_range ? 1000 : 0;
  std::string_view rest = *accept;
  int by_range = 0, narrowest = 0;
  while (!rest.empty()) {
    std::string_view parameters = take_part(rest, ',');
    std::string_view range = take_part(parameters, ';');
    if (http::equal_ignoring_case(range, media_type)) return weight_of(parameters);
    int narrow = narrowness(range, media_type);
    if (narrow <= narrowest) continue;
    narrowest = narrow;
    by_range = weight_of(parameters);
  }
  return by == AcceptedBy::name_or_range ? by_range : 0;
}

}  // namespace tenantry::api
