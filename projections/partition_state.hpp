// PartitionState: the tables of all tenants of one partition, in one database, and how they follow the log.
//
// Default family of the database: "format" (u64), "processes" (the process managers that it was made for), "log" (the
// identity of the log that it was made from), "next",
// "rebuilding" (empty; only while rebuild() is at work), and "q" + tenant id for each tenant in quarantine
// (quarantine.hpp), and "d" + tenant id for each in whose rows a read met damage (why). "next" is the log position from
// which to go on (u64), then position (u64) and id (16 bytes) of the last record applied, all zero if there is none.
// Every other family is a tenant's.
//
// open() refuses a state whose last applied record is not at that position of the log: copies of a log that went on
// separately have the same identity, but not the same records. The tables are a function of the log, so what cannot be
// trusted is emptied, to be made anew: tables of another format, a database that is damaged or lacks a part of its
// write-ahead log, and what a crash left of a rebuild or of a folder that was being emptied; notes() says so. begin(),
// commit() and catch_up() belong to the partition's writer (one thread at a time, as the engine promises); reads of the
// database, next_position() and quarantined() are for any thread. Live batches and replays go through the same
// apply_event(). A tenant whose stored rows turn out damaged goes into quarantine by itself.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>

#include "domain/kernel/thread_safety.hpp"
#include "events/engine/state.hpp"
#include "projections/quarantine.hpp"
#include "projections/tenant_changes.hpp"
#include "storage/database.hpp"

namespace tenantry::projections {

using events::Appended;
using events::Partition;
using events::Position;
using events::engine::StateError;

// Told after each chunk of a replay: events applied so far, and the position reached.
using OnReplayed = std::function<void(std::uint64_t events, Position reached)>;

class PartitionBatch;
struct Quarantines;
struct Chunk;
struct DecodedRecord;

class PartitionState {
 public:
  static std::expected<std::unique_ptr<PartitionState>, StateError> open(Partition partition, const std::string& folder,
                                                                         storage::Resources& resources,
                                                                         events::Log& log);
  ~PartitionState();

  std::shared_ptr<events::engine::StateBatch> begin(std::shared_ptr<events::engine::StateBatch> pending);
  std::expected<void, StateError> commit(events::engine::StateBatch& batch, Appended appended);
  // Applies what the log holds beyond next_position(). A tenant whose event cannot be applied goes into quarantine.
  // Answers the tenants that moved.
  std::expected<std::vector<events::engine::TenantPosition>, StateError> catch_up(const OnReplayed& on_replayed = {});
  // The same for a state without any row, faster: nothing survives if it does not finish.
  std::expected<void, StateError> rebuild(const OnReplayed& on_replayed = {});
  // Puts tenants into quarantine whose head does not match their rows of events. Only while no engine runs on this
  // state.
  std::expected<void, StateError> check_tenants();
  // Erases one tenant's rows and makes them again from the log. Only while no engine runs on this state.
  std::expected<void, StateError> rebuild_tenant(TenantId tenant, const OnReplayed& on_replayed = {});
  // Tries again to apply what stopped tenants' projections, from where each stopped. As rebuild_tenant.
  std::expected<void, StateError> retry_quarantined();
  // Makes anew the tables of tenants in quarantine whose tables are damaged. As rebuild_tenant.
  std::expected<void, StateError> repair_damaged();

  // What open() and repair_damaged() made anew, and why: a sentence each.
  const std::vector<std::string>& notes() const { return notes_; }
  // Nothing was ever applied.
  bool is_empty() const { return next_position() == 0 && tenants().empty(); }
  Position next_position() const { return next_position_.load(std::memory_order_acquire); }
  std::vector<Quarantine> quarantined() const;
  std::optional<Quarantine> quarantine_of(TenantId tenant) const;
  // Tenants in whose rows a read has met damage, in quarantine or not: the next start makes their tables anew.
  std::size_t damaged_tenants() const;
  // Records of the log that are none of ours, seen since the start: position and reason. No tenant can be told from
  // them; if one was a tenant's, the gap in its sequence quarantines that tenant.
  std::map<Position, std::string> unreadable() const;
  const storage::Database& database() const { return *database_; }
  std::vector<TenantId> tenants() const;

 private:
  PartitionState(Partition partition, std::unique_ptr<storage::Database> database, events::Log& log);
  // Why a folder cannot be opened; whether emptying it would help.
  struct Refusal {
    std::string detail;
    bool is_mendable = false;
  };
  static std::expected<std::unique_ptr<PartitionState>, Refusal> open_as_it_is(Partition partition,
                                                                               const std::string& folder,
                                                                               storage::Resources& resources,
                                                                               events::Log& log);

  static constexpr std::size_t unreadable_kept_max = 1000;
  struct Replay;
  struct Applied {
    Position position = 0;
    Uuid record;  // nil: none
  };
  // Taking back single events costs; nearly every replay goes without.
  enum class Care { quick, one_by_one };
  std::expected<void, Refusal> load();
  std::expected<void, Refusal> check_made_from_this_log();
  Quarantines quarantines();
  void add_to_quarantine(Quarantine quarantine);
  void note_damage(TenantId tenant, const std::string& reason);
  std::expected<std::optional<std::string>, StateError> damage_in(TenantId tenant) const;
  std::shared_ptr<PartitionBatch> new_batch();
  std::expected<void, StateError> replay(Replay& replay);
  std::expected<std::optional<Position>, StateError> replay_in_bulk(Care care, const OnReplayed& on_replayed);
  std::expected<bool, StateError> apply_chunk(PartitionBatch& batch, Replay& replay, const Chunk& chunk,
                                              std::vector<Position>& positions, Care care);
  bool replay_record(PartitionBatch& batch, const Replay& replay, const DecodedRecord& decoded);
  bool replay_note(PartitionBatch& batch, const Replay& replay, const events::AnswerNote& note);
  using Command = std::span<const DecodedRecord>;  // all of its events, or a note, or what cannot be read
  void replay_command(PartitionBatch& batch, Replay& replay, const Command& command, std::vector<Position>& positions);
  void replay_or_quarantine(PartitionBatch& batch, Replay& replay, const Command& command,
                            std::vector<Position>& positions);
  std::expected<void, StateError> write(PartitionBatch& batch, Position next, const Replay& replay,
                                        const std::function<Position(std::size_t)>& position_of);
  std::expected<void, StateError> write_in_bulk(PartitionBatch& batch, const std::vector<Position>& positions);
  std::expected<void, StateError> create_families(PartitionBatch& batch);
  std::expected<void, StateError> quarantine(Quarantine quarantine,
                                             storage::Durability durability = storage::Durability::buffered);
  std::expected<void, StateError> replay_quarantined(const Quarantine& quarantine, const OnReplayed& on_replayed);
  std::expected<void, StateError> release(TenantId tenant);
  void note_unreadable(Position position, std::string reason);

  Partition partition_;
  std::unique_ptr<storage::Database> database_;
  events::Log& log_;
  std::atomic<Position> next_position_{0};
  Applied last_applied_;
  std::vector<std::string> notes_;
  mutable Mutex quarantine_mutex_;
  std::map<TenantId, Quarantine> quarantined_ TENANTRY_GUARDED_BY(quarantine_mutex_);
  std::set<TenantId> damaged_ TENANTRY_GUARDED_BY(quarantine_mutex_);
  std::map<Position, std::string> unreadable_ TENANTRY_GUARDED_BY(quarantine_mutex_);
};

}  // namespace tenantry::projections
