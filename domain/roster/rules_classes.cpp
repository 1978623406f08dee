// Classes: of a known course, within the days of a known term, with room for 1 to class_capacity_max students.
// A closed class stays closed: nobody joins it and nothing of it is corrected, but those in it leave and complete.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"
#include "domain/roster/commands.hpp"

namespace tenantry::roster {
namespace {

Problem check_term(const Term& term, const Class& wanted) {
  if (wanted.starts_on < term.starts_on) {
    return Refusal{&refused.class_outside_term, "startsOn", "The term starts on " + term.starts_on.text() + "."};
  }
  if (wanted.ends_on > term.ends_on) {
    return Refusal{&refused.class_outside_term, "endsOn", "The term ends on " + term.ends_on.text() + "."};
  }
  return std::nullopt;
}

Problem check_capacity(const Class& wanted) {
  if (wanted.capacity < 1 || wanted.capacity > class_capacity_max) {
    return Refusal{&refused.capacity_out_of_range, "capacity", "The capacity is not 1 to 100000."};
  }
  if (wanted.capacity < wanted.enrolled) {
    return Refusal{&refused.capacity_below_enrolled, "capacity",
                   "The class has " + std::to_string(wanted.enrolled) + " active enrolments."};
  }
  return std::nullopt;
}

Problem check_values(const Class& wanted) {
  if (auto problem = check_text("name", wanted.name)) return problem;
  if (auto problem = check_capacity(wanted)) return problem;
  return check_order("endsOn", wanted.starts_on, wanted.ends_on);
}

Class opened(const ClassOpened& event) {
  return {.id = event.id,
          .course = event.course,
          .term = event.term,
          .name = event.name,
          .capacity = event.capacity,
          .starts_on = event.starts_on,
          .ends_on = event.ends_on,
          .status = ClassStatus::open,
          .enrolled = 0};
}

// Whether it is open still does not matter: the command says nothing of it.
bool opened_alike(const Class& found, const ClassOpened& event) {
  Class wanted = opened(event);
  wanted.enrolled = found.enrolled;
  wanted.status = found.status;
  Class there = found;
  there.name = normalised(found.name);
  return there == wanted;
}

}  // namespace

template <>
Decision on(Rows& rows, const OpenClass& command) {
  ClassOpened wanted{.id = command.id,
                     .course = command.course,
                     .term = command.term,
                     .name = normalised(command.name),
                     .capacity = command.capacity,
                     .starts_on = command.starts_on,
                     .ends_on = command.ends_on};
  if (const Class* found = rows.classes.find(command.id)) {
    if (opened_alike(*found, wanted)) return holds(found->id);
    return refuse_exists(refused.class_exists, "class");
  }
  const Term* term = rows.terms.find(command.term);
  if (!term) return refuse(refused.term_unknown, "termId");
  if (!rows.courses.find(command.course)) return refuse(refused.course_unknown, "courseId");
  if (auto problem = check_values(opened(wanted))) return refuse(problem);
  if (auto problem = check_term(*term, opened(wanted))) return refuse(problem);
  return accept(std::move(wanted));
}

template <>
Decision on(Rows& rows, const CorrectClass& command) {
  const Class* found = rows.classes.find(command.id);
  if (!found) return refuse(refused.class_unknown, "id");
  Class wanted = *found;
  correct_text(wanted.name, command.name);
  correct(wanted.capacity, command.capacity);
  correct(wanted.starts_on, command.starts_on);
  correct(wanted.ends_on, command.ends_on);
  if (wanted == *found) return holds(found->id);
  if (found->status == ClassStatus::closed) return refuse(refused.class_closed, "");
  if (auto problem = check_values(wanted)) return refuse(problem);
  if (wanted.starts_on != found->starts_on || wanted.ends_on != found->ends_on) {
    if (auto problem = check_term(existing(rows.terms, wanted.term), wanted)) return refuse(problem);
  }
  return accept(ClassCorrected{.id = wanted.id,
                               .name = wanted.name,
                               .capacity = wanted.capacity,
                               .starts_on = wanted.starts_on,
                               .ends_on = wanted.ends_on});
}

template <>
Decision on(Rows& rows, const CloseClass& command) {
  const Class* found = rows.classes.find(command.id);
  if (!found) return refuse(refused.class_unknown, "id");
  if (found->status == ClassStatus::closed) return holds(found->id);
  return accept(ClassClosed{.id = command.id});
}

template <>
void apply(Rows& rows, const ClassOpened& event) {
  rows.classes.insert(opened(event));
}

template <>
void apply(Rows& rows, const ClassCorrected& event) {
  Class changed = existing(rows.classes, event.id);
  changed.name = event.name;
  changed.capacity = event.capacity;
  changed.starts_on = event.starts_on;
  changed.ends_on = event.ends_on;
  rows.classes.put(std::move(changed));
}

template <>
void apply(Rows& rows, const ClassClosed& event) {
  Class changed = existing(rows.classes, event.id);
  changed.status = ClassStatus::closed;
  rows.classes.put(std::move(changed));
}

}  // namespace tenantry::roster
