#include "projections/projector.hpp"

#include <algorithm>

#include "domain/kernel/platform.hpp"
#include "events/catalog/directory.hpp"
#include "events/catalog/roster.hpp"
#include "events/catalog/tenancy.hpp"
#include "projections/answers.hpp"
#include "projections/registry.hpp"
#include "projections/tenant_tables.hpp"

namespace tenantry::projections {
namespace {

using events::AnyEvent;
using events::AnyRefusal;

struct ApplyToEntities {
  TenantChanges& changes;

  void operator()(const directory::Event& event) const {
    DirectoryTables tables(changes);
    directory::apply(tables.rows, event);
  }
  void operator()(const tenancy::Event& event) const {
    TenancyTables tables(changes);
    tenancy::apply(tables.rows, event);
  }
  void operator()(const roster::Event& event) const {
    RosterTables tables(changes);
    roster::apply(tables.rows, event);
  }
};

using AnyDecision = std::expected<Accepted<AnyEvent>, AnyRefusal>;

template <class Event, class Code>
AnyDecision any(Decision<Event, Code> decision) {
  if (!decision) return std::unexpected(AnyRefusal{std::move(decision.error())});
  Accepted<AnyEvent> accepted{.subject = decision->subject, .events = {}};
  for (Event& event : decision->events) accepted.events.emplace_back(std::move(event));
  return accepted;
}

AnyDecision refuse_tenant(std::string detail) {
  return std::unexpected(
      AnyRefusal{Refusal<tenancy::Refused>{tenancy::Refused::tenant_unknown, "id", std::move(detail)}});
}

// Each context's commands are for one kind of stream; anything else names a tenant that this stream is not.
struct Decide {
  TenantChanges& changes;

  AnyDecision operator()(const directory::Command& command) const {
    if (changes.tenant() != platform_id) return refuse_tenant("a tenant's stream takes no commands of the register");
    DirectoryTables tables(changes);
    return any(directory::decide(tables.rows, command));
  }

  AnyDecision operator()(const tenancy::Command& command) const {
    TenantId named = std::visit([](const auto& alternative) { return alternative.id; }, command);
    if (named != changes.tenant()) return refuse_tenant("the command names another tenant");
    TenancyTables tables(changes);
    return any(tenancy::decide(tables.rows, command));
  }

  AnyDecision operator()(const roster::Command& command) const {
    if (auto refusal = tenancy::admit(changes.find(changes.tenant()))) return std::unexpected(AnyRefusal{*refusal});
    RosterTables tables(changes);
    return any(roster::decide(tables.rows, command));
  }
};

// Rules throw when an event speaks of what is not there: that is this event's fault, not the storage's.
void run_projections(TenantChanges& changes, const AnyEvent& event) {
  try {
    for (Projection project : projections()) project(changes, event);
    std::visit(ApplyToEntities{changes}, event);
  } catch (const StorageFailure&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw ProjectionFailure(error.what());
  }
}

}  // namespace

void apply_event(TenantChanges& changes, const events::engine::EventToApply& event, std::size_t record) {
  const events::AttributesView& attributes = event.record.attributes;
  Head head = changes.head();
  if (attributes.sequence != head.sequence + 1) {
    throw ProjectionFailure("its sequence is " + std::to_string(attributes.sequence) + " where " +
                            std::to_string(head.sequence + 1) + " must follow");
  }
  changes.set_event(attributes.sequence, attributes.time);
  run_projections(changes, event.event);
  Sha256 leaf = leaf_hash(event.bytes);
  changes.append_event(attributes.sequence, leaf, record);
  head.sequence = attributes.sequence;
  head.last_time = std::max(head.last_time, attributes.time);
  head.audit.add(leaf);
  remember_answer(changes, head, attributes.command_id, attributes.subject);
  changes.set_head(std::move(head));
}

// A note was made at the tenant's last sequence and at its last time or later. One that is behind either was applied
// before, even if its answer has been forgotten since.
bool apply_note(TenantChanges& changes, const events::AnswerNote& note) {
  Head head = changes.head();
  if (note.position > head.sequence) {
    throw ProjectionFailure("the note of an answer is at position " + std::to_string(note.position) + " where " +
                            std::to_string(head.sequence) + " has been reached");
  }
  if (note.position < head.sequence || note.time < head.last_time) return false;
  if (!remember_note(changes, head, note)) return false;
  head.last_time = note.time;
  changes.set_head(std::move(head));
  return true;
}

std::expected<Accepted<AnyEvent>, AnyRefusal> decide_command(TenantChanges& changes,
                                                             const events::AnyCommand& command) {
  return std::visit(Decide{changes}, command);
}

}  // namespace tenantry::projections
