// Service: the REST API over a log, its tables and an engine. It makes the gate, the routes, the feeds and the server.
//
// Use: construct; give commit_listener() to whatever calls the engine's on_committed; start(); at the end drain().
// start() first finishes the creation of tenants that a crash left half made, lets process managers work, then binds
// and serves; its error is one sentence for a person. An address that is no loopback one is refused unless tokens are
// asked for and a proxy is named. drain() makes /readyz answer 503, ends the feeds whole, answers what waits, lets
// requests in flight finish, and stops; true if nothing was left unanswered. The destructor stops without waiting. The
// log, the state and the engine outlive the service, and the engine should run until drain() has returned. It may
// answer and call the listener later still, also when the service is gone. start() and drain(): one thread; the rest:
// any.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "api/exchange/service_options.hpp"
#include "events/engine/engine.hpp"
#include "events/log.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

class Cluster;
struct Context;
namespace http {
class Server;
struct Counters;
}  // namespace http

class Service {
 public:
  // `cluster`: null if this node has the log for itself; it outlives the service too.
  Service(events::Log& log, projections::StateStore& state, events::engine::Engine& engine, ServiceOptions options,
          Cluster* cluster = nullptr);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  events::engine::OnCommitted commit_listener() const;
  std::expected<void, std::string> start();
  // Only after start().
  std::uint16_t port() const;
  bool drain(std::int64_t timeout_ms);
  // This node serves a partition from now on: its process managers go on, and the creation of its tenants that was cut
  // short is finished. Blocks. The error is one sentence for a person.
  std::expected<void, std::string> partition_served(events::Partition partition);

  // How many tenants start() had to finish.
  std::size_t finished_tenants() const { return finished_tenants_; }

 private:
  struct Listener;

  std::shared_ptr<Listener> listener_;
  std::shared_ptr<Context> context_;
  std::unique_ptr<http::Server> server_;
  std::size_t finished_tenants_ = 0;
};

}  // namespace tenantry::api
