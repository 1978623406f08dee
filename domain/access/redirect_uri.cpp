#include "domain/access/redirect_uri.hpp"

#include <algorithm>

namespace tenantry::access {
namespace {

bool is_letter(char each) {
  return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
}
bool is_digit(char each) {
  return each >= '0' && each <= '9';
}
bool is_hex(char each) {
  return is_digit(each) || (each >= 'a' && each <= 'f') || (each >= 'A' && each <= 'F');
}

// RFC 3986 section 2, without '#'.
bool has_characters_of_uri(std::string_view text) {
  constexpr std::string_view others = "-._~:/?[]@!$&'()*+,;=";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_letter(text[at]) || is_digit(text[at]) || others.contains(text[at])) continue;
    bool is_escape = text[at] == '%' && at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]);
    if (!is_escape) return false;
  }
  return true;
}

bool is_scheme(std::string_view text) {
  auto fits = [](char each) {
    return (each >= 'a' && each <= 'z') || is_digit(each) || std::string_view{"+-."}.contains(each);
  };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && std::ranges::all_of(text, fits);
}

// Name and port as they stand before the path; empty if there is none.
std::string_view authority_in(std::string_view after_scheme) {
  if (!after_scheme.starts_with("//")) return {};
  return after_scheme.substr(2, std::min(after_scheme.find_first_of("/?", 2), after_scheme.size()) - 2);
}

std::string_view host_in(std::string_view authority) {
  std::size_t bracket = authority.find(']');
  if (authority.starts_with('[')) return bracket == std::string_view::npos ? "" : authority.substr(0, bracket + 1);
  return authority.substr(0, authority.find(':'));
}

bool has_port_at_most(std::string_view authority, std::string_view host) {
  std::string_view port = authority.substr(host.size());
  return port.empty() ||
         (port.size() > 1 && port.size() <= 6 && port.front() == ':' && std::ranges::all_of(port.substr(1), is_digit));
}

bool is_host(std::string_view host) {
  auto of_name = [](char each) { return is_letter(each) || is_digit(each) || each == '-' || each == '.'; };
  if (!host.starts_with('[')) return !host.empty() && std::ranges::all_of(host, of_name);
  return host.size() > 2 && std::ranges::all_of(host.substr(1, host.size() - 2),
                                                [](char each) { return is_hex(each) || each == ':' || each == '.'; });
}

bool is_own_machine(std::string_view host) {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

std::optional<std::string> fault_of_web_address(std::string_view scheme, std::string_view authority) {
  std::string_view host = host_in(authority);
  if (authority.contains('@')) return "It has user information.";
  if (!is_host(host) || !has_port_at_most(authority, host)) return "It has no host.";
  if (scheme == "http" && !is_own_machine(host)) {
    return "It must begin with https; http is for 127.0.0.1, [::1] and localhost alone.";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> fault_of_redirect_uri(std::string_view uri) {
  if (uri.size() > redirect_uri_bytes_max) return "It is longer than 500 bytes.";
  if (uri.contains('#')) return "It has a fragment.";
  if (!has_characters_of_uri(uri)) return "It has what no URI can have.";
  std::size_t colon = uri.find(':');
  if (colon == std::string_view::npos || !is_scheme(uri.substr(0, colon))) {
    return "It must be absolute, as https://app.example/callback.";
  }
  std::string_view scheme = uri.substr(0, colon), rest = uri.substr(colon + 1);
  if (scheme == "https" || scheme == "http") return fault_of_web_address(scheme, authority_in(rest));
  if (!scheme.contains('.')) return "It must begin with https, or a scheme with a dot, as com.example.app:/callback.";
  if (!rest.starts_with('/') || authority_in(rest).contains('@')) return "It must have a path after its scheme.";
  return std::nullopt;
}

}  // namespace tenantry::access
