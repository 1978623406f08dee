#include "api/exchange/context.hpp"

#include <algorithm>
#include <functional>

#include "api/cluster/forwarder.hpp"
#include "api/cluster/freshness.hpp"
#include "api/exchange/route.hpp"

namespace tenantry::api {
namespace {

int count_tenant_partitions(const events::Log& log) {
  auto partitions = log.partitions();
  return static_cast<int>(std::ranges::count(partitions, events::Stream::tenants, &events::Partition::stream));
}

std::uint64_t position_of(const projections::StateStore& state, const TenantScope& scope) {
  return state.reader(scope).sequence().value_or(0);
}

}  // namespace

Context::Context(events::Log& the_log, projections::StateStore& the_state, events::engine::Engine& the_engine,
                 Cluster* the_cluster, ServiceOptions the_options)
    : log(the_log),
      state(the_state),
      engine(the_engine),
      cluster(the_cluster),
      options(std::move(the_options)),
      authentication(options.authentication, *the_engine.options().clock),
      gate(the_state, options.gate),
      creation(the_engine, the_state),
      positions(background, std::bind_front(position_of, std::cref(the_state)), options.position_waiters_max),
      feeds(the_log, the_state, options.feeds),
      process_managers(the_log, the_state, the_engine, options.processes,
                       [on_fault = options.on_fault](const std::string& what) {
                         if (on_fault) on_fault("process managers", what);
                       }),
      tenant_partitions(count_tenant_partitions(the_log)) {
  if (options.issuer && options.vault != nullptr) {
    issuer = std::make_unique<Issuer>(
        *options.issuer, *options.vault, state, engine, [this] { authentication.forget_verified(); },
        [on_fault = options.on_fault](const std::string& what) {
          if (on_fault) on_fault("issuer", what);
        });
    authentication.accept_own(*issuer);
  }
  if (cluster == nullptr) return;
  forwarder = std::make_unique<Forwarder>();
  freshness = std::make_unique<Freshness>(*cluster, log, state);
}

Context::~Context() = default;

void Context::stop() {
  process_managers.stop();
  if (issuer) issuer->stop();
  if (forwarder) forwarder->stop();
  if (freshness) freshness->stop();
  positions.stop();
  feeds.stop();
  background.stop();
}

}  // namespace tenantry::api
