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

Ownership::Ownership(events::kafka::KafkaLog& log, events::engine::Engine& engine, events::kafka::KafkaOptions options,
                     OwnershipHooks hooks)
    : log_(log), engine_(engine), options_(std::move(options)), hooks_(std::move(hooks)) {
  for (Partition partition : log_.partitions()) {
    keepers_.emplace(partition, std::make_unique<PartitionKeeper>(steps_of(partition), pause_between_tries));
  }
}

Ownership::~Ownership() {
  leave();
}

std::expected<void, std::string> Ownership::join() {
  events::kafka::MembershipHooks hooks;
  hooks.on_assigned = [this](const Partitions& partitions) {
    for (Partition partition : partitions) keepers_.at(partition)->want(true);
  };
  hooks.on_revoked = [this](const Partitions& partitions) { revoked(partitions); };
  hooks.on_note = hooks_.on_note;
  auto joined = events::kafka::Membership::join(options_, {}, std::move(hooks));
  if (!joined) return std::unexpected(joined.error().detail);
  membership_ = std::move(*joined);
  return {};
}

void Ownership::leave() {
  Partitions all;
  for (const auto& [partition, keeper] : keepers_) all.insert(partition);
  revoked(all);
  if (membership_ && !membership_->close()) hooks_.on_note("the group of nodes could not be left in time");
  membership_.reset();
  for (auto& [partition, keeper] : keepers_) keeper->stop();
}

void Ownership::lost(Partition partition) {
  keepers_.at(partition)->lost();
}

void Ownership::revoked(const Partitions& partitions) {
  auto deadline = std::chrono::steady_clock::now() + release_deadline;
  for (Partition partition : partitions) keepers_.at(partition)->want(false);
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
                hooks_.on_note("partition " + partition.name() + " cannot be taken yet: " + why);
              }};
}

std::expected<void, std::string> Ownership::take_and_serve(Partition partition) {
  auto taken = log_.take(partition);
  if (!taken) return std::unexpected(taken.error().detail);
  auto served = engine_.serve(partition);
  if (served) {
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

std::optional<PartitionOwner> Ownership::owner(Partition partition) const {
  auto owner = log_.owner(partition);
  if (!owner || owner->taking == events::kafka::Taking::copy) return std::nullopt;
  return PartitionOwner{owner->node, owner->address, owner->epoch};
}

std::expected<void, std::string> Ownership::catch_up(Partition partition) {
  auto caught_up = log_.catch_up(partition, catch_up_deadline_ms);
  if (!caught_up) return std::unexpected(caught_up.error().detail);
  return {};
}

std::uint64_t Ownership::lag(Partition partition) const {
  auto lags = log_.metrics().lags;
  auto found = lags.find(partition);
  return found == lags.end() ? 0 : found->second;
}

}  // namespace tenantry::api
