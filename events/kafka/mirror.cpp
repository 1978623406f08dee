#include "events/kafka/mirror.hpp"

#include <algorithm>
#include <sstream>

#include "storage/batch.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr std::size_t read_at_chunk_records = 256;
constexpr Position long_read_records = 4096;
constexpr std::size_t long_read_readahead_bytes = 2u << 20;
constexpr std::string_view identity_key = "identity";
constexpr std::string_view vault_key = "vault";

std::string number_bytes(std::uint64_t value) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
  return bytes;
}
std::uint64_t number_of(std::string_view bytes) {
  std::uint64_t value = 0;
  for (char byte : bytes.substr(0, 8)) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::string entry_key(const std::string& name) {
  return "partition/" + name;
}
std::string entry_of(const Mark& mark) {
  return number_bytes(mark.consumed) + number_bytes(mark.owner.epoch) +
         (mark.owner.epoch == 0 ? std::string{} : owner_text(mark.owner));
}

// What two identities differ in: "prefix a instead of b, partitions 2 instead of 4".
std::string differences(const std::string& stored, const std::string& found) {
  std::istringstream before(stored);
  std::istringstream now(found);
  std::string text;
  for (const char* name : {"cluster", "prefix", "partitions"}) {
    std::string was, is;
    std::getline(before, was);
    std::getline(now, is);
    if (was != is) text += std::string(text.empty() ? "" : ", ") + name + ' ' + was + " instead of " + is;
  }
  return text;
}

LogError damage(const std::string& partition, Position position, const std::string& why) {
  return {LogError::Kind::corrupt, "the mirror of partition " + partition + " cannot be read at position " +
                                       std::to_string(position) + ": " + why};
}

LogError log_error(const storage::StorageError& error) {
  auto corrupt = error.kind == storage::StorageError::Kind::corrupt;
  return {corrupt ? LogError::Kind::corrupt : LogError::Kind::unavailable, error.detail};
}

storage::ScanOptions scan_options(Position from, Position until) {
  storage::ScanOptions options;
  bool is_long = until - from > long_read_records;
  options.readahead_bytes = is_long ? long_read_readahead_bytes : 0;
  options.fill_cache = !is_long;
  return options;
}

}  // namespace

std::expected<std::unique_ptr<Mirror>, LogError> Mirror::open(const std::string& folder,
                                                              storage::Resources& resources) {
  auto database = storage::Database::open(folder, resources, {.create_if_missing = true});
  if (!database) return std::unexpected(log_error(database.error()));
  std::unique_ptr<Mirror> mirror(new Mirror(std::move(*database)));
  auto stored = mirror->database_->get(*mirror->database_->default_family(), identity_key);
  if (!stored) return std::unexpected(log_error(stored.error()));
  mirror->stored_identity_ = stored->value_or(std::string{});
  return mirror;
}

std::expected<void, LogError> Mirror::begin(const KafkaOptions& options, const std::string& cluster) {
  std::string identity = cluster + "\n" + options.prefix + "\n" + std::to_string(options.tenant_partitions);
  if (auto kept = keep_identity(identity); !kept) return kept;
  identity_ = std::move(identity);
  partitions_.push_back({Stream::platform, 0});
  for (int number = 0; number < options.tenant_partitions; ++number) partitions_.push_back({Stream::tenants, number});
  std::vector<std::string> names;
  for (Partition partition : partitions_) names.push_back(partition.name());
  auto families = database_->create_families(names);
  if (!families) return std::unexpected(log_error(families.error()));
  for (std::size_t index = 0; index < names.size(); ++index) {
    auto state = std::make_unique<State>();
    state->family = (*families)[index];
    if (auto loaded = load(partitions_[index], *state); !loaded) return loaded;
    states_.emplace(partitions_[index], std::move(state));
  }
  return {};
}

std::expected<void, LogError> Mirror::keep_identity(const std::string& identity) {
  if (was_begun() && stored_identity_ != identity) {
    return failed(LogError::Kind::corrupt, "the log was replaced: " + database_->path() + " was made from a log with " +
                                               differences(stored_identity_, identity));
  }
  if (was_begun()) return {};
  storage::Batch batch;
  batch.put(*database_->default_family(), identity_key, identity);
  auto written = database_->write(batch, storage::Durability::synced);
  if (!written) return std::unexpected(log_error(written.error()));
  return {};
}

std::expected<std::optional<Position>, LogError> Mirror::vault_end() const {
  auto stored = database_->get(*database_->default_family(), vault_key);
  if (!stored) return std::unexpected(log_error(stored.error()));
  if (!*stored) return std::nullopt;
  return number_of(**stored);
}

std::expected<void, LogError> Mirror::keep_vault_end(Position end) {
  storage::Batch batch;
  batch.put(*database_->default_family(), vault_key, number_bytes(end));
  auto written = database_->write(batch, storage::Durability::synced);
  if (!written) return std::unexpected(log_error(written.error()));
  return {};
}

