// Terms: a name of their own in the tenant, an end not before the start, and their classes, also closed ones, between.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"
#include "domain/roster/commands.hpp"

namespace tenantry::roster {
namespace {

Problem check_values(const Term& wanted) {
  if (auto problem = check_text("name", wanted.name)) return problem;
  return check_order("endsOn", wanted.starts_on, wanted.ends_on);
}

Problem check_name(Rows& rows, const std::string& typed, const Id<Term>& id) {
  return check_free(rows.term_names, typed, id, refused.term_name_taken, "term", "name");
}

// What is added by a command, or was by what became this term.
template <class From>
Term added(const From& from) {
  return {.id = from.id, .name = normalised_key(from.name), .starts_on = from.starts_on, .ends_on = from.ends_on};
}

Refusal excluded(std::string field, const Class& left_out) {
  std::string days = left_out.starts_on.text() + " to " + left_out.ends_on.text();
  return {&refused.term_excludes_class, std::move(field), "The class \"" + left_out.name + "\" is held " + days + "."};
}

// A term that gives up days must not give up a class's.
Problem check_classes(Rows& rows, const Term& former, const Term& wanted) {
  bool later_start = wanted.starts_on > former.starts_on;
  bool earlier_end = wanted.ends_on < former.ends_on;
  if (!later_start && !earlier_end) return std::nullopt;
  Problem problem;
  rows.classes_of_term.each(wanted.id, [&](const Id<Class>& id) {
    Class each = existing(rows.classes, id);
    if (later_start && each.starts_on < wanted.starts_on) {
      problem = excluded("startsOn", each);
    } else if (earlier_end && each.ends_on > wanted.ends_on) {
      problem = excluded("endsOn", each);
    }
    return !problem;
  });
  return problem;
}

}  // namespace

template <>
Decision on(Rows& rows, const AddTerm& command) {
  Term wanted = added(command);
  if (const Term* found = rows.terms.find(command.id)) {
    if (added(*found) == wanted) return holds(found->id);
    return refuse_exists(refused.term_exists, "term");
  }
  if (auto problem = check_values(wanted)) return refuse(problem);
  if (auto problem = check_name(rows, command.name, wanted.id)) return refuse(problem);
  return accept(
      TermAdded{.id = wanted.id, .name = wanted.name, .starts_on = wanted.starts_on, .ends_on = wanted.ends_on});
}

template <>
Decision on(Rows& rows, const CorrectTerm& command) {
  const Term* found = rows.terms.find(command.id);
  if (!found) return refuse(refused.term_unknown, "id");
  Term wanted = *found;
  correct_key(wanted.name, command.name);
  correct(wanted.starts_on, command.starts_on);
  correct(wanted.ends_on, command.ends_on);
  if (wanted == *found) return holds(found->id);
  if (auto problem = check_values(wanted)) return refuse(problem);
  if (wanted.name != found->name) {
    if (auto problem = check_name(rows, *command.name, wanted.id)) return refuse(problem);
  }
  if (auto problem = check_classes(rows, *found, wanted)) return refuse(problem);
  return accept(
      TermCorrected{.id = wanted.id, .name = wanted.name, .starts_on = wanted.starts_on, .ends_on = wanted.ends_on});
}

template <>
void apply(Rows& rows, const TermAdded& event) {
  rows.terms.insert({.id = event.id, .name = event.name, .starts_on = event.starts_on, .ends_on = event.ends_on});
}

template <>
void apply(Rows& rows, const TermCorrected& event) {
  Term changed = existing(rows.terms, event.id);
  changed.name = event.name;
  changed.starts_on = event.starts_on;
  changed.ends_on = event.ends_on;
  rows.terms.put(std::move(changed));
}

}  // namespace tenantry::roster
