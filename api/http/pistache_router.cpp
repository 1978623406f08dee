#include <algorithm>
#include <array>
#include <stdexcept>

#include "api/http/pistache_handler.hpp"
#include "api/http/text.hpp"

namespace tenantry::api::http {
namespace {

namespace Rest = Pistache::Rest;
using PistacheMethod = Pistache::Http::Method;

constexpr std::size_t no_route = SIZE_MAX;

// Where a route's Pistache handler leaves what was matched: the router calls it on this thread, before route() returns.
struct Found {
  std::size_t index = no_route;
  std::vector<std::string> raw_parameters;
};
thread_local Found* found_here = nullptr;

constexpr std::array<std::pair<Method, PistacheMethod>, 5> routable{{
    {Method::get, PistacheMethod::Get},
    {Method::post, PistacheMethod::Post},
    {Method::put, PistacheMethod::Put},
    {Method::patch, PistacheMethod::Patch},
    {Method::del, PistacheMethod::Delete},
}};

PistacheMethod pistache_method(Method method) {
  const auto found = std::ranges::find(routable, method, &std::pair<Method, PistacheMethod>::first);
  if (found == routable.end()) throw std::invalid_argument("a route must be for GET, POST, PUT, PATCH or DELETE");
  return found->second;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); });
}

// "{id}" -> ":id"; plain text stays. Characters with a meaning in Pistache's patterns are refused in plain text.
std::string pistache_segment(std::string_view segment, std::vector<std::string>& names, const std::string& pattern) {
  if (segment.starts_with('{') && segment.ends_with('}')) {
    const auto name = segment.substr(1, segment.size() - 2);
    if (!is_name(name)) throw std::invalid_argument("bad parameter name in route " + pattern);
    names.emplace_back(name);
    return ":" + names.back();
  }
  if (segment.empty() || segment.find_first_of("{}:*?%/") != std::string_view::npos) {
    throw std::invalid_argument("bad segment in route " + pattern);
  }
  return std::string(segment);
}

std::string pistache_pattern(const std::string& pattern, std::vector<std::string>& names) {
  if (pattern == "/") return pattern;
  std::string converted;
  std::string_view rest = pattern;
  if (!rest.starts_with('/')) throw std::invalid_argument("route " + pattern + " does not start with a slash");
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const auto end = std::min(rest.find('/'), rest.size());
    converted += "/" + pistache_segment(rest.substr(0, end), names, pattern);
    rest.remove_prefix(end);
  }
  return converted;
}

}  // namespace

PistacheRoutes::PistacheRoutes(std::vector<Route> routes) : routes_(std::move(routes)) {
  parameter_names_.resize(routes_.size());
  for (std::size_t index = 0; index < routes_.size(); ++index) add(index);
  add_unmatched();
}

void PistacheRoutes::add(std::size_t index) {
  const auto& route = routes_[index];
  if (!route.handler) throw std::invalid_argument("route " + route.pattern + " has no handler");
  auto& names = parameter_names_[index];
  const auto pattern = pistache_pattern(route.pattern, names);
  auto handler = [index, &names](const Rest::Request& request, Pistache::Http::ResponseWriter) {
    found_here->index = index;
    for (const auto& name : names) found_here->raw_parameters.push_back(request.param(":" + name).as<std::string>());
    return Rest::Route::Result::Ok;
  };
  try {
    router_.addRoute(pistache_method(route.method), pattern, handler);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument("route " + route.pattern + ": " + error.what());
  }
}

void PistacheRoutes::add_unmatched() {
  const auto nothing = [](const Rest::Request&, Pistache::Http::ResponseWriter) { return Rest::Route::Result::Ok; };
  // Dot segments never get as far as the router, so this route only makes the method's table exist.
  for (const auto& [method, pistache] : routable) router_.addRoute(pistache, "/..", nothing);
  // Without a custom handler the router would answer 404 and 405 by itself, through the write path.
  router_.addCustomHandler(nothing);
}

PistacheRouter::PistacheRouter(std::shared_ptr<PistacheRoutes> routes, const Limits& limits)
    : routes_(std::move(routes)),
      // Room for the longest path, its escapes normalised, and the rest of the request line.
      parser_(std::make_shared<Pistache::Http::RequestParser>(2 * limits.target_bytes_max + 1024)) {}

void PistacheRouter::serve(Pistache::Tcp::Transport* transport, Pistache::Http::Handler* handler) {
  transport_ = transport;
  handler_ = handler;
}

bool PistacheRouter::find(Method method, const std::string& path, RouteMatch& match) {
  std::string request(name_of(method));
  request.append(" ").append(path).append(" HTTP/1.1\r\n\r\n");
  parser_->reset();
  if (!parser_->feed(request.data(), request.size()) || parser_->parse() != Pistache::Http::Private::State::Done) {
    throw std::logic_error("Pistache's parser does not take a normalised request line");
  }
  Found found;
  found_here = &found;
  routes_->router().route(parser_->request,
                          Pistache::Http::ResponseWriter(Pistache::Http::Version::Http11, transport_, handler_,
                                                         std::weak_ptr<Pistache::Tcp::Peer>()));
  found_here = nullptr;
  if (found.index == no_route) return false;
  match.route = &routes_->at(found.index);
  const auto& names = routes_->parameter_names(found.index);
  for (std::size_t i = 0; i < names.size(); ++i) {
    // The path was checked when it was normalised: what cannot be decoded has been refused then.
    match.parameters.emplace_back(names[i], percent_decoded(found.raw_parameters[i], PlusSign::literal).value());
  }
  return true;
}

RouteMatch PistacheRouter::match(Method method, const std::string& path) {
  RouteMatch match;
  // Pistache ignores a slash at the end; here it makes another path, and no route has it.
  if (path.size() > 1 && path.ends_with('/')) return match;
  if (path == "*") {
    for (const auto& [known, pistache] : routable) {
      if (routes_->has(known)) match.allowed.push_back(known);
    }
    return match;
  }
  const auto wanted = method == Method::head ? Method::get : method;
  const bool is_routable = method != Method::options && method != Method::trace;
  if (is_routable && find(wanted, path, match)) return match;
  for (const auto& [other, pistache] : routable) {
    RouteMatch ignored;
    if (other != wanted && find(other, path, ignored)) match.allowed.push_back(other);
  }
  return match;
}

}  // namespace tenantry::api::http
