#include "events/embedded/embedded_log.hpp"

#include <algorithm>
#include <filesystem>

#include "events/embedded/embedded_log_internal.hpp"
#include "events/embedded/embedded_vault.hpp"
#include "events/embedded/record_row.hpp"
#include "events/embedded/rows.hpp"

namespace tenantry::events::embedded {
namespace {

constexpr std::size_t read_at_chunk_records = 256;

std::unexpected<LogError> failed(LogError::Kind kind, std::string detail) {
  return std::unexpected(LogError{kind, std::move(detail)});
}

std::size_t bytes_of(const std::vector<std::string>& records) {
  std::size_t bytes = 0;
  for (const auto& record : records) bytes += record.size();
  return bytes;
}

}  // namespace

PartitionState* EmbeddedLog::Internal::find(Partition partition) const {
  for (const auto& state : partitions) {
    if (state->partition == partition) return state.get();
  }
  return nullptr;
}

// Erases what an append of unknown outcome may have left, so that it cannot come back.
std::expected<void, LogError> EmbeddedLog::Internal::settle(PartitionState& state) {
  if (!state.is_doubtful) return {};
  storage::Batch erasure;
  for (Position position = state.next; position < state.doubtful_until; ++position) {
    erasure.erase(*state.family, row_key(position));
  }
  auto written = database->write(erasure, storage::Durability::synced);
  if (!written) {
    return failed(LogError::Kind::unavailable, "the end of partition " + state.partition.name() +
                                                   " is in doubt after a failed append: " + written.error().detail);
  }
  state.is_doubtful = false;
  return {};
}

std::expected<Appended, LogError> EmbeddedLog::Internal::write(PartitionState& state,
                                                               const std::vector<std::string>& records) {
  Appended appended{state.next, state.next + records.size()};
  storage::Batch batch;
  std::string value;
  for (std::size_t index = 0; index < records.size(); ++index) {
    auto key = row_key(appended.first + index);
    make_row_value(key, records[index], value);
    batch.put(*state.family, key, value);
  }
  auto written = database->write(batch, storage::Durability::synced);
  if (!written && written.error().kind == storage::StorageError::Kind::stopped) {
    return failed(LogError::Kind::rejected, written.error().detail);
  }
  if (!written) {
    state.doubtful_until = appended.next;
    state.is_doubtful = true;
    return failed(LogError::Kind::unknown, written.error().detail);
  }
  // A mark that cannot be written lags, which costs its protection but no answered record: the append stands.
  mark->write(state.slot, appended);
  state.next = appended.next;
  return appended;
}

EmbeddedLog::EmbeddedLog(std::unique_ptr<Internal> internal) : internal_(std::move(internal)) {}

EmbeddedLog::~EmbeddedLog() {
  internal_->partitions.clear();  // their families hold the database open
  internal_->database.reset();    // and the lock goes after the database
}

std::vector<Partition> EmbeddedLog::partitions() const {
  std::vector<Partition> all;
  for (const auto& state : internal_->partitions) all.push_back(state->partition);
  return all;
}

std::expected<Appended, LogError> EmbeddedLog::append(Partition partition, const std::vector<std::string>& records) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::rejected, "no partition " + partition.name());
  MutexLock lock(state->appending);
  std::size_t bytes = bytes_of(records);
  if (bytes > internal_->options.append_bytes_max) {
    return failed(LogError::Kind::rejected, "an append of " + std::to_string(bytes) + " bytes is too large");
  }
  if (auto settled = internal_->settle(*state); !settled) {
    return failed(LogError::Kind::rejected, settled.error().detail);
  }
  if (records.empty()) return Appended{state->next, state->next};
  return internal_->write(*state, records);
}

std::expected<Position, LogError> EmbeddedLog::read(Partition partition, Position from, const RecordVisitor& visit) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::unavailable, "no partition " + partition.name());
  return internal_->first_damage.seen(
      visit_rows(*internal_->database, *state->family, {from, state->next}, Cache::keep, visit));
}

std::expected<void, LogError> EmbeddedLog::read_at(Partition partition, const std::vector<Position>& positions,
                                                   const RecordVisitor& visit) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::unavailable, "no partition " + partition.name());
  return internal_->first_damage.seen(internal_->read_at(*state, positions, visit));
}

std::expected<void, LogError> EmbeddedLog::Internal::read_at(const PartitionState& state,
                                                             const std::vector<Position>& positions,
                                                             const RecordVisitor& visit) const {
  for (std::size_t start = 0; start < positions.size(); start += read_at_chunk_records) {
    std::vector<std::string> keys;
    std::size_t stop = std::min(start + read_at_chunk_records, positions.size());
    for (std::size_t index = start; index < stop; ++index) keys.push_back(row_key(positions[index]));
    auto values = database->multi_get(*state.family, keys);
    if (!values) return std::unexpected(log_error(values.error()));
    for (std::size_t index = start; index < stop; ++index) {
      const auto& value = (*values)[index - start];
      const std::string name = state.partition.name();
      if (!value || positions[index] >= state.next) {
        return std::unexpected(damage(name, positions[index], "there is no such record"));
      }
      auto record = check_row(positions[index], keys[index - start], *value);
      if (!record) return std::unexpected(damage(name, positions[index], record.error()));
      if (!visit(positions[index], *record)) return {};
    }
  }
  return {};
}

std::string EmbeddedLog::first_damage() const {
  return internal_->first_damage.detail();
}

std::expected<Position, LogError> EmbeddedLog::end(Partition partition) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::unavailable, "no partition " + partition.name());
  if (state->is_doubtful) {
    MutexLock lock(state->appending);
    if (auto settled = internal_->settle(*state); !settled) return std::unexpected(settled.error());
  }
  return state->next;
}

std::string EmbeddedLog::identity() const {
  return internal_->mark->identity_hex();
}

const std::vector<std::string>& EmbeddedLog::recovery_notes() const {
  return internal_->notes;
}

void EmbeddedLog::forget_recovery_notes() {
  internal_->notes.clear();
  std::error_code ignored;  // a file that stays makes the next start look once more
  std::filesystem::remove(internal_->paths.recovery_notes, ignored);
}

std::expected<void, LogError> EmbeddedLog::takes_appends() const {
  auto takes = internal_->database->takes_writes();
  if (!takes) return failed(LogError::Kind::unavailable, takes.error().detail);
  return {};
}

std::optional<storage::DatabaseMetrics> EmbeddedLog::disk_metrics() const {
  return internal_->database->metrics();
}

std::expected<std::unique_ptr<Vault>, VaultError> EmbeddedLog::open_vault(RootKeys keys, const VaultOptions& options) {
  auto rows = EmbeddedVault::open(*internal_->database, internal_->is_vault_open);
  if (!rows) return std::unexpected(rows.error());
  return std::make_unique<Vault>(std::move(*rows), std::move(keys), options);
}

}  // namespace tenantry::events::embedded
