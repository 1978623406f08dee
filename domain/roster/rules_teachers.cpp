// Teachers: a number of their own in the tenant, which stays theirs when they are deactivated.
// An inactive teacher is neither corrected nor assigned; the assignments that are there may still end.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {
namespace {

Problem check(Rows& rows, const Teacher& wanted) {
  if (auto problem = check_person(wanted)) return problem;
  if (!is_taken(rows.teacher_numbers, wanted.number, wanted.id)) return std::nullopt;
  return Refusal<Refused>{Refused::teacher_number_taken, "number", "Another teacher has this number."};
}

}  // namespace

Decision on(Rows& rows, const RegisterTeacher& command) {
  Teacher wanted{.id = command.id,
                 .number = trim(command.number),
                 .given_name = trim(command.given_name),
                 .family_name = trim(command.family_name),
                 .email = trim(command.email),
                 .active = true};
  if (const Teacher* found = rows.teachers.find(command.id)) {
    if (*found == wanted) return holds(found->id);
    return refuse_exists(Refused::teacher_exists, "teacher");
  }
  if (auto problem = check(rows, wanted)) return refuse(problem);
  return accept(TeacherRegistered{.id = wanted.id,
                                  .number = wanted.number,
                                  .given_name = wanted.given_name,
                                  .family_name = wanted.family_name,
                                  .email = wanted.email});
}

Decision on(Rows& rows, const CorrectTeacher& command) {
  const Teacher* found = rows.teachers.find(command.id);
  if (!found) return refuse_unknown(Refused::teacher_unknown, "teacher");
  if (!found->active) return refuse(Refused::teacher_inactive, "", "The teacher is deactivated.");
  Teacher wanted = *found;
  correct_text(wanted.number, command.number);
  correct_text(wanted.given_name, command.given_name);
  correct_text(wanted.family_name, command.family_name);
  correct_text(wanted.email, command.email);
  if (wanted == *found) return holds(found->id);
  if (auto problem = check(rows, wanted)) return refuse(problem);
  return accept(TeacherCorrected{.id = wanted.id,
                                 .number = wanted.number,
                                 .given_name = wanted.given_name,
                                 .family_name = wanted.family_name,
                                 .email = wanted.email});
}

Decision on(Rows& rows, const DeactivateTeacher& command) {
  const Teacher* found = rows.teachers.find(command.id);
  if (!found) return refuse_unknown(Refused::teacher_unknown, "teacher");
  if (!found->active) return holds(found->id);
  return accept(TeacherDeactivated{.id = command.id});
}

void apply(Rows& rows, const TeacherRegistered& event) {
  rows.teacher_numbers.assign(event.number, event.id);
  rows.teachers.put({.id = event.id,
                     .number = event.number,
                     .given_name = event.given_name,
                     .family_name = event.family_name,
                     .email = event.email,
                     .active = true});
}

void apply(Rows& rows, const TeacherCorrected& event) {
  Teacher changed = existing(rows.teachers, event.id);
  reassign(rows.teacher_numbers, changed.number, event.number, event.id);
  changed.number = event.number;
  changed.given_name = event.given_name;
  changed.family_name = event.family_name;
  changed.email = event.email;
  rows.teachers.put(changed);
}

void apply(Rows& rows, const TeacherDeactivated& event) {
  Teacher changed = existing(rows.teachers, event.id);
  changed.active = false;
  rows.teachers.put(changed);
}

}  // namespace tenantry::roster
