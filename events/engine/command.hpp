// What goes into the engine and what comes out: submissions of commands, and an outcome for each command.
//
// Plain values. A submission belongs to one tenant (its scope came from the gate); its commands are decided in order.
// With `all_or_nothing`, either every command is accepted and all their events are appended together, or none is.
// `reply` is called exactly once, from an engine thread, and must not block.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/kernel/date.hpp"
#include "domain/kernel/principal.hpp"
#include "domain/kernel/refusal.hpp"
#include "domain/kernel/subject.hpp"
#include "domain/kernel/tenant_scope.hpp"
#include "domain/kernel/value.hpp"

namespace tenantry::events::engine {

// An Idempotency-Key as the engine knows it: hashes, so that neither the key nor the payload is kept.
struct IdempotencyKey {
  std::array<std::uint8_t, 16> key{};     // SHA-256 of the key, cut
  std::array<std::uint8_t, 8> payload{};  // SHA-256 of what was asked, cut

  bool operator==(const IdempotencyKey&) const = default;
};

// What a process manager has to do, and has not done yet: a row of the tenant's tables (projections/pending_rows.hpp),
// so that each is decided once, however often it is submitted.
struct PendingWork {
  Instant due;          // when it falls due; of a reaction, the time of its event
  Uuid about;           // the entity, or of a reaction its event's sequence number, in the last eight bytes
  std::string process;  // "tenancy.end-suspension": 1 to 64 of a-z, 0-9, '.' and '-'

  auto operator<=>(const PendingWork&) const = default;
};

// What must be true of an entity's version (its last event's sequence and time) when the command is decided, by the
// header that asks for it (RFC 9110 13.1). Of an entity that does not exist nothing is asked: the rules refuse that
// better.
struct Precondition {
  Subject subject;
  std::optional<std::vector<std::uint64_t>> is_one_of = {};  // If-Match; an empty list never holds
  std::optional<Instant> unmodified_since = {};              // If-Unmodified-Since, to the second
  bool is_absent = false;                                    // If-None-Match: *
  std::vector<std::uint64_t> is_none_of = {};                // If-None-Match with versions
};

struct CommandRequest {
  Value command;
  std::optional<IdempotencyKey> idempotency = {};
  std::optional<Precondition> precondition = {};
  // Of a process manager's command: it is decided if this is still pending, and then no longer is, whether the command
  // made events, held already, or was refused by a rule that judged it.
  std::optional<PendingWork> pending_work = {};
  // The event that a process manager reacts to: instead of what the submission's origin says.
  std::string correlation_id = {};
  std::string causation_id = {};
};

// Who asks and in what context; the texts become the attributes of every event that the command makes. What the
// principal may do is looked at again when the command is decided.
struct Origin {
  Principal principal = {};
  std::string auth_type;
  std::string auth_id;
  std::string on_behalf_of;
  std::string correlation_id;
  std::string causation_id;
  std::string traceparent;
  std::string auth_claims = {};
};

// The command holds. `first_sequence` to `last_sequence` are its events; without events both are the tenant's position.
struct Done {
  std::string subject;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  std::uint32_t event_count = 0;
  bool replayed = false;  // answered from an earlier command with the same idempotency key, or no longer pending

  bool operator==(const Done&) const = default;
};

struct Failure {
  enum class Kind {
    precondition_failed,  // `detail` says which version there is, `field` which header asked for another
    key_reused,           // the idempotency key came before with another payload
    key_in_flight,        // the first command with this key is not answered yet
    rolled_back,          // another command of an all-or-nothing submission failed
    too_large,            // an event would exceed the record limit, or there would be too many of them
    not_served,           // this node does not own the tenant's partition; nothing was done
    quarantined,          // the tenant's tables wait for a repair; nothing was done
    state_failed,         // the tenant's tables could not be read or changed for this command; nothing was done
    overloaded,           // the queue, or the tenant's share of it, is full; nothing was done
    not_written,          // the log refused the events; nothing was done
    unknown               // cannot tell whether it was done: ask again with the same idempotency key
  };
  Kind kind;
  std::string detail;
  std::string field = {};  // what of the request it is about, where the kind alone does not say
};

// What an earlier command with the same idempotency key was refused with.
struct ReplayedRefusal {
  Refusal refusal;
};

using Outcome = std::variant<Done, Refusal, ReplayedRefusal, Failure>;

using Reply = std::move_only_function<void(std::vector<Outcome>)>;

struct Submission {
  TenantScope scope;
  Origin origin;
  std::vector<CommandRequest> commands;
  bool all_or_nothing = false;
  Reply reply;
};

}  // namespace tenantry::events::engine
