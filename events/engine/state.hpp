// The engine's view of a tenant's state. projections/ implements it over storage; tests over maps.
//
// A StateBatch holds the changes of one group commit in memory, on top of the batch before it (which may not be durable
// yet) and of what is stored. One thread uses a batch at a time; a batch that later ones were built on is only read.
// A member about a tenant may throw when its tables cannot be read or changed: the engine undoes the group, asks
// failed() what to answer, and goes on with other commands. commit() writes all rows of the batch, the stored answers
// and the partition's next log position in one atomic write. Errors: a StateError means that nothing of the batch was
// written; the engine then replays from the log.
#pragma once

#include <algorithm>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/decision.hpp"
#include "events/answer_note.hpp"
#include "events/engine/command.hpp"
#include "events/log.hpp"
#include "events/record.hpp"

namespace tenantry::events::engine {

struct StateError {
  std::string detail;
};

struct TenantHead {
  std::uint64_t sequence = 0;     // of the tenant's last event; 0 = no events yet
  Instant last_time{};            // the latest time of its events and notes
  std::string quarantine_reason;  // not empty: a projection stopped, no command may be decided
};

struct EntityVersion {
  std::uint64_t sequence = 0;  // of the last event that changed the entity
  Instant modified;            // and its time
};

// What a command with an idempotency key left behind that was done, or held already.
struct StoredAnswer {
  std::array<std::uint8_t, 8> payload{};
  Done done;
};

struct TenantPosition {
  TenantId tenant;
  std::uint64_t sequence;
  std::optional<Instant> due = {};  // the first instant at which something new is pending, if anything is
};

// Of two instants, of which there may be none.
inline std::optional<Instant> earlier(std::optional<Instant> one, std::optional<Instant> other) {
  if (!one || !other) return one ? one : other;
  return std::min(one, other);
}

// An event about to be applied: the canonical bytes, the same decoded, and the typed event.
struct EventToApply {
  std::string_view bytes;
  const RecordView& record;
  const Value& event;
};

class StateBatch {
 public:
  virtual ~StateBatch() = default;

  virtual std::expected<TenantHead, StateError> head(TenantId tenant) = 0;
  // Why the principal may not ask for the command, by the tenant's rows as they are when it is decided.
  virtual std::optional<Refusal> refusal_to(TenantId tenant, const Principal& by, const Value& command) = 0;
  virtual std::optional<StoredAnswer> stored_answer(TenantId tenant, const IdempotencyKey& key) = 0;
  // Whether a process manager has still to do it.
  virtual bool is_pending(TenantId tenant, const PendingWork& work) = 0;
  // Nothing if there is no such entity.
  virtual std::optional<EntityVersion> version(TenantId tenant, const Subject& subject) = 0;
  // `decided_at` is never before the tenant's last time.
  virtual Decision decide(TenantId tenant, const Value& command, Instant decided_at) = 0;
  // Applies the batch's next record (the n-th call is the n-th record of the append). Throws if a projection cannot.
  virtual void apply(TenantId tenant, const EventToApply& event) = 0;
  // The batch's next record is this note: it becomes a stored answer, or its work is no longer pending.
  virtual void apply_note(const AnswerNote& note) = 0;

  // A call about the tenant threw this: what the command is answered with. Tables that are damaged put the tenant into
  // quarantine, which head() tells from now on.
  virtual Failure failed(TenantId tenant, const std::exception& error) = 0;

  // Everything applied since begin_group() is taken back by undo_group() or kept by keep_group(). Groups do not nest.
  virtual void begin_group() = 0;
  virtual void undo_group() = 0;
  virtual void keep_group() = 0;

  // The tenants that this batch changed, with their positions after it; a note changes none of their positions.
  virtual std::vector<TenantPosition> changed() const = 0;
};

class State {
 public:
  virtual ~State() = default;

  // `pending` is the batch decided last, if it is not known to be committed; it is kept alive while it is needed.
  virtual std::shared_ptr<StateBatch> begin(Partition partition, std::shared_ptr<StateBatch> pending) = 0;
  virtual std::expected<void, StateError> commit(Partition partition, StateBatch& batch, Appended appended) = 0;
  // Applies what the log holds beyond the state; answers the tenants that it moved, with their positions after it.
  // Called before the first batch and after any failure.
  virtual std::expected<std::vector<TenantPosition>, StateError> catch_up(Partition partition) = 0;
};

}  // namespace tenantry::events::engine
