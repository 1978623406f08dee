// Students: a number of their own in the tenant, which stays theirs when they are deactivated.
// An inactive student, until made active again, is neither corrected nor enrolled; the enrolments that are there may
// still end.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {
namespace {

Problem check_number(Rows& rows, const std::string& typed, const Id<Student>& id) {
  if (!is_taken(rows.student_numbers, typed, id)) return std::nullopt;
  return Refusal<Refused>{Refused::student_number_taken, "number", "Another student has this number."};
}

// What is registered by a command, or was by what became this student: active, whatever it is now.
template <class From>
Student registered(const From& from) {
  return {.id = from.id,
          .number = normalised_key(from.number),
          .given_name = normalised(from.given_name),
          .family_name = normalised(from.family_name),
          .email = normalised_key(from.email),
          .active = true};
}

template <class E>  // StudentRegistered or StudentCorrected
E event_of(const Student& wanted) {
  return {.id = wanted.id,
          .number = wanted.number,
          .given_name = wanted.given_name,
          .family_name = wanted.family_name,
          .email = wanted.email};
}

void set_active(Rows& rows, const Id<Student>& id, bool active) {
  Student changed = existing(rows.students, id);
  changed.active = active;
  rows.students.put(changed);
}

}  // namespace

Decision on(Rows& rows, const RegisterStudent& command) {
  Student wanted = registered(command);
  if (const Student* found = rows.students.find(command.id)) {
    if (registered(*found) == wanted) return holds(found->id);
    return refuse_exists(Refused::student_exists, "student");
  }
  if (auto problem = check_person(wanted, "familyName")) return refuse(problem);
  if (auto problem = check_number(rows, command.number, wanted.id)) return refuse(problem);
  return accept(event_of<StudentRegistered>(wanted));
}

Decision on(Rows& rows, const CorrectStudent& command) {
  const Student* found = rows.students.find(command.id);
  if (!found) return refuse_unknown(Refused::student_unknown, "student");
  Student wanted = *found;
  correct_key(wanted.number, command.number);
  correct_text(wanted.given_name, command.given_name);
  correct_text(wanted.family_name, command.family_name);
  correct_key(wanted.email, command.email);
  if (wanted == *found) return holds(found->id);
  if (!found->active) return refuse(Refused::student_inactive, "", "The student is deactivated.");
  if (auto problem = check_person(wanted, command.family_name ? "familyName" : "givenName")) return refuse(problem);
  if (wanted.number != found->number) {
    if (auto problem = check_number(rows, *command.number, wanted.id)) return refuse(problem);
  }
  return accept(event_of<StudentCorrected>(wanted));
}

Decision on(Rows& rows, const DeactivateStudent& command) {
  const Student* found = rows.students.find(command.id);
  if (!found) return refuse_unknown(Refused::student_unknown, "student");
  if (!found->active) return holds(found->id);
  return accept(StudentDeactivated{.id = command.id});
}

Decision on(Rows& rows, const ReactivateStudent& command) {
  const Student* found = rows.students.find(command.id);
  if (!found) return refuse_unknown(Refused::student_unknown, "student");
  if (found->active) return holds(found->id);
  return accept(StudentReactivated{.id = command.id});
}

void apply(Rows& rows, const StudentRegistered& event) {
  rows.student_numbers.assign(event.number, event.id);
  rows.students.put({.id = event.id,
                     .number = event.number,
                     .given_name = event.given_name,
                     .family_name = event.family_name,
                     .email = event.email,
                     .active = true});
}

void apply(Rows& rows, const StudentCorrected& event) {
  Student changed = existing(rows.students, event.id);
  reassign(rows.student_numbers, changed.number, event.number, event.id);
  changed.number = event.number;
  changed.given_name = event.given_name;
  changed.family_name = event.family_name;
  changed.email = event.email;
  rows.students.put(changed);
}

void apply(Rows& rows, const StudentDeactivated& event) {
  set_active(rows, event.id, false);
}

void apply(Rows& rows, const StudentReactivated& event) {
  set_active(rows, event.id, true);
}

}  // namespace tenantry::roster
