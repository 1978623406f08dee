// The HTTP server: routes in, connections served in the background.
//
// The constructor binds and listens, starts the workers and returns; from then on handlers are called. It throws
// std::runtime_error if the address cannot be bound, a limit makes no sense, or the process may not open enough
// descriptors for Limits::connections_max, and std::invalid_argument for a malformed or repeated route.
//
// Shutting down: drain() stops listening (new connections are refused by the kernel), closes idle ones, lets requests
// in flight be answered with "Connection: close", and returns whether all were answered in time; then it stops. The
// destructor stops without waiting. Both may be called while Replies are still held: using those later is harmless.
// Call neither from a handler. All threads have ended and all connections are closed when either returns.
//
// Plain HTTP only: TLS ends at a proxy in front. All threads have every signal blocked, so the process's own thread
// gets them. Writes never raise SIGPIPE. Half-closed clients (shutdown of the sending side before the answer) count as
// gone.
//
// port(), counters(), in_flight() may be called by any thread; drain() by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "api/http/counters.hpp"
#include "api/http/limits.hpp"
#include "api/http/router.hpp"

namespace tenantry::api::http {

struct ServerOptions {
  // An IPv4 address or an IPv6 address in brackets.
  std::string address = "127.0.0.1";
  // 0: any free port; port() says which.
  std::uint16_t port = 0;
  // Workers, beside one thread that accepts and one that keeps deadlines.
  int threads = 2;
  Limits limits;
  // A handler threw: its route's pattern and what it said. Called on the worker's thread. May be empty.
  std::function<void(const std::string& route, const std::string& what)> on_handler_failure;
};

class Server {
 public:
  Server(ServerOptions options, Routes routes);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  const Counters& counters() const;
  std::size_t in_flight() const;
  // Bytes held now: of request bodies, and of answers that slow clients have not taken.
  std::size_t body_bytes_held() const;
  std::size_t queued_bytes_held() const;

  // True if nothing was left unanswered. A second call returns at once.
  bool drain(std::int64_t timeout_ms);

 private:
  class Running;
  std::unique_ptr<Running> running_;
};

}  // namespace tenantry::api::http
