// What handlers work with: the parts of a running service. One per service; every exchange holds it, so that it is
// there when the engine answers late. Handlers use it from any thread; the service alone makes it and stops it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "api/cluster/cluster.hpp"
#include "api/exchange/service_options.hpp"
#include "api/live/feeds.hpp"
#include "api/live/position_waiters.hpp"
#include "api/live/process_managers.hpp"
#include "api/live/write_health.hpp"
#include "api/request/authentication.hpp"
#include "api/tenants/gate.hpp"
#include "api/tenants/remembered_rights.hpp"
#include "api/tenants/standings.hpp"
#include "api/tenants/tenant_creation.hpp"
#include "events/engine/engine.hpp"
#include "events/log.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

namespace http {
class Server;
}
struct Route;
class Forwarder;
class Freshness;

struct Context : std::enable_shared_from_this<Context> {
  events::Log& log;
  projections::StateStore& state;
  events::engine::Engine& engine;
  Cluster* const cluster;  // null: this node is alone
  const ServiceOptions options;
  Authentication authentication;
  std::unique_ptr<Issuer> issuer;  // null: this server issues nothing
  Gate gate;
  TenantCreation creation;
  Background background;
  PositionWaiters positions;
  Standings standings;
  RememberedRights rights;
  Feeds feeds;
  ProcessManagers process_managers;
  int tenant_partitions;
  std::vector<Route> routes;  // filled in, as the documents are, before the first request
  std::string openapi;
  std::string asyncapi;
  WriteHealth write_health;
  std::atomic<bool> draining{false};
  std::atomic<const http::Server*> server{nullptr};
  std::unique_ptr<Forwarder> forwarder;  // both only with a cluster
  std::unique_ptr<Freshness> freshness;

  Context(events::Log& log, projections::StateStore& state, events::engine::Engine& engine, Cluster* cluster,
          ServiceOptions options);
  ~Context();
  // Answers what waits, then ends the threads. Not from one of them.
  void stop();
};

}  // namespace tenantry::api
