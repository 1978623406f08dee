// Opening, and the reading half.
#include "events/kafka/kafka_vault.hpp"

#include <algorithm>

#include "events/kafka/consumed.hpp"
#include "events/kafka/topics.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr int poll_ms = 50;
constexpr int look_deadline_ms = 1'000;
constexpr std::int64_t unread_max_ms = vault_tombstones_kept_ms / 4;

VaultError vault_error(const LogError& error) {
  bool is_lost = error.kind == LogError::Kind::corrupt;
  return {is_lost ? VaultError::Kind::corrupt : VaultError::Kind::unavailable, error.detail};
}

std::unexpected<VaultError> unavailable(const std::string& detail) {
  return std::unexpected(VaultError{VaultError::Kind::unavailable, detail});
}

std::expected<void, VaultError> assign_from_beginning(const Client& client, const std::string& topic) {
  PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
  auto code = rd_kafka_assign(client.get(), list.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return std::unexpected(vault_error(client.explain("reading topic " + topic, code)));
}

// Offsets that are gone and messages that are damaged stay so. Everything else passes, or keeps questions to brokers
// from being answered too, which is told then.
bool is_lasting(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || code == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE ||
         code == RD_KAFKA_RESP_ERR__BAD_MSG;
}

}  // namespace

KafkaVault::KafkaVault(const KafkaOptions& options, std::function<void(const std::string&)> on_note)
    : options_(options), topic_(vault_topic_of(options)), on_note_(std::move(on_note)) {}

std::expected<std::unique_ptr<KafkaVault>, VaultError> KafkaVault::open(
    const KafkaOptions& options, std::optional<Position> known_end, std::function<void(const std::string&)> on_note) {
  std::unique_ptr<KafkaVault> vault(new KafkaVault(options, std::move(on_note)));
  if (auto started = vault->start(known_end); !started) return std::unexpected(started.error());
  return vault;
}

std::expected<void, VaultError> KafkaVault::start(std::optional<Position> known_end) {
  Deadline deadline = after_ms(options_.start_deadline_ms);
  auto questions = Client::make(RD_KAFKA_CONSUMER, options_, {});
  if (!questions) return std::unexpected(vault_error(questions.error()));
  questions_ = std::move(*questions);
  auto prepared = prepare_vault_topic(*questions_, options_, known_end ? Absent::refuse : Absent::make);
  if (!prepared) return std::unexpected(vault_error(prepared.error()));
  auto ends = questions_->watermarks(topic_, 0, deadline);
  if (!ends) return std::unexpected(vault_error(ends.error()));
  if (known_end && static_cast<Position>(ends->high) < *known_end) {
    return std::unexpected(VaultError{VaultError::Kind::corrupt, "the vault was replaced: topic " + topic_ +
                                                                     " ends at offset " + std::to_string(ends->high) +
                                                                     " and had reached " + std::to_string(*known_end)});
  }
  auto reader = open_reader(options_);
  if (!reader) return std::unexpected(vault_error(reader.error()));
  reader_ = std::move(*reader);
  if (auto assigned = assign_from_beginning(*reader_, topic_); !assigned) return assigned;
  {
    MutexLock lock(producer_mutex_);
    if (auto opened = open_producer(); !opened) return opened;
  }
  current_at_ = asked_at_ = options_.now();
  asked_end_ = static_cast<Position>(ends->high);
  next_look_ = after_ms(options_.vault_look_every_ms);
  reading_ = std::thread([this] { read(); });
  serving_producer_ = std::thread([this] { serve_producer(); });
  return catch_up(deadline);
}

KafkaVault::~KafkaVault() {
  stopping_ = true;
  if (reading_.joinable()) reading_.join();
  if (serving_producer_.joinable()) serving_producer_.join();
  destroy_reader(std::move(reader_));
}

void KafkaVault::read() {
  while (!stopping_) {
    MessagePointer message(rd_kafka_consumer_poll(reader_->get(), poll_ms));
    if (message) accept(*message);
    rd_kafka_poll(reader_->get(), 0);
    if (left_ms(next_look_) == 0) look_whether_current();
  }
}

void KafkaVault::accept(const rd_kafka_message_t& message) {
  bool is_end = message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR && !is_end) {
    if (is_lasting(message.err)) fail(reader_->explain("reading topic " + topic_, message.err).detail);
    return;
  }
  bool is_own = true;
  {
    MutexLock lock(mutex_);
    is_own = is_end || keep(message);
    position_ = std::max(position_, static_cast<Position>(message.offset) + (is_end ? 0 : 1));
    moved_.notify_all();
  }
  if (!is_own && foreign_++ == 0) on_note_("topic " + topic_ + " holds messages that are no entries of a vault");
}

