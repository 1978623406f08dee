// Creating a tenant: first in the platform's register, which grants slug and partition, then in its own stream.
//
// The two are events in two streams, so a crash may fall between them. Whatever is registered will be created: finish()
// does the second step again, finish_all() does it at start for every registration that lacks its tenant, and the
// second step changes nothing where it has been done.
// Where another node serves the tenant's partition, that node is asked to do the second step (create_elsewhere).
// finish_all() looks after the partitions that this node serves.
// `reply` is called once, on an engine thread or the calling one, and must not block. Any thread.
#pragma once

#include <functional>

#include "api/tenants/gate.hpp"
#include "domain/directory/entities.hpp"
#include "events/engine/engine.hpp"

namespace tenantry::api {

class TenantCreation {
 public:
  using Reply = std::move_only_function<void(events::engine::Outcome)>;
  using Elsewhere = std::function<void(const directory::Registration&, events::engine::Origin, Reply)>;

  TenantCreation(events::engine::Engine& engine, const projections::StateStore& state);

  // Before anything else is called. Without it all partitions are this node's.
  void create_elsewhere(Elsewhere elsewhere) { elsewhere_ = std::move(elsewhere); }
  // `request` holds a directory::RegisterTenant. Done names the tenant itself ("tenants/{id}") and its own position.
  void create(events::engine::CommandRequest request, events::engine::Origin origin, Reply reply);
  void finish(const directory::Registration& registration, events::engine::Origin origin, Reply reply);
  // Waits for all. The number of tenants that it created, or what went wrong, in a sentence. A tenant that the rules
  // refuse by now, or whose row cannot be read, is left as it is: its own commands say so.
  std::expected<std::size_t, std::string> finish_all();

 private:
  void finish_registered(events::engine::Done registered, events::engine::Origin origin, Reply reply);
  Checked<bool> is_created(const TenantScope& scope) const;

  events::engine::Engine& engine_;
  const projections::StateStore& state_;
  Elsewhere elsewhere_;
};

}  // namespace tenantry::api
