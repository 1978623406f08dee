#include "api/exchange/site.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "api/http/text.hpp"

namespace tenantry::api {
namespace {

bool is_in_domain(std::string_view name, std::string_view domain) {
  if (!name.ends_with(domain)) return false;
  return name.size() == domain.size() || name[name.size() - domain.size() - 1] == '.';
}

bool is_own_name(std::string_view authority, const ServiceOptions& options) {
  std::string name = http::comparable_host_of(authority);
  if (is_loopback(name)) return true;
  auto is_base = [&](const std::string& domain) { return is_in_domain(name, http::comparable_host(domain)); };
  auto is_name = [&](const std::string& own) { return name == http::comparable_host(own); };
  return std::ranges::any_of(options.gate.base_domains, is_base) || std::ranges::any_of(options.server_names, is_name);
}

// "null", which sandboxed pages send, has no name at all.
bool is_own_origin(std::string_view origin, const ServiceOptions& options) {
  std::size_t scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos) return false;
  std::string_view authority = origin.substr(scheme_end + 3);
  return http::is_host(authority) && is_own_name(authority, options);
}

std::unexpected<Problem> cross_site(std::string_view header) {
  return std::unexpected(
      problem_of(Fault::cross_site, std::string{header}, "the request was made by a web page of another site"));
}

}  // namespace

bool is_loopback(const std::string& address) {
  if (address == "[::1]") return true;
  in_addr parsed{};
  if (::inet_pton(AF_INET, address.c_str(), &parsed) != 1) return false;
  return (ntohl(parsed.s_addr) >> 24) == 127;
}

Checked<void> check_transport(const http::Request& request, const ServiceOptions& options) {
  if (options.behind_proxy.empty()) return {};
  auto came_by = single_header(request, "X-Forwarded-Proto");
  if (!came_by) return std::unexpected(std::move(came_by.error()));
  if (!*came_by || http::equal_ignoring_case(**came_by, "https")) return {};
  return std::unexpected(problem_of(Fault::came_in_the_clear, "X-Forwarded-Proto", "the proxy was not asked by TLS"));
}

Checked<void> check_host(const http::Request& request, const ServiceOptions& options) {
  if (!request.host().empty() && !is_own_name(request.host(), options)) {
    return std::unexpected(problem_of(Fault::host_unknown, "Host",
                                      "the server does not go by this name; --server-name tells it of others"));
  }
  return {};
}

Checked<void> check_site(const http::Request& request, const ServiceOptions& options) {
  // A browser sends each once; of two, the first would hide the second.
  for (std::string_view mark : {"Sec-Fetch-Site", "Origin"}) {
    if (request.header_count(mark) > 1) return cross_site(mark);
  }
  if (auto site = request.header("Sec-Fetch-Site"); site && *site == "cross-site") return cross_site("Sec-Fetch-Site");
  if (auto origin = request.header("Origin"); origin && !is_own_origin(*origin, options)) return cross_site("Origin");
  return {};
}

}  // namespace tenantry::api
