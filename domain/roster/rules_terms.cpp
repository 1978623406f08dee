// Terms: a name of their own in the tenant, and an end not before the start.
// A term may be corrected under its classes; they are measured against it again when their own dates change.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {
namespace {

Problem check(Rows& rows, const Term& wanted) {
  if (auto problem = check_text("name", wanted.name)) return problem;
  if (auto problem = check_order("endsOn", wanted.starts_on, wanted.ends_on)) return problem;
  if (!is_taken(rows.term_names, wanted.name, wanted.id)) return std::nullopt;
  return Refusal<Refused>{Refused::term_name_taken, "name", "Another term has this name."};
}

}  // namespace

Decision on(Rows& rows, const AddTerm& command) {
  Term wanted{.id = command.id, .name = trim(command.name), .starts_on = command.starts_on, .ends_on = command.ends_on};
  if (const Term* found = rows.terms.find(command.id)) {
    if (*found == wanted) return holds(found->id);
    return refuse_exists(Refused::term_exists, "term");
  }
  if (auto problem = check(rows, wanted)) return refuse(problem);
  return accept(
      TermAdded{.id = wanted.id, .name = wanted.name, .starts_on = wanted.starts_on, .ends_on = wanted.ends_on});
}

Decision on(Rows& rows, const CorrectTerm& command) {
  const Term* found = rows.terms.find(command.id);
  if (!found) return refuse_unknown(Refused::term_unknown, "term");
  Term wanted = *found;
  correct_text(wanted.name, command.name);
  correct(wanted.starts_on, command.starts_on);
  correct(wanted.ends_on, command.ends_on);
  if (wanted == *found) return holds(found->id);
  if (auto problem = check(rows, wanted)) return refuse(problem);
  return accept(
      TermCorrected{.id = wanted.id, .name = wanted.name, .starts_on = wanted.starts_on, .ends_on = wanted.ends_on});
}

void apply(Rows& rows, const TermAdded& event) {
  rows.term_names.assign(event.name, event.id);
  rows.terms.put({.id = event.id, .name = event.name, .starts_on = event.starts_on, .ends_on = event.ends_on});
}

void apply(Rows& rows, const TermCorrected& event) {
  Term former = existing(rows.terms, event.id);
  reassign(rows.term_names, former.name, event.name, event.id);
  rows.terms.put({.id = event.id, .name = event.name, .starts_on = event.starts_on, .ends_on = event.ends_on});
}

}  // namespace tenantry::roster
