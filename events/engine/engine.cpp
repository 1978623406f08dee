#include "events/engine/engine.hpp"

#include "domain/kernel/platform.hpp"
#include "events/engine/partition_writer.hpp"

namespace tenantry::events::engine {

Partition partition_of(const TenantScope& scope) {
  if (scope.tenant() == platform_id) return {Stream::platform, 0};
  return {Stream::tenants, scope.partition()};
}

Engine::Engine(Log& log, State& state, EngineOptions options, OnCommitted on_committed)
    : options_(options), on_committed_(std::move(on_committed)) {
  for (Partition partition : log.partitions()) {
    writers_.emplace(partition,
                     std::make_unique<PartitionWriter>(partition, log, state, options_, counters_, on_committed_));
  }
}

Engine::~Engine() {
  stop();
}

void Engine::submit(Submission submission) {
  writers_.at(partition_of(submission.scope))->submit(std::move(submission));
}

void Engine::stop() {
  for (auto& [partition, writer] : writers_) writer->stop();
}

}  // namespace tenantry::events::engine
