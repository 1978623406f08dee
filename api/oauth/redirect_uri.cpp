#include "api/oauth/redirect_uri.hpp"

#include <algorithm>

#include "api/http/text.hpp"
#include "api/oauth/form.hpp"
#include "api/tokens/unreserved.hpp"

namespace tenantry::api::oauth {
namespace {

constexpr std::string_view loopback_addresses[] = {"127.0.0.1", "[::1]"};
constexpr std::string_view answer_parameters[] = {"code", "state", "iss", "error", "error_description"};

struct Parts {
  std::string_view scheme;
  std::optional<std::string_view> authority;
  std::string_view rest;  // path and query
};

// RFC 3986 section 2 without '#', which begins a fragment.
bool may_stand_in_uri(char each) {
  return tokens::is_unreserved(static_cast<unsigned char>(each)) ||
         (each != 0 && std::string_view{"%:/?[]@!$&'()*+,;="}.find(each) != std::string_view::npos);
}

// RFC 3986 section 3.1, in lower case.
bool is_scheme(std::string_view text) {
  auto is_letter = [](char each) { return each >= 'a' && each <= 'z'; };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [&](char each) {
    return is_letter(each) || (each >= '0' && each <= '9') || each == '+' || each == '-' || each == '.';
  });
}

std::optional<Parts> parts_of(std::string_view uri) {
  std::size_t colon = uri.find(':');
  if (colon == std::string_view::npos || !is_scheme(uri.substr(0, colon))) return std::nullopt;
  Parts parts{uri.substr(0, colon), {}, uri.substr(colon + 1)};
  if (parts.rest.starts_with("//")) {
    std::size_t end = std::min(parts.rest.find_first_of("/?", 2), parts.rest.size());
    parts.authority = parts.rest.substr(2, end - 2);
    parts.rest.remove_prefix(end);
  }
  return parts;
}

// Without the port and its colon.
std::string_view host_of(std::string_view authority) {
  std::size_t bracket = authority.find(']');
  if (bracket != std::string_view::npos) return authority.substr(0, bracket + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_loopback_address(std::string_view host) {
  return std::ranges::find(loopback_addresses, host) != std::ranges::end(loopback_addresses);
}

bool is_web_address(const Parts& parts) {
  return parts.authority && http::is_host(*parts.authority) && !parts.authority->ends_with(':');
}

std::optional<std::string> fault_of_place(const Parts& parts) {
  if (parts.authority && parts.authority->contains('@')) return "has user information";
  if (parts.scheme == "https" || parts.scheme == "http") {
    if (!is_web_address(parts)) return "must have a host after " + std::string{parts.scheme} + "://";
    std::string_view host = host_of(*parts.authority);
    if (parts.scheme == "http" && !is_loopback_address(host) && host != "localhost") {
      return "must begin with https://; http is for 127.0.0.1, [::1] and localhost alone";
    }
    return std::nullopt;
  }
  if (!parts.scheme.contains('.')) {
    return "must begin with https:// or with a scheme of its own that has a dot, like com.example.app:/callback";
  }
  if (!parts.authority && !parts.rest.starts_with('/')) return "must have a path that begins with / after its scheme";
  return std::nullopt;
}

std::optional<std::string> fault_of_rest(std::string_view rest) {
  std::size_t mark = std::min(rest.find('?'), rest.size());
  if (!http::percent_decoded(rest.substr(0, mark), http::PlusSign::literal)) {
    return "has a malformed escape in its path";
  }
  if (mark == rest.size()) return std::nullopt;
  auto query = Form::parse(rest.substr(mark + 1));
  if (!query) return "has a query that is no form: " + query.error().field + " " + query.error().detail;
  for (std::string_view each : answer_parameters) {
    if (query->names(each)) return "has " + std::string{each} + " in its query, which is given with the answer";
  }
  return std::nullopt;
}

// What is compared if the port does not count; nothing if it does.
std::optional<Parts> without_port(std::string_view uri) {
  auto parts = parts_of(uri);
  if (!parts || parts->scheme != "http" || !is_web_address(*parts)) return std::nullopt;
  parts->authority = host_of(*parts->authority);
  if (!is_loopback_address(*parts->authority)) return std::nullopt;
  return parts;
}

bool differ_in_port_alone(std::string_view left, std::string_view right) {
  auto one = without_port(left);
  auto other = one ? without_port(right) : std::nullopt;
  return other && one->authority == other->authority && one->rest == other->rest;
}

}  // namespace

std::optional<std::string> fault_of_redirect_uri(std::string_view text) {
  if (text.empty()) return "is empty";
  if (text.size() > redirect_uri_bytes_max) {
    return "is longer than " + std::to_string(redirect_uri_bytes_max) + " bytes";
  }
  if (text.contains('#')) return "has a fragment";
  if (!std::ranges::all_of(text, may_stand_in_uri)) return "has a character that a URI cannot have";
  auto parts = parts_of(text);
  if (!parts) return "must be an absolute URI with its scheme in lower case, like https://app.example/callback";
  if (auto fault = fault_of_place(*parts)) return fault;
  return fault_of_rest(parts->rest);
}

bool is_registered(std::string_view redirect_uri, std::span<const std::string> registered) {
  return std::ranges::any_of(registered, [&](std::string_view each) {
    return each == redirect_uri || differ_in_port_alone(each, redirect_uri);
  });
}

}  // namespace tenantry::api::oauth
