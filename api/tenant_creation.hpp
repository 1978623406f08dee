// Creating a tenant: first in the platform's register, which grants slug and partition, then in its own stream.
//
// The two are events in two streams, so a crash may fall between them. Whatever is registered will be created: finish()
// does the second step again, finish_all() does it at start for every registration that lacks its tenant, and the
// second step changes nothing where it has been done.
// `reply` is called once, on an engine thread or the calling one, and must not block. Any thread.
#pragma once

#include <functional>

#include "api/gate.hpp"
#include "events/engine/engine.hpp"

namespace tenantry::api {

class TenantCreation {
 public:
  using Reply = std::move_only_function<void(events::engine::Outcome)>;

  TenantCreation(events::engine::Engine& engine, const projections::StateStore& state);

  // `request` holds a directory::RegisterTenant. Done names the tenant itself ("tenants/{id}") and its own position.
  void create(events::engine::CommandRequest request, events::engine::Origin origin, Reply reply);
  void finish(const directory::Registration& registration, events::engine::Origin origin, Reply reply);
  // Waits for all. The number of tenants that it created, or what went wrong, in a sentence.
  std::expected<std::size_t, std::string> finish_all();

 private:
  void finish_registered(events::engine::Done registered, events::engine::Origin origin, Reply reply);
  Checked<bool> is_created(const TenantScope& scope) const;

  events::engine::Engine& engine_;
  const projections::StateStore& state_;
};

}  // namespace tenantry::api
