// Teachers: people (people.hpp). One who is inactive, until made active again, is not assigned; the assignments that
// are there may still end.
#include "domain/roster/commands.hpp"
#include "domain/roster/people.hpp"

namespace tenantry::roster {
namespace {

constexpr People<Teacher> teachers{.noun = "teacher",
                                   .table = &Rows::teachers,
                                   .numbers = &Rows::teacher_numbers,
                                   .unknown = refused.teacher_unknown,
                                   .exists = refused.teacher_exists,
                                   .number_taken = refused.teacher_number_taken,
                                   .inactive = refused.teacher_inactive};

}  // namespace

template <>
Decision on(Rows& rows, const RegisterTeacher& command) {
  return register_person<TeacherRegistered>(rows, teachers, command);
}

template <>
Decision on(Rows& rows, const CorrectTeacher& command) {
  return correct_person<TeacherCorrected>(rows, teachers, command);
}

template <>
Decision on(Rows& rows, const DeactivateTeacher& command) {
  return make_active(rows, teachers, false, TeacherDeactivated{command.id});
}

template <>
Decision on(Rows& rows, const ReactivateTeacher& command) {
  return make_active(rows, teachers, true, TeacherReactivated{command.id});
}

template <>
void apply(Rows& rows, const TeacherRegistered& event) {
  rows.teachers.insert(with_texts(Teacher{.id = event.id}, event));
}

template <>
void apply(Rows& rows, const TeacherCorrected& event) {
  rows.teachers.put(with_texts(existing(rows.teachers, event.id), event));
}

template <>
void apply(Rows& rows, const TeacherDeactivated& event) {
  set_active(rows.teachers, event.id, false);
}

template <>
void apply(Rows& rows, const TeacherReactivated& event) {
  set_active(rows.teachers, event.id, true);
}

}  // namespace tenantry::roster
