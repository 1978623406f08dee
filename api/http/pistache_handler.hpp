// INTERNAL: the only header of the product that includes Pistache.
//
// What is used of Pistache 0.0.5: its listener with the accept thread, its epoll workers with their receive loop and
// ownership of descriptors, its request parser and its router. What is not: its framing and its write path. Those two
// send answers to the wrong client when clients abort (the write queue is keyed by descriptor number), spin on a
// chunked body whose CRLF is split, and recurse without bound on a long path. So onInput never reaches Pistache's
// parser with bytes from the wire, nothing here ever writes through Pistache, and a ResponseWriter exists only because
// the router's signature asks for one.
//
// PistacheHandler is cloned by Pistache, one per worker, and each clone is used by its worker alone.
// PistacheRouter belongs to one such clone; the route table within is shared and read-only.
#pragma once

#include <pistache/http.h>
#include <pistache/router.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "api/http/connection_manager.hpp"
#include "api/http/session.hpp"

namespace tenantry::api::http {

// The routes in Pistache's form. Throws std::invalid_argument for a malformed pattern or a route declared twice.
class PistacheRoutes {
 public:
  explicit PistacheRoutes(std::vector<Route> routes);

  const Route& at(std::size_t index) const { return routes_[index]; }
  // Whether any path serves the method.
  bool has(Method method) const { return std::ranges::find(routes_, method, &Route::method) != routes_.end(); }
  const std::vector<std::string>& parameter_names(std::size_t index) const { return parameter_names_[index]; }
  // Pistache's router looks its table up by non-const operator[]; it only reads when every method is present, which the
  // constructor sees to.
  Pistache::Rest::Router& router() { return router_; }

 private:
  void add(std::size_t index);
  void add_unmatched();

  const std::vector<Route> routes_;
  std::vector<std::vector<std::string>> parameter_names_;
  Pistache::Rest::Router router_;
};

class PistacheRouter : public Router {
 public:
  PistacheRouter(std::shared_ptr<PistacheRoutes> routes, const Limits& limits);

  // Must be called before match(), on the worker's thread: Pistache's router wants to know who would write an answer.
  void serve(Pistache::Tcp::Transport* transport, Pistache::Http::Handler* handler);
  RouteMatch match(Method method, const std::string& path) override;
  // Pistache's idle sweep insists that every peer has a parser; its workers' peers share this one.
  std::shared_ptr<Pistache::Http::RequestParser> parser() const { return parser_; }

 private:
  bool find(Method method, const std::string& path, RouteMatch& match);

  std::shared_ptr<PistacheRoutes> routes_;
  std::shared_ptr<Pistache::Http::RequestParser> parser_;
  Pistache::Tcp::Transport* transport_ = nullptr;
  Pistache::Http::Handler* handler_ = nullptr;
};

class PistacheHandler : public Pistache::Http::Handler {
 public:
  HTTP_PROTOTYPE(PistacheHandler)

  PistacheHandler(std::shared_ptr<ConnectionManager> manager, std::shared_ptr<PistacheRoutes> routes,
                  std::shared_ptr<const Handlers> handlers);
  PistacheHandler(const PistacheHandler& other);

  // Pistache's own dispatch, which is never reached.
  void onRequest(const Pistache::Http::Request& request, Pistache::Http::ResponseWriter response) override;

 private:
  // Private virtuals of Pistache's Http::Handler; overriding them is how its framing is replaced.
  void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;
  void onInput(const char* buffer, std::size_t bytes, const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;
  void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;
  bool takes_from(const std::string& address) const;
  void admit(Connection& connection);

  const std::shared_ptr<ConnectionManager> manager_;
  const std::shared_ptr<PistacheRoutes> routes_;
  const std::shared_ptr<const Handlers> handlers_;
  PistacheRouter router_;
};

}  // namespace tenantry::api::http
