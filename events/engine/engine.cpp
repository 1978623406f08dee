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

std::expected<void, StateError> Engine::serve(Partition partition) {
  return writers_.at(partition)->serve();
}

void Engine::release(const std::vector<Partition>& partitions) {
  for (Partition partition : partitions) writers_.at(partition)->stop_serving();
  for (Partition partition : partitions) writers_.at(partition)->wait_until_released();
}

void Engine::follow(Partition partition) {
  writers_.at(partition)->follow();
}

bool Engine::serves(Partition partition) const {
  return writers_.at(partition)->serves();
}

std::string Engine::trouble(Partition partition) {
  return writers_.at(partition)->trouble();
}

void Engine::stop() {
  for (auto& [partition, writer] : writers_) writer->stop();
}

}  // namespace tenantry::events::engine
