// Students and teachers: people (people.hpp). Who is inactive, until made active again, is not enrolled or assigned;
// the enrolments and assignments that are there may still end.
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
