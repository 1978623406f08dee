#include "api/context.hpp"

#include <algorithm>

#include "api/asyncapi.hpp"
#include "api/cluster/creation_elsewhere.hpp"
#include "api/cluster/forwarder.hpp"
#include "api/cluster/freshness.hpp"
#include "api/openapi.hpp"
#include "api/routes/table.hpp"
#include "api/tables.hpp"

namespace tenantry::api {
namespace {

int count_tenant_partitions(const events::Log& log) {
  auto partitions = log.partitions();
  return static_cast<int>(std::ranges::count(partitions, events::Stream::tenants, &events::Partition::stream));
}

}  // namespace

Context::Context(events::Log& the_log, projections::StateStore& the_state, events::engine::Engine& the_engine,
                 Cluster* the_cluster, ServiceOptions the_options)
    : log(the_log),
      state(the_state),
      engine(the_engine),
      cluster(the_cluster),
      options(std::move(the_options)),
      gate(the_state, options.gate),
      creation(the_engine, the_state),
      positions(
          background, [this](const TenantScope& scope) { return read_sequence(state.store(scope)).value_or(0); },
          options.position_waiters_max),
      feeds(the_log, the_state, options.feeds),
      tenant_partitions(count_tenant_partitions(the_log)),
      routes(route_table(options, the_engine.options())),
      openapi(openapi_document(routes)),
      asyncapi(asyncapi_document(options.event_topics, tenant_partitions)) {
  if (cluster == nullptr) return;
  forwarder = std::make_unique<Forwarder>();
  freshness = std::make_unique<Freshness>(*cluster, log, state);
  creation.create_elsewhere(
      [this](const directory::Registration& registration, events::engine::Origin origin, TenantCreation::Reply reply) {
        create_at_owner(*this, registration, std::move(origin), std::move(reply));
      });
}

Context::~Context() = default;

void Context::stop() {
  if (forwarder) forwarder->stop();
  if (freshness) freshness->stop();
  positions.stop();
  feeds.stop();
  background.stop();
}

}  // namespace tenantry::api
