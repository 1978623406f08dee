// A log and a state in memory for tests of the engine alone, with faults and pauses on demand.
//
// The state's one rule: a student number may be registered once; "held", "refused", "suspended" and "throws" do as they
// say.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>

#include "domain/access/refusals.hpp"
#include "domain/roster/entities.hpp"
#include "domain/roster/refusals.hpp"
#include "domain/tenancy/refusals.hpp"
#include "events/catalog/catalog.hpp"
#include "events/engine/command_id.hpp"
#include "events/engine/engine.hpp"
#include "tests/support/scopes.hpp"

namespace tenantry::test {

using namespace tenantry::events;
using namespace tenantry::events::engine;

class FakeLog : public Log {
 public:
  enum class Fault { none, rejected, unknown_absent, unknown_present };

  std::vector<Partition> partitions() const override { return {{Stream::platform, 0}, {Stream::tenants, 0}}; }

  std::expected<Appended, LogError> append(Partition partition, const std::vector<std::string>& records) override {
    std::unique_lock lock(mutex_);
    waiting_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !paused_; });
    waiting_ = false;
    Fault fault = Fault::none;
    if (!faults_.empty()) {
      fault = faults_.front();
      faults_.pop_front();
    }
    if (fault == Fault::rejected) return std::unexpected(LogError{LogError::Kind::rejected, "no room"});
    if (fault == Fault::unknown_absent) return std::unexpected(LogError{LogError::Kind::unknown, "lost"});
    auto& all = records_[partition];
    Position first = all.size();
    all.insert(all.end(), records.begin(), records.end());
    appends_.push_back(records.size());
    if (fault == Fault::unknown_present) return std::unexpected(LogError{LogError::Kind::unknown, "no word back"});
    return Appended{first, all.size()};
  }

  std::expected<Position, LogError> read(Partition partition, Position from, const RecordVisitor& visit) override {
    std::lock_guard lock(mutex_);
    auto& all = records_[partition];
    for (; from < all.size(); ++from) {
      if (!visit(from, all[from])) return from + 1;
    }
    return from;
  }
  std::expected<void, LogError> read_at(Partition, const std::vector<Position>&, const RecordVisitor&) override {
    return std::unexpected(LogError{LogError::Kind::unavailable, "not used here"});
  }
  std::expected<Position, LogError> end(Partition partition) override {
    std::lock_guard lock(mutex_);
    return records_[partition].size();
  }

  std::uint64_t owner_epoch(Partition) const override { return owner_epoch_; }
  void set_owner_epoch(std::uint64_t epoch) { owner_epoch_ = epoch; }

  void fail_next(Fault fault) {
    std::lock_guard lock(mutex_);
    faults_.push_back(fault);
  }
  void pause() {
    std::lock_guard lock(mutex_);
    paused_ = true;
  }
  void go_on() {
    std::lock_guard lock(mutex_);
    paused_ = false;
    changed_.notify_all();
  }
  void wait_until_an_append_waits() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_; });
  }
  std::vector<std::string> records() {
    std::lock_guard lock(mutex_);
    return records_[{Stream::tenants, 0}];
  }
  std::vector<std::size_t> append_sizes() {
    std::lock_guard lock(mutex_);
    return appends_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Partition, std::vector<std::string>> records_;
  std::vector<std::size_t> appends_;
  std::deque<Fault> faults_;
  std::atomic<std::uint64_t> owner_epoch_ = 0;
  bool paused_ = false;
  bool waiting_ = false;
};

struct FakeTenant {
  std::uint64_t sequence = 0;
  Instant last_time{};
  std::set<std::string> numbers;
  std::map<std::array<std::uint8_t, 16>, StoredAnswer> answers;
  std::map<Uuid, EntityVersion> versions;
  std::set<PendingWork> pending;
  std::string quarantine;
  std::set<Uuid> without_access;  // of principals
};
using FakeTenants = std::map<TenantId, FakeTenant>;

void apply_to(FakeTenants& tenants, const RecordView& record, const Value& event);

inline void apply_note_to(FakeTenants& tenants, const AnswerNote& note) {
  FakeTenant& tenant = tenants[note.tenant];
  tenant.last_time = std::max(tenant.last_time, note.time);
  if (auto work = work_in_command_id(note.command_id)) {
    tenant.pending.erase(*work);
    return;
  }
  IdempotencyKey key = key_in_command_id(note.command_id).value();
  tenant.answers[key.key] = {
      key.payload,
      Done{.subject = std::string{note.subject}, .first_sequence = note.position, .last_sequence = note.position}};
}

class FakeBatch : public StateBatch {
 public:
  explicit FakeBatch(FakeTenants tenants) : tenants(std::move(tenants)) {}