// False if it is no entry. What is under an entry's key takes its place, whatever it is: compaction leaves nothing
// else.
bool KafkaVault::keep(const rd_kafka_message_t& message) {
  std::string key{static_cast<const char*>(message.key), message.key_len};
  auto parsed = parse_stored_key(key);
  if (!parsed) return false;
  std::uint64_t& entries = counts_[parsed->tenant.value];
  if (message.payload == nullptr) {
    entries -= rows_.erase(key);
    if (entries == 0) counts_.erase(parsed->tenant.value);
    return true;
  }
  std::string_view value{static_cast<const char*>(message.payload), message.len};
  // Nothing so large was sealed: it opens as little when it is empty.
  if (value.size() > vault_message_bytes) value = {};
  if (rows_.insert_or_assign(std::move(key), value).second) ++entries;
  return true;
}

// Tombstones that were written while nothing was read may be gone before it is read again.
void KafkaVault::look_whether_current() {
  next_look_ = after_ms(options_.vault_look_every_ms);
  if (position() >= asked_end_) current_at_ = asked_at_;
  Instant now = options_.now();
  if (now.unix_ms - current_at_.unix_ms > unread_max_ms) {
    return fail("topic " + topic_ + " was not read for so long that erasures may have been missed");
  }
  auto ends = questions_->watermarks(topic_, 0, after_ms(look_deadline_ms));
  if (!ends) return;
  asked_end_ = static_cast<Position>(ends->high);
  asked_at_ = now;
}

void KafkaVault::fail(const std::string& why) {
  {
    MutexLock lock(mutex_);
    if (!fault_.empty()) return;
    fault_ = why;
    moved_.notify_all();
  }
  on_note_("the vault takes and finds nothing new until this node is started again: " + why);
}

std::string KafkaVault::fault() const {
  MutexLock lock(mutex_);
  return fault_;
}

Position KafkaVault::position() const {
  MutexLock lock(mutex_);
  return position_;
}

std::expected<void, VaultError> KafkaVault::wait_until_read(Position position, Deadline deadline) const {
  MutexLock lock(mutex_);
  while (position_ < position && fault_.empty()) {
    if (mutex_.wait_until(moved_, deadline) == std::cv_status::timeout) break;
  }
  if (!fault_.empty()) return unavailable(fault_);
  if (position_ >= position) return {};
  return unavailable("topic " + topic_ + " was read to offset " + std::to_string(position_) + " and not to " +
                     std::to_string(position) + " in time");
}

std::expected<void, VaultError> KafkaVault::catch_up(Deadline deadline) const {
  if (auto why = fault(); !why.empty()) return unavailable(why);
  auto ends = questions_->watermarks(topic_, 0, deadline);
  if (!ends) return std::unexpected(vault_error(ends.error()));
  return wait_until_read(static_cast<Position>(ends->high), deadline);
}

std::optional<std::string> KafkaVault::find(const std::string& key) const {
  MutexLock lock(mutex_);
  auto found = rows_.find(key);
  return found == rows_.end() ? std::nullopt : std::optional{found->second};
}

std::expected<std::optional<std::string>, VaultError> KafkaVault::get(const std::string& key) const {
  if (auto found = find(key)) return found;
  if (auto read = catch_up(after_ms(options_.append_deadline_ms)); !read) return std::unexpected(read.error());
  return find(key);
}

std::expected<void, VaultError> KafkaVault::visit(const storage::KeyRange& range,
                                                  const storage::RowVisitor& visitor) const {
  if (auto read = catch_up(after_ms(options_.append_deadline_ms)); !read) return read;
  MutexLock lock(mutex_);
  for (auto row = rows_.lower_bound(range.from); row != rows_.end(); ++row) {
    if (!range.until.empty() && row->first >= range.until) break;
    if (!visitor(row->first, row->second)) break;
  }
  return {};
}

std::expected<std::uint64_t, VaultError> KafkaVault::count(TenantId tenant) const {
  MutexLock lock(mutex_);
  auto known = counts_.find(tenant.value);
  return known == counts_.end() ? 0 : known->second;
}

}  // namespace tenantry::events::kafka
