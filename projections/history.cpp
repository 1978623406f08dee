#include "projections/history.hpp"

#include "projections/projector.hpp"

namespace tenantry::projections {
namespace {

void add(TenantChanges& changes, const Subject& subject) {
  auto table = table_of_collection(subject.collection);
  if (!table) throw ProjectionFailure("no table holds " + std::string{subject.collection});
  changes.append_row(history_key(*table, subject.id, changes.event_sequence()));
}

}  // namespace

void project_history(TenantChanges& changes, const events::AnyEvent& event) {
  add(changes, events::event_subject(event));
  for (const Subject& mentioned : events::event_mentions(event)) add(changes, mentioned);
}

}  // namespace tenantry::projections