std::expected<void, LogError> Mirror::load(Partition partition, State& state) {
  MutexLock lock(state.mutex);
  auto entry = database_->get(*database_->default_family(), entry_key(partition.name()));
  if (!entry) return std::unexpected(log_error(entry.error()));
  auto last = database_->last_key(*state.family);
  if (!last) return std::unexpected(log_error(last.error()));
  if (*last) state.mark.end = number_of(**last) + 1;
  if (!*entry && !*last) return {};
  std::string_view bytes = *entry ? std::string_view(**entry) : std::string_view{};
  if (bytes.size() < 16) return std::unexpected(damage(partition.name(), 0, "its entry is cut short"));
  state.mark.consumed = state.mark.position = number_of(bytes);
  std::uint64_t epoch = number_of(bytes.substr(8));
  if (epoch != 0) {
    auto owner = parse_owner(bytes.substr(16), epoch);
    if (!owner) return std::unexpected(damage(partition.name(), epoch, "its owner record is damaged"));
    state.mark.owner = std::move(*owner);
  }
  if (state.mark.end > state.mark.consumed) {
    return std::unexpected(damage(partition.name(), state.mark.consumed, "records are beyond what was consumed"));
  }
  return {};
}

Mark Mirror::mark(Partition partition) const {
  const State& state = *states_.at(partition);
  MutexLock lock(state.mutex);
  return state.mark;
}

std::expected<std::optional<LastMirrored>, LogError> Mirror::last(Partition partition) const {
  Mark now = mark(partition);
  if (now.end == 0 && now.owner.epoch == 0) return std::nullopt;
  if (now.owner.epoch >= now.end) return LastMirrored{now.owner.epoch, owner_text(now.owner), true};
  auto bytes = newest_record(partition);
  if (!bytes) return std::unexpected(bytes.error());
  return LastMirrored{now.end - 1, bytes->value_or(std::string{}), false};
}

std::expected<std::optional<std::string>, LogError> Mirror::newest_record(Partition partition) const {
  Position end = mark(partition).end;
  if (end == 0) return std::nullopt;
  auto bytes = database_->get(*states_.at(partition)->family, number_bytes(end - 1));
  if (!bytes) return std::unexpected(log_error(bytes.error()));
  return std::move(*bytes);
}

std::expected<std::size_t, LogError> Mirror::add(Partition partition, const Addition& addition) {
  State& state = *states_.at(partition);
  MutexLock writing(state.writing);
  Mark next = mark(partition);
  if (addition.consumed <= next.consumed) return 0;
  std::size_t added = 0;
  storage::Batch batch;
  for (const auto& [position, bytes] : addition.records) {
    if (position < next.consumed) continue;
    batch.put(*state.family, number_bytes(position), bytes);
    next.end = std::max(next.end, position + 1);
    ++added;
  }
  next.consumed = addition.consumed;
  if (addition.owner) next.owner = *addition.owner;
  batch.put(*database_->default_family(), entry_key(partition.name()), entry_of(next));
  auto written = database_->write(batch, storage::Durability::buffered);
  if (!written) return std::unexpected(log_error(written.error()));
  MutexLock lock(state.mutex);
  next.position = std::max(state.mark.position, next.consumed);
  state.mark = std::move(next);
  state.moved.notify_all();
  return added;
}

void Mirror::move_position(Partition partition, Position position) {
  State& state = *states_.at(partition);
  MutexLock lock(state.mutex);
  if (position <= state.mark.position) return;
  state.mark.position = position;
  state.moved.notify_all();
}

bool Mirror::wait(Partition partition, Deadline deadline, const std::function<bool(const Mark&)>& condition) const {
  const State& state = *states_.at(partition);
  MutexLock lock(state.mutex);
  while (!condition(state.mark)) {
    if (state.mutex.wait_until(state.moved, deadline) == std::cv_status::timeout) return condition(state.mark);
  }
  return true;
}

void Mirror::wake() {
  for (auto& [partition, state] : states_) {
    MutexLock lock(state->mutex);
    state->moved.notify_all();
  }
}

std::expected<void, LogError> Mirror::takes_writes() const {
  auto takes = database_->takes_writes();
  if (!takes) return std::unexpected(log_error(takes.error()));
  return {};
}

std::expected<Position, LogError> Mirror::read(Partition partition, Position from, const RecordVisitor& visit) const {
  const State& state = *states_.at(partition);
  Position end = mark(partition).end;
  if (from >= end) return from;
  Position next = end;
  auto visit_row = [&](std::string_view key, std::string_view bytes) {
    Position position = number_of(key);
    if (visit(position, bytes)) return true;
    next = position + 1;
    return false;
  };
  auto scanned =
      database_->scan(*state.family, {number_bytes(from), number_bytes(end)}, visit_row, scan_options(from, end));
  if (!scanned) return std::unexpected(log_error(scanned.error()));
  return next;
}

std::expected<void, LogError> Mirror::read_at(Partition partition, const std::vector<Position>& positions,
                                              const RecordVisitor& visit) const {
  const State& state = *states_.at(partition);
  Position end = mark(partition).end;
  for (std::size_t start = 0; start < positions.size(); start += read_at_chunk_records) {
    std::vector<std::string> keys;
    std::size_t stop = std::min(start + read_at_chunk_records, positions.size());
    for (std::size_t index = start; index < stop; ++index) keys.push_back(number_bytes(positions[index]));
    auto values = database_->multi_get(*state.family, keys);
    if (!values) return std::unexpected(log_error(values.error()));
    for (std::size_t index = start; index < stop; ++index) {
      const auto& value = (*values)[index - start];
      if (!value || positions[index] >= end) {
        return std::unexpected(damage(partition.name(), positions[index], "there is no such record"));
      }
      if (!visit(positions[index], *value)) return {};
    }
  }
  return {};
}

}  // namespace tenantry::events::kafka
