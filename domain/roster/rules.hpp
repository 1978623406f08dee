// The rules of a roster: what is refused and why, and what each event does to the rows.
//
// Asking twice for what already holds is no error and makes no event: the answer's subject is then the entity that
// holds it, also where the command came with another id (the same student in the same class). It holds only if every
// value that the command gives is the one that is there; another is refused. What makes something gives all of its
// values; a command that changes a status may leave some out, and is content with what is there. Texts are normalised
// before anything else (domain/kernel/text.hpp); codes, numbers and names then compare by their bytes, case included.
// on() and decide() only read; apply() throws std::runtime_error on an event that cannot follow what the
// rows hold. One thread at a time: the writer of the tenant's partition. Whether the tenant takes commands:
// tenancy::admit().
#pragma once

#include <string_view>

#include "domain/kernel/decision.hpp"
#include "domain/kernel/members.hpp"
#include "domain/kernel/table.hpp"
#include "domain/roster/commands.hpp"
#include "domain/roster/events.hpp"

namespace tenantry::roster {

enum class Refused {
  // The id names nothing.
  term_unknown,
  course_unknown,
  class_unknown,
  student_unknown,
  teacher_unknown,
  enrolment_unknown,
  assignment_unknown,
  assessment_unknown,
  result_unknown,
  // The id of what is to be made is in use with other values.
  term_exists,
  course_exists,
  class_exists,
  student_exists,
  teacher_exists,
  enrolment_exists,
  assignment_exists,
  assessment_exists,
  result_exists,
  // Another of the tenant's has it.
  term_name_taken,
  course_code_taken,
  student_number_taken,
  teacher_number_taken,
  text_blank,           // nothing to be seen
  name_missing,         // neither a given name nor a family name
  email_malformed,      // not a@b
  dates_out_of_order,   // ends before it starts, leaves before joining
  class_outside_term,   // a day of the class is not in its term
  term_excludes_class,  // a class of the term would be outside it
  class_closed,
  class_full,
  capacity_out_of_range,    // not 1 to 100,000
  capacity_below_enrolled,  // active enrolments would not fit
  student_inactive,
  teacher_inactive,
  // The enrolment stands otherwise than the command takes for granted: in another status, or (the field says which)
  // with
  // another value, for CorrectEnrolment to change.
  enrolment_active,
  enrolment_withdrawn,      // enrol again with ReEnrolStudent
  enrolment_completed,      // take it back with ReopenEnrolment
  enrolment_outside_class,  // joins after the last day of the class, completes before the first
  weight_out_of_range,      // not 0 to 100
  maximum_not_positive,
  maximum_below_score,   // a recorded score would be above it
  score_out_of_range,    // not 0 to the assessment's score_limit()
  student_not_in_class,  // has never been enrolled in the assessment's class
  result_recorded        // the student has another result in the assessment: correct that
};
// "class-full": stable, part of the API.
std::string_view text(Refused code);

inline constexpr int class_capacity_max = 100'000;

// The highest score that an assessment takes: its maximum; with extra credit twice that, so that a slip of the keyboard
// is still caught. The maximum stays what a score is out of.
inline Decimal score_limit(const Assessment& assessment) {
  return assessment.extra_credit ? Decimal{assessment.maximum_score.hundredths * 2} : assessment.maximum_score;
}

using Decision = tenantry::Decision<Event, Refused>;

// Values of the indexes: a term's name, a course's code, a student's or teacher's number; pair_key() of the class and
// the student or teacher, or of the assessment and the student.
struct Rows {
  Table<Term>& terms;
  Table<Course>& courses;
  Table<Class>& classes;
  Table<Student>& students;
  Table<Teacher>& teachers;
  Table<Enrolment>& enrolments;
  Table<TeachingAssignment>& assignments;
  Table<Assessment>& assessments;
  Table<Result>& results;
  UniqueIndex<Term>& term_names;
  UniqueIndex<Course>& course_codes;
  UniqueIndex<Student>& student_numbers;
  UniqueIndex<Teacher>& teacher_numbers;
  UniqueIndex<Enrolment>& enrolment_pairs;
  UniqueIndex<TeachingAssignment>& assignment_pairs;
  UniqueIndex<Result>& result_pairs;
  Members<Term, Class>& classes_of_term;
  Members<Assessment, Result>& results_of_assessment;
};

Decision on(Rows& rows, const AddTerm& command);
Decision on(Rows& rows, const CorrectTerm& command);
Decision on(Rows& rows, const AddCourse& command);
Decision on(Rows& rows, const CorrectCourse& command);
Decision on(Rows& rows, const OpenClass& command);
Decision on(Rows& rows, const CorrectClass& command);
Decision on(Rows& rows, const CloseClass& command);
Decision on(Rows& rows, const RegisterStudent& command);
Decision on(Rows& rows, const CorrectStudent& command);
Decision on(Rows& rows, const DeactivateStudent& command);
Decision on(Rows& rows, const ReactivateStudent& command);
Decision on(Rows& rows, const RegisterTeacher& command);
Decision on(Rows& rows, const CorrectTeacher& command);
Decision on(Rows& rows, const DeactivateTeacher& command);
Decision on(Rows& rows, const ReactivateTeacher& command);
Decision on(Rows& rows, const EnrolStudent& command);
Decision on(Rows& rows, const WithdrawStudent& command);
Decision on(Rows& rows, const ReEnrolStudent& command);
Decision on(Rows& rows, const CompleteEnrolment& command);
Decision on(Rows& rows, const ReopenEnrolment& command);
Decision on(Rows& rows, const CorrectEnrolment& command);
Decision on(Rows& rows, const AssignTeacher& command);
Decision on(Rows& rows, const UnassignTeacher& command);
Decision on(Rows& rows, const AddAssessment& command);
Decision on(Rows& rows, const CorrectAssessment& command);
Decision on(Rows& rows, const RecordResult& command);
Decision on(Rows& rows, const CorrectResult& command);

void apply(Rows& rows, const TermAdded& event);
void apply(Rows& rows, const TermCorrected& event);
void apply(Rows& rows, const CourseAdded& event);
void apply(Rows& rows, const CourseCorrected& event);
void apply(Rows& rows, const ClassOpened& event);
void apply(Rows& rows, const ClassCorrected& event);
void apply(Rows& rows, const ClassClosed& event);
void apply(Rows& rows, const StudentRegistered& event);
void apply(Rows& rows, const StudentCorrected& event);
void apply(Rows& rows, const StudentDeactivated& event);
void apply(Rows& rows, const StudentReactivated& event);
void apply(Rows& rows, const TeacherRegistered& event);
void apply(Rows& rows, const TeacherCorrected& event);
void apply(Rows& rows, const TeacherDeactivated& event);
void apply(Rows& rows, const TeacherReactivated& event);
void apply(Rows& rows, const StudentEnrolled& event);
void apply(Rows& rows, const StudentWithdrawn& event);
void apply(Rows& rows, const StudentReEnrolled& event);
void apply(Rows& rows, const EnrolmentCompleted& event);
void apply(Rows& rows, const EnrolmentReopened& event);
void apply(Rows& rows, const EnrolmentCorrected& event);
void apply(Rows& rows, const TeacherAssigned& event);
void apply(Rows& rows, const TeacherUnassigned& event);
void apply(Rows& rows, const AssessmentAdded& event);
void apply(Rows& rows, const AssessmentCorrected& event);
void apply(Rows& rows, const ResultRecorded& event);
void apply(Rows& rows, const ResultCorrected& event);

Decision decide(Rows& rows, const Command& command);
void apply(Rows& rows, const Event& event);

}  // namespace tenantry::roster
