// Which handler serves a path: routes as they are declared, and the port through which a session asks for one.
//
// Routes are values, read-only after the server has started. A pattern is "/" or segments each of which is text
// ("students") or a whole-segment parameter ("{id}"); text wins over a parameter. A path that ends in "/" matches none.
// Handlers run on a worker thread and must not block; they may be called by several threads at once.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "api/http/reply.hpp"
#include "api/http/request.hpp"

namespace tenantry::api::http {

using Handler = std::function<void(Request, Reply)>;
// `allow` is the value for the answer's Allow header, "GET, HEAD, OPTIONS".
using MethodNotAllowedHandler = std::function<void(Request, Reply, std::string allow)>;

struct Route {
  // Not head, options or trace: those follow from the routes that exist.
  Method method = Method::get;
  std::string pattern;
  // Beyond: 413, before the handler is called.
  std::size_t body_bytes_max = 1u << 20;
  Handler handler;
};

struct Routes {
  std::vector<Route> routes;
  // Default: a 404 or 405 problem. Both see requests without their bodies.
  Handler not_found;
  MethodNotAllowedHandler method_not_allowed;
};

struct RouteMatch {
  // Null: nothing serves this method there.
  const Route* route = nullptr;
  NamedValues parameters;
  // Without a route: the methods that are served there.
  std::vector<Method> allowed;
};

class Router {
 public:
  virtual ~Router() = default;
  // `path` as in Target::path. Called on the session's worker thread.
  virtual RouteMatch match(Method method, const std::string& path) = 0;
};

}  // namespace tenantry::api::http