  std::expected<TenantHead, StateError> head(TenantId tenant) override {
    return TenantHead{tenants[tenant].sequence, tenants[tenant].last_time, tenants[tenant].quarantine};
  }
  std::optional<Refusal> refusal_to(TenantId tenant, const Principal& by, const Value&) override {
    if (!tenants[tenant].without_access.contains(by.id)) return std::nullopt;
    return refusal(access::refused.access_ended, "");
  }
  std::optional<StoredAnswer> stored_answer(TenantId tenant, const IdempotencyKey& key) override {
    auto found = tenants[tenant].answers.find(key.key);
    return found == tenants[tenant].answers.end() ? std::nullopt : std::optional{found->second};
  }
  bool is_pending(TenantId tenant, const PendingWork& work) override { return tenants[tenant].pending.contains(work); }
  std::optional<EntityVersion> version(TenantId tenant, const Subject& subject) override {
    auto found = tenants[tenant].versions.find(subject.id);
    return found == tenants[tenant].versions.end() ? std::nullopt : std::optional{found->second};
  }
  Decision decide(TenantId tenant, const Value& command, Instant) override;
  void apply(TenantId, const EventToApply& event) override;
  Failure failed(TenantId, const std::exception& error) override { return {Failure::Kind::state_failed, error.what()}; }
  void apply_note(const AnswerNote& note) override { apply_note_to(tenants, note); }
  void begin_group() override { before_group_ = tenants; }
  void undo_group() override { tenants = before_group_; }
  void keep_group() override {}
  std::vector<TenantPosition> changed() const override {
    std::vector<TenantPosition> all;
    for (const auto& [id, tenant] : tenants) all.push_back({id, tenant.sequence});
    return all;
  }

  FakeTenants tenants;

 private:
  FakeTenants before_group_;
};

class FakeState : public State {
 public:
  explicit FakeState(FakeLog& log) : log_(log) {}

  std::shared_ptr<StateBatch> begin(Partition, std::shared_ptr<StateBatch> pending) override {
    std::lock_guard lock(mutex_);
    return std::make_shared<FakeBatch>(pending ? static_cast<FakeBatch&>(*pending).tenants : tenants_);
  }
  std::expected<void, StateError> commit(Partition, StateBatch& batch, Appended appended) override {
    std::lock_guard lock(mutex_);
    if (commits_to_fail > 0) {
      --commits_to_fail;
      return std::unexpected(StateError{"the state cannot be written"});
    }
    tenants_ = static_cast<FakeBatch&>(batch).tenants;
    next_ = appended.next;
    return {};
  }
  std::expected<std::vector<TenantPosition>, StateError> catch_up(Partition partition) override {
    std::lock_guard lock(mutex_);
    if (partition.stream == Stream::platform) return {};
    std::map<TenantId, std::uint64_t> moved;
    if (catch_ups_to_fail > 0) {
      --catch_ups_to_fail;
      return std::unexpected(StateError{"the log cannot be read"});
    }
    auto next = log_.read(partition, next_, [&](Position, std::string_view bytes) {
      if (is_answer_note(bytes)) return apply_note_to(tenants_, decode_answer_note(bytes).value()), true;
      RecordView record = decode_record(bytes).value();
      apply_to(tenants_, record, decode_event(record.attributes.type, record.data).value());
      moved[record.attributes.tenant] = record.attributes.sequence;
      return true;
    });
    next_ = *next;
    std::vector<TenantPosition> positions;
    for (const auto& [tenant, sequence] : moved) positions.push_back({tenant, sequence});
    return positions;
  }
  FakeTenants tenants() {
    std::lock_guard lock(mutex_);
    return tenants_;
  }
  void forget_everything() {
    std::lock_guard lock(mutex_);
    tenants_.clear();
    next_ = 0;
  }
  void put_pending(TenantId tenant, const PendingWork& work) {
    std::lock_guard lock(mutex_);
    tenants_[tenant].pending.insert(work);
  }
  void set_without_access(TenantId tenant, const Uuid& principal) {
    std::lock_guard lock(mutex_);
    tenants_[tenant].without_access.insert(principal);
  }
  void quarantine(TenantId tenant, std::string reason) {
    std::lock_guard lock(mutex_);
    tenants_[tenant].quarantine = std::move(reason);
  }

  std::atomic<int> commits_to_fail = 0;
  std::atomic<int> catch_ups_to_fail = 0;

 private:
  FakeLog& log_;
  std::mutex mutex_;
  FakeTenants tenants_;
  Position next_ = 0;
};

}  // namespace tenantry::test
