#include "projections/projector.hpp"

#include <algorithm>
#include <span>

#include "domain/access/authorisation.hpp"
#include "domain/access/refusals.hpp"
#include "events/catalog/catalog.hpp"
#include "events/engine/command_id.hpp"
#include "projections/answers.hpp"
#include "projections/pending_rows.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::projections {
namespace {

// What an event mentions by fields of its own needs no list of subjects, which would cost every replay.
void add_to_histories(TenantChanges& changes, const Projection& projection, const Value& event) {
  auto add = [&](char table, const Uuid& id) { changes.append_row(history_key(table, id, changes.event_sequence())); };
  if (projection.has_records) {
    Subject about = events::event_subject(event);
    add(stored_type_named(about.collection)->table, about.id);
    for (const Subject& each : events::event_mentions(event)) add(stored_type_named(each.collection)->table, each.id);
    return;
  }
  const auto& about = projection.histories.front();
  const Uuid* subject = about.id->type->id(about.id->in(event.data()));
  add(about.table, *subject);
  for (const auto& [table, field] : std::span{projection.histories}.subspan(1)) {
    const Uuid* id = field->type->id(field->in(event.data()));
    if (id != nullptr && (table != about.table || *id != *subject)) add(table, *id);
  }
}

// Rules throw when an event speaks of what is not there: that is this event's fault, not the storage's.
void project(TenantChanges& changes, const Projection& projection, const Value& event) {
  try {
    add_to_histories(changes, projection, event);
    projection.apply(changes, event.data());
  } catch (const StorageFailure&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw ProjectionFailure(error.what());
  }
}

void note_reactions(TenantChanges& changes, const Projection& projection, const void* event) {
  for (const Reaction* reaction : projection.reactions) {
    if (reaction->command(event, changes.event_time()).empty()) continue;
    changes.put_pending({changes.event_time(), about_event(changes.event_sequence()), std::string{reaction->name}});
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
  const Projection& projection = projection_of(*event.event.kind());
  project(changes, projection, event.event);
  if (auto work = events::engine::work_in_command_id(attributes.command_id)) changes.erase_pending(*work);
  note_reactions(changes, projection, event.event.data());
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
  if (auto work = events::engine::work_in_command_id(note.command_id)) {
    if (!changes.is_pending(*work)) return false;
    changes.erase_pending(*work);
  } else if (!remember_note(changes, head, note)) {
    return false;
  }
  head.last_time = note.time;
  changes.set_head(std::move(head));
  return true;
}

std::optional<Refusal> refusal_to(TenantChanges& changes, const Principal& by, const Value& command) {
  auto rights = access::rights_of(changes, by);
  if (!rights) return std::move(rights.error());
  const RuleOf& rule = rule_of(command);
  auto anywhere = access::is_allowed_anywhere(*rights, rule.permission);
  if (!anywhere) return std::move(anywhere.error());
  bool is_own = !*anywhere && rule.is_own != nullptr && rule.is_own(changes, rights->person, command);
  if (!*anywhere && !is_own) return access::permission_missing(rule.permission);
  if (rule.grants == nullptr) return std::nullopt;
  Granting granting = rule.grants(command);
  if (rights->anywhere.includes(granting.permissions)) return std::nullopt;
  return refusal(access::refused.grant_beyond, std::string{granting.field});
}

Decision decide_command(TenantChanges& changes, const Value& command, Instant decided_at) {
  const RuleOf& rule = rule_of(command);
  if (auto refusal = rule.admit(changes, changes.tenant(), command)) return std::unexpected(std::move(*refusal));
  return rule.decide(changes, decided_at, command.data());
}

}  // namespace tenantry::projections
