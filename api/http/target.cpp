#include "api/http/target.hpp"

#include <algorithm>

#include "api/http/text.hpp"

namespace tenantry::api::http {
namespace {

std::unexpected<ProtocolError> refused(std::string detail) {
  return std::unexpected(ProtocolError{400, std::move(detail)});
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// RFC 3986 3.3: pchar without escapes.
bool is_path_character(char c) {
  return is_unreserved(c) || (c != 0 && std::string_view("!$&'()*+,;=:@").find(c) != std::string_view::npos);
}

void append_escaped(std::string& text, char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  text += '%';
  text += digits[value >> 4];
  text += digits[value & 15];
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::expected<std::string, ProtocolError> normalised_segment(std::string_view raw) {
  const auto decoded = percent_decoded(raw, PlusSign::literal);
  if (!decoded) return refused("the path has a malformed percent escape, a NUL or bytes that are not UTF-8");
  if (has_control_character(*decoded)) return refused("the path contains a control character");
  if (*decoded == "." || *decoded == "..") return refused("the path contains a dot segment");
  std::string segment;
  segment.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] != '%') {
      if (!is_path_character(raw[at])) return refused("the path contains a character that must be escaped");
      segment += raw[at];
      continue;
    }
    const char byte = *percent_escape(raw.substr(at));
    is_unreserved(byte) ? static_cast<void>(segment += byte) : append_escaped(segment, byte);
    at += 2;
  }
  return segment;
}

std::expected<std::string, ProtocolError> normalised_path(std::string_view raw) {
  if (raw.find("//") != std::string_view::npos) return refused("the path contains an empty segment");
  std::string path;
  path.reserve(raw.size());
  while (!raw.empty()) {
    raw.remove_prefix(1);
    const auto slash = std::min(raw.find('/'), raw.size());
    auto segment = normalised_segment(raw.substr(0, slash));
    if (!segment) return std::unexpected(std::move(segment.error()));
    path += '/';
    path += *segment;
    raw.remove_prefix(slash);
  }
  return path;
}

std::expected<NamedValues, ProtocolError> parse_query(std::string_view raw) {
  NamedValues values;
  while (!raw.empty()) {
    const auto end = std::min(raw.find('&'), raw.size());
    const auto pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), PlusSign::space);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), PlusSign::space);
    if (!name || !value) return refused("the query has a malformed percent escape, a NUL or bytes that are not UTF-8");
    values.emplace_back(std::move(*name), std::move(*value));
  }
  return values;
}

struct AbsoluteForm {
  std::string_view host;
  std::string_view origin_form;
};

// Nothing if it is none, or its authority names no host.
std::optional<AbsoluteForm> absolute_form(std::string_view raw) {
  const auto colon = raw.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  const auto scheme = raw.substr(0, colon);
  if (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")) return std::nullopt;
  raw.remove_prefix(colon + 3);
  const auto end = std::min(raw.find_first_of("/?"), raw.size());
  if (!is_host(raw.substr(0, end))) return std::nullopt;
  return AbsoluteForm{raw.substr(0, end), raw.substr(end)};
}

}  // namespace

std::expected<Target, ProtocolError> parse_target(std::string_view raw, Method method) {
  for (const char c : raw) {
    if (c <= 0x20 || c == 0x7f || c == '#')
      return refused("the request target contains a character not allowed in one");
  }
  if (raw == "*" && method == Method::options) return Target{"*", {}, {}};
  std::string host;
  if (!raw.starts_with('/')) {
    const auto absolute = absolute_form(raw);
    if (!absolute) return refused("the request target is neither a path nor an address of HTTP");
    host = absolute->host;
    raw = absolute->origin_form;
  }
  const auto question = std::min(raw.find('?'), raw.size());
  // An absolute form may have no path at all, which means "/" (RFC 9112 3.2.1).
  auto path = normalised_path(question == 0 ? "/" : raw.substr(0, question));
  if (!path) return std::unexpected(std::move(path.error()));
  auto query = parse_query(raw.substr(std::min(question + 1, raw.size())));
  if (!query) return std::unexpected(std::move(query.error()));
  return Target{std::move(*path), std::move(*query), std::move(host)};
}

}  // namespace tenantry::api::http
