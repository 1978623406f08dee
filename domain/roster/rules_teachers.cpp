// Teachers: a number of their own in the tenant, which stays theirs when they are deactivated.
// An inactive teacher, until made active again, is neither corrected nor assigned; the assignments that are there may
// still end.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {
namespace {

Problem check_number(Rows& rows, const std::string& typed, const Id<Teacher>& id) {
  if (!is_taken(rows.teacher_numbers, typed, id)) return std::nullopt;
  return Refusal<Refused>{Refused::teacher_number_taken, "number", "Another teacher has this number."};
}

// What is registered by a command, or was by what became this teacher: active, whatever it is now.
template <class From>
Teacher registered(const From& from) {
  return {.id = from.id,
          .number = normalised_key(from.number),
          .given_name = normalised(from.given_name),
          .family_name = normalised(from.family_name),
          .email = normalised_key(from.email),
          .active = true};
}

template <class E>  // TeacherRegistered or TeacherCorrected
E event_of(const Teacher& wanted) {
  return {.id = wanted.id,
          .number = wanted.number,
          .given_name = wanted.given_name,
          .family_name = wanted.family_name,
          .email = wanted.email};
}

void set_active(Rows& rows, const Id<Teacher>& id, bool active) {
  Teacher changed = existing(rows.teachers, id);
  changed.active = active;
  rows.teachers.put(changed);
}

}  // namespace

Decision on(Rows& rows, const RegisterTeacher& command) {
  Teacher wanted = registered(command);
  if (const Teacher* found = rows.teachers.find(command.id)) {
    if (registered(*found) == wanted) return holds(found->id);
    return refuse_exists(Refused::teacher_exists, "teacher");
  }
  if (auto problem = check_person(wanted, "familyName")) return refuse(problem);
  if (auto problem = check_number(rows, command.number, wanted.id)) return refuse(problem);
  return accept(event_of<TeacherRegistered>(wanted));
}

Decision on(Rows& rows, const CorrectTeacher& command) {
  const Teacher* found = rows.teachers.find(command.id);
  if (!found) return refuse_unknown(Refused::teacher_unknown, "teacher");
  Teacher wanted = *found;
  correct_key(wanted.number, command.number);
  correct_text(wanted.given_name, command.given_name);
  correct_text(wanted.family_name, command.family_name);
  correct_key(wanted.email, command.email);
  if (wanted == *found) return holds(found->id);
  if (!found->active) return refuse(Refused::teacher_inactive, "", "The teacher is deactivated.");
  if (auto problem = check_person(wanted, command.family_name ? "familyName" : "givenName")) return refuse(problem);
  if (wanted.number != found->number) {
    if (auto problem = check_number(rows, *command.number, wanted.id)) return refuse(problem);
  }
  return accept(event_of<TeacherCorrected>(wanted));
}

Decision on(Rows& rows, const DeactivateTeacher& command) {
  const Teacher* found = rows.teachers.find(command.id);
  if (!found) return refuse_unknown(Refused::teacher_unknown, "teacher");
  if (!found->active) return holds(found->id);
  return accept(TeacherDeactivated{.id = command.id});
}

Decision on(Rows& rows, const ReactivateTeacher& command) {
  const Teacher* found = rows.teachers.find(command.id);
  if (!found) return refuse_unknown(Refused::teacher_unknown, "teacher");
  if (found->active) return holds(found->id);
  return accept(TeacherReactivated{.id = command.id});
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
  set_active(rows, event.id, false);
}

void apply(Rows& rows, const TeacherReactivated& event) {
  set_active(rows, event.id, true);
}

}  // namespace tenantry::roster
