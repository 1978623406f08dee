// The reading side of one connection: bytes in, handlers called.
//
// One request at a time: its head is read and parsed, its route found (the route says how large the body may be), its
// body read, and only then is the handler called, with a Request that owns everything. Bytes that arrive before the
// answer is complete (pipelining) are thrown away and the connection is closed after that answer: a client must then
// send those requests again, and can never take one answer for another's. Any error is answered by a problem and
// closes.
//
// Used by one transport thread; never blocks. A handler's exception, standard or not, is caught, reported to
// Handlers::on_failure, and becomes the 500 of its destroyed Reply.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/body_reader.hpp"
#include "api/http/head.hpp"
#include "api/http/head_reader.hpp"
#include "api/http/router.hpp"
#include "api/http/target.hpp"

namespace tenantry::api::http {

class Connection;
class ConnectionManager;

struct Handlers {
  Handler not_found;
  MethodNotAllowedHandler method_not_allowed;
  // A handler threw: the route's pattern and what it said. May be empty.
  std::function<void(const std::string& route, const std::string& what)> on_failure;
};

class Session {
 public:
  Session(std::shared_ptr<ConnectionManager> manager, std::shared_ptr<Connection> connection,
          std::shared_ptr<const Handlers> handlers, std::string peer_address);

  void receive(std::string_view bytes, Router& router);
  const std::shared_ptr<Connection>& connection() const { return connection_; }

 private:
  struct Pending {
    Head head;
    Target target;
    RouteMatch match;
  };
  using Checked = std::expected<void, ProtocolError>;

  Checked read(std::string_view& bytes, Router& router);
  Checked begin_request(std::string_view following, Router& router);
  Checked plan_body(std::string_view following);
  void dispatch(std::string_view following);
  Request take_request(NamedValues parameters, const Route* route);
  void call(Request request, Reply reply, const RouteMatch& match);
  void report(const std::string& route, const std::string& what);

  const std::shared_ptr<ConnectionManager> manager_;
  const std::shared_ptr<Connection> connection_;
  const std::shared_ptr<const Handlers> handlers_;
  const std::string peer_address_;
  HeadReader head_reader_;
  std::optional<Pending> pending_;
  std::optional<BodyReader> body_reader_;
  bool discards_body_ = false;
};

}  // namespace tenantry::api::http
