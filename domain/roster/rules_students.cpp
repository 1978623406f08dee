// Students: a number of their own in the tenant, which stays theirs when they are deactivated.
// An inactive student is neither corrected nor enrolled; the enrolments that are there may still end.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {
namespace {

Problem check(Rows& rows, const Student& wanted) {
  if (auto problem = check_person(wanted)) return problem;
  if (!is_taken(rows.student_numbers, wanted.number, wanted.id)) return std::nullopt;
  return Refusal<Refused>{Refused::student_number_taken, "number", "Another student has this number."};
}

}  // namespace

Decision on(Rows& rows, const RegisterStudent& command) {
  Student wanted{.id = command.id,
                 .number = trim(command.number),
                 .given_name = trim(command.given_name),
                 .family_name = trim(command.family_name),
                 .email = trim(command.email),
                 .active = true};
  if (const Student* found = rows.students.find(command.id)) {
    if (*found == wanted) return holds(found->id);
    return refuse_exists(Refused::student_exists, "student");
  }
  if (auto problem = check(rows, wanted)) return refuse(problem);
  return accept(StudentRegistered{.id = wanted.id,
                                  .number = wanted.number,
                                  .given_name = wanted.given_name,
                                  .family_name = wanted.family_name,
                                  .email = wanted.email});
}

Decision on(Rows& rows, const CorrectStudent& command) {
  const Student* found = rows.students.find(command.id);
  if (!found) return refuse_unknown(Refused::student_unknown, "student");
  if (!found->active) return refuse(Refused::student_inactive, "", "The student is deactivated.");
  Student wanted = *found;
  correct_text(wanted.number, command.number);
  correct_text(wanted.given_name, command.given_name);
  correct_text(wanted.family_name, command.family_name);
  correct_text(wanted.email, command.email);
  if (wanted == *found) return holds(found->id);
  if (auto problem = check(rows, wanted)) return refuse(problem);
  return accept(StudentCorrected{.id = wanted.id,
                                 .number = wanted.number,
                                 .given_name = wanted.given_name,
                                 .family_name = wanted.family_name,
                                 .email = wanted.email});
}

Decision on(Rows& rows, const DeactivateStudent& command) {
  const Student* found = rows.students.find(command.id);
  if (!found) return refuse_unknown(Refused::student_unknown, "student");
  if (!found->active) return holds(found->id);
  return accept(StudentDeactivated{.id = command.id});
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
  Student changed = existing(rows.students, event.id);
  changed.active = false;
  rows.students.put(changed);
}

}  // namespace tenantry::roster
