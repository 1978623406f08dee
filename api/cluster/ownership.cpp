#include "api/cluster/ownership.hpp"

#include <chrono>

namespace tenantry::api {
namespace {

using namespace std::chrono_literals;
using events::Partition;

constexpr std::chrono::milliseconds pause_between_tries = 1s;
// Below the group's max.poll.interval.ms: a node that takes longer is counted out.
constexpr std::chrono::seconds release_deadline{20};
// Long enough for another node to take over from one that was killed, and to end what it left open.
constexpr int catch_up_deadline_ms = 12'000;

}  // namespace

Ownership::Ownership(events::SharedLog& log, events::engine::Engine& engine, std::string node, OwnershipHooks hooks)
    : log_(log), engine_(engine), node_(std::move(node)), hooks_(std::move(hooks)) {
  for (Partition partition : log_.partitions()) {
    keepers_.emplace(partition, std::make_unique<PartitionKeeper>(steps_of(partition), pause_between_tries));
  }
}

Ownership::~Ownership() {
  leave();
}

std::expected<void, std::string> Ownership::join() {
  events::GroupHooks hooks;
  hooks.on_assigned = [this](const Partitions& partitions) {
    for (Partition partition : known_of(partitions)) keepers_.at(partition)->want(true);
  };
  hooks.on_revoked = [this](const Partitions& partitions) { revoked(known_of(partitions)); };
  hooks.on_note = hooks_.on_note;
  auto joined = log_.join(std::move(hooks));
  if (!joined) return std::unexpected(joined.error().detail);
  MutexLock lock(mutex_);
  group_ = std::move(*joined);
  return {};
}

void Ownership::leave() {
  Partitions all;
  for (const auto& [partition, keeper] : keepers_) all.insert(partition);
  revoked(all);
  auto joined = group();
  if (joined && !joined->close()) hooks_.on_note("the group of nodes could not be left in time");
  {
    MutexLock lock(mutex_);
    group_.reset();
  }
  for (auto& [partition, keeper] : keepers_) keeper->stop();
}

void Ownership::lost(Partition partition) {
  keepers_.at(partition)->lost();
}

void Ownership::revoked(const Partitions& partitions) {
  auto deadline = std::chrono::steady_clock::now() + release_deadline;
  for (Partition partition : partitions) {
    set_trouble(partition, {});
    keepers_.at(partition)->want(false);
  }
  for (Partition partition : partitions) {
    if (!keepers_.at(partition)->wait_until_released(deadline)) {
      hooks_.on_note("partition " + partition.name() + " could not be released in time; its next owner fences it");
    }
  }
}

KeeperSteps Ownership::steps_of(Partition partition) {
  return {.take_and_serve = [this, partition] { return take_and_serve(partition); },
          .release = [this, partition] { release(partition); },
          .on_failure =
              [this, partition](const std::string& why) {
                set_trouble(partition, why);
                hooks_.on_note("partition " + partition.name() + " cannot be taken yet: " + why);
              }};
}

std::expected<void, std::string> Ownership::take_and_serve(Partition partition) {
  auto taken = log_.take(partition);
  if (!taken) return std::unexpected(taken.error().detail);
  auto served = engine_.serve(partition);
  if (served) {
    set_trouble(partition, {});
    hooks_.on_served(partition);
    return {};
  }
  log_.release(partition);
  return std::unexpected(served.error().detail);
}

void Ownership::release(Partition partition) {
  engine_.release({partition});
  log_.release(partition);
  engine_.follow(partition);
  hooks_.on_released(partition);
}

Ownership::Partitions Ownership::known_of(const Partitions& partitions) const {
  Partitions known;
  for (Partition partition : partitions) {
    if (keepers_.contains(partition)) {
      known.insert(partition);
    } else {
      hooks_.on_note("the log has a partition " + partition.name() +
                     ", which it had not when this node opened it: it is left alone, since their number must never "
                     "change");
    }
  }
  return known;
}

void Ownership::set_trouble(Partition partition, const std::string& why) {
  MutexLock lock(mutex_);
  troubles_[partition] = why;
}

std::shared_ptr<events::Group> Ownership::group() const {
  MutexLock lock(mutex_);
  return group_;
}

std::string Ownership::trouble() const {
  auto joined = group();
  if (!joined) return "this node is not in the group of nodes";
  if (auto trouble = joined->trouble(); !trouble.empty()) return trouble;
  std::string fault;
  for (Partition partition : log_.partitions()) {
    fault = log_.fault(partition);
    if (fault.empty()) return {};
  }
  return fault;
}

std::string Ownership::trouble(Partition partition) const {
  auto fault = log_.fault(partition);
  if (!fault.empty()) return fault;
  MutexLock lock(mutex_);
  auto found = troubles_.find(partition);
  return found == troubles_.end() ? std::string{} : found->second;
}

std::optional<PartitionOwner> Ownership::owner(Partition partition) const {
  auto owner = log_.owner(partition);
  if (!owner || owner->taking == events::Taking::copy) return std::nullopt;
  return PartitionOwner{owner->node, owner->address, owner->epoch};
}

std::expected<void, std::string> Ownership::catch_up(Partition partition) {
  auto caught_up = log_.catch_up(partition, catch_up_deadline_ms);
  if (!caught_up) return std::unexpected(caught_up.error().detail);
  return {};
}

}  // namespace tenantry::api
