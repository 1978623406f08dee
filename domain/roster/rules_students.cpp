// Students: people (people.hpp). One who is inactive, until made active again, is not enrolled; the enrolments that are
// there may still end.
#include "domain/roster/commands.hpp"
#include "domain/roster/people.hpp"

namespace tenantry::roster {
namespace {

constexpr People<Student> students{.noun = "student",
                                   .table = &Rows::students,
                                   .numbers = &Rows::student_numbers,
                                   .unknown = refused.student_unknown,
                                   .exists = refused.student_exists,
                                   .number_taken = refused.student_number_taken,
                                   .inactive = refused.student_inactive};

}  // namespace

template <>
Decision on(Rows& rows, const RegisterStudent& command) {
  return register_person<StudentRegistered>(rows, students, command);
}

template <>
Decision on(Rows& rows, const CorrectStudent& command) {
  return correct_person<StudentCorrected>(rows, students, command);
}

template <>
Decision on(Rows& rows, const DeactivateStudent& command) {
  return make_active(rows, students, false, StudentDeactivated{command.id});
}

template <>
Decision on(Rows& rows, const ReactivateStudent& command) {
  return make_active(rows, students, true, StudentReactivated{command.id});
}

template <>
void apply(Rows& rows, const StudentRegistered& event) {
  rows.students.insert(with_texts(Student{.id = event.id}, event));
}

template <>
void apply(Rows& rows, const StudentCorrected& event) {
  rows.students.put(with_texts(existing(rows.students, event.id), event));
}

template <>
void apply(Rows& rows, const StudentDeactivated& event) {
  set_active(rows.students, event.id, false);
}

template <>
void apply(Rows& rows, const StudentReactivated& event) {
  set_active(rows.students, event.id, true);
}

}  // namespace tenantry::roster
