#include "api/context.hpp"

#include <algorithm>

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
                 ServiceOptions the_options)
    : log(the_log),
      state(the_state),
      engine(the_engine),
      options(std::move(the_options)),
      gate(the_state, options.gate),
      creation(the_engine, the_state),
      positions(
          background, [this](const TenantScope& scope) { return read_sequence(state.store(scope)).value_or(0); },
          options.position_waiters_max),
      feeds(the_log, the_state, options.feeds),
      tenant_partitions(count_tenant_partitions(the_log)),
      routes(route_table(options)),
      openapi(openapi_document(routes)) {}

void Context::stop() {
  positions.stop();
  feeds.stop();
  background.stop();
}

}  // namespace tenantry::api
