#include "events/kafka/kafka_log.hpp"

#include "events/kafka/kafka_log_internal.hpp"
#include "events/kafka/kafka_vault.hpp"
#include "events/kafka/membership.hpp"
#include "events/kafka/topics.hpp"

namespace tenantry::events::kafka {
namespace {

std::unexpected<LogError> no_partition(Partition partition) {
  return failed(LogError::Kind::unavailable, "no partition " + partition.name());
}

}  // namespace

PartitionState* KafkaLog::Internal::find(Partition partition) const {
  auto found = partitions.find(partition);
  return found == partitions.end() ? nullptr : found->second.get();
}

ConsumerHooks KafkaLog::Internal::hooks() {
  auto on_owner = [this](Partition partition, const Owner& owner) {
    auto& state = *partitions.at(partition);
    std::uint64_t epoch = state.epoch;
    if (epoch != 0 && owner.epoch > epoch) lose(state);
  };
  return {.is_appending = [this](Partition partition) -> bool { return partitions.at(partition)->is_appending; },
          .on_records =
              [this](Partition partition) {
                look_for_intruder(*partitions.at(partition));
                callbacks.on_records(partition);
              },
          .on_owner = on_owner,
          .on_fault =
              [this](Partition partition, const std::string& why) {
                auto& state = *partitions.at(partition);
                if (!give_up(state, why)) callbacks.on_note(why);
              },
          .on_note = callbacks.on_note};
}

bool KafkaLog::Internal::give_up(PartitionState& state, const std::string& why) {
  state.epoch = 0;
  if (!state.is_taken.exchange(false)) return false;
  callbacks.on_note("partition " + state.partition.name() + " is given up: " + why);
  callbacks.on_lost(state.partition);
  return true;
}

void KafkaLog::Internal::lose(PartitionState& state) {
  if (give_up(state, "another node has taken it")) ++counters.fenced;
}

LogError KafkaLog::Internal::intruded(PartitionState& state) {
  std::string why = "another program wrote records into it, at offset " + std::to_string(state.known_end) + " or later";
  if (give_up(state, why)) ++counters.intrusions;
  return {LogError::Kind::unavailable, "partition " + state.partition.name() + " is given up: " + why};
}

// An append under way looks for itself.
void KafkaLog::Internal::look_for_intruder(PartitionState& state) {
  if (!state.appending.try_lock()) return;
  MutexLock lock(state.appending, std::adopt_lock);
  if (state.epoch == 0 || mirror->mark(state.partition).end <= state.known_end) return;
  intruded(state);
}

std::optional<LogError> KafkaLog::Internal::fault_of(Partition partition) const {
  auto why = consumer->fault(partition);
  if (why.empty()) return std::nullopt;
  return LogError{LogError::Kind::unavailable, "partition " + partition.name() + " cannot be read: " + why};
}

LogError KafkaLog::Internal::not_owner(const PartitionState& state) const {
  Owner owner = mirror->mark(state.partition).owner;
  std::string detail = "this node is not the owner of partition " + state.partition.name();
  if (owner.epoch != 0) detail += "; the latest is " + owner.node + " since offset " + std::to_string(owner.epoch);
  return {LogError::Kind::unavailable, detail};
}

KafkaLog::KafkaLog(std::unique_ptr<Internal> internal) : internal_(std::move(internal)) {}

KafkaLog::~KafkaLog() = default;

std::expected<std::unique_ptr<KafkaLog>, LogError> KafkaLog::open(const std::string& folder,
                                                                  storage::Resources& resources,
                                                                  const KafkaOptions& given,
                                                                  const SharedLogCallbacks& callbacks) {
  KafkaOptions options = given;
  auto admin = Client::make(RD_KAFKA_CONSUMER, options, {});
  if (!admin) return std::unexpected(admin.error());
  if (options.tenant_partitions == 0) {
    auto count = count_tenant_partitions(**admin, options);
    if (!count) return std::unexpected(count.error());
    options.tenant_partitions = *count;
  }
  auto internal = std::make_unique<Internal>(options, callbacks);
  auto mirror = Mirror::open(folder, resources);
  if (!mirror) return std::unexpected(mirror.error());
  auto cluster = prepare_topics(**admin, options, (*mirror)->was_begun() ? Absent::refuse : Absent::make);
  if (!cluster) return std::unexpected(cluster.error());
  if (auto begun = (*mirror)->begin(options, *cluster); !begun) return std::unexpected(begun.error());
  internal->mirror = std::move(*mirror);
  for (Partition partition : internal->mirror->partitions()) {
    internal->partitions.emplace(partition, std::make_unique<PartitionState>(partition));
  }
  auto uncommitted = Client::make(RD_KAFKA_CONSUMER, options, {{"isolation.level", "read_uncommitted"}});
  if (!uncommitted) return std::unexpected(uncommitted.error());
  internal->uncommitted = std::move(*uncommitted);
  auto consumer = Consumer::start(options, *internal->mirror, internal->counters, internal->hooks());
  if (!consumer) return std::unexpected(consumer.error());
  internal->consumer = std::move(*consumer);
  return std::unique_ptr<KafkaLog>(new KafkaLog(std::move(internal)));
}

std::string KafkaLog::identity() const {
  return internal_->mirror->identity();
}

std::expected<void, LogError> KafkaLog::takes_appends() const {
  return internal_->mirror->takes_writes();
}

std::optional<storage::DatabaseMetrics> KafkaLog::disk_metrics() const {
  return internal_->mirror->disk_metrics();
}

std::vector<Partition> KafkaLog::partitions() const {
  return internal_->mirror->partitions();
}

std::expected<Position, LogError> KafkaLog::read(Partition partition, Position from, const RecordVisitor& visit) {
  if (!internal_->mirror->has(partition)) return no_partition(partition);
  return internal_->first_damage.seen(internal_->mirror->read(partition, from, visit));
}

std::expected<void, LogError> KafkaLog::read_at(Partition partition, const std::vector<Position>& positions,
                                                const RecordVisitor& visit) {
  if (!internal_->mirror->has(partition)) return no_partition(partition);
  return internal_->first_damage.seen(internal_->mirror->read_at(partition, positions, visit));
}

std::string KafkaLog::first_damage() const {
  return internal_->first_damage.detail();
}

std::expected<Position, LogError> KafkaLog::end(Partition partition) {
  if (!internal_->mirror->has(partition)) return no_partition(partition);
  return internal_->mirror->mark(partition).end;
}

std::uint64_t KafkaLog::owner_epoch(Partition partition) const {
  const auto* state = internal_->find(partition);
  return state == nullptr ? 0 : state->epoch.load();
}

std::optional<Owner> KafkaLog::owner(Partition partition) const {
  if (!internal_->mirror->has(partition)) return std::nullopt;
  Owner owner = internal_->mirror->mark(partition).owner;
  return owner.epoch == 0 ? std::nullopt : std::optional(std::move(owner));
}

std::string KafkaLog::fault(Partition partition) const {
  return internal_->consumer->fault(partition);
}

std::uint64_t KafkaLog::lag(Partition partition) const {
  return internal_->consumer->lag(partition);
}

std::expected<std::unique_ptr<Group>, LogError> KafkaLog::join(GroupHooks hooks) {
  return Membership::join(internal_->options, {}, std::move(hooks));
}

Figures KafkaLog::figures() const {
  return figures_of(metrics());
}

std::expected<std::unique_ptr<Vault>, VaultError> KafkaLog::open_vault(RootKeys keys, const VaultOptions& options) {
  auto unusable = [](const LogError& error) {
    return std::unexpected(VaultError{VaultError::Kind::unavailable, error.detail});
  };
  auto known_end = internal_->mirror->vault_end();
  if (!known_end) return unusable(known_end.error());
  auto rows = KafkaVault::open(internal_->options, *known_end, internal_->callbacks.on_note);
  if (!rows) return std::unexpected(rows.error());
  if (auto kept = internal_->mirror->keep_vault_end((*rows)->position()); !kept) return unusable(kept.error());
  return std::make_unique<Vault>(std::move(*rows), std::move(keys), options);
}

KafkaMetrics KafkaLog::metrics() const {
  const Counters& counters = internal_->counters;
  KafkaMetrics metrics{.records_mirrored = counters.records_mirrored,
                       .records_consumed = counters.records_consumed,
                       .stale_ignored = counters.stale_ignored,
                       .foreign = counters.foreign,
                       .transactions = counters.transactions,
                       .aborts = counters.aborts,
                       .unknown_outcomes = counters.unknown_outcomes,
                       .takes = counters.takes,
                       .fenced = counters.fenced,
                       .intrusions = counters.intrusions,
                       .clock_refusals = counters.clock_refusals,
                       .lags = {},
                       .faults = internal_->consumer->faults()};
  for (Partition partition : partitions()) metrics.lags[partition] = internal_->consumer->lag(partition);
  return metrics;
}

}  // namespace tenantry::events::kafka
