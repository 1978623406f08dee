// What a roster refuses, and why (domain/kernel/refusal.hpp).
#pragma once

#include "domain/kernel/refusal.hpp"

namespace tenantry::roster {

struct Refusals {
  using enum RefusalKind;

  // The id names nothing.
  RefusalType term_unknown{"term-unknown", unknown, "There is no such term"};
  RefusalType course_unknown{"course-unknown", unknown, "There is no such course"};
  RefusalType class_unknown{"class-unknown", unknown, "There is no such class"};
  RefusalType student_unknown{"student-unknown", unknown, "There is no such student"};
  RefusalType teacher_unknown{"teacher-unknown", unknown, "There is no such teacher"};
  RefusalType enrolment_unknown{"enrolment-unknown", unknown, "There is no such enrolment"};
  RefusalType assignment_unknown{"assignment-unknown", unknown, "There is no such teaching assignment"};
  RefusalType assessment_unknown{"assessment-unknown", unknown, "There is no such assessment"};
  RefusalType result_unknown{"result-unknown", unknown, "There is no such result"};
  // The id of what is to be made is in use with other values.
  RefusalType term_exists{"term-exists", taken, "The term exists with other values"};
  RefusalType course_exists{"course-exists", taken, "The course exists with other values"};
  RefusalType class_exists{"class-exists", taken, "The class exists with other values"};
  RefusalType student_exists{"student-exists", taken, "The student exists with other values"};
  RefusalType teacher_exists{"teacher-exists", taken, "The teacher exists with other values"};
  RefusalType enrolment_exists{"enrolment-exists", taken, "The enrolment exists with other values"};
  RefusalType assignment_exists{"assignment-exists", taken, "The teaching assignment exists with other values"};
  RefusalType assessment_exists{"assessment-exists", taken, "The assessment exists with other values"};
  RefusalType result_exists{"result-exists", taken, "The result exists with other values"};
  // Another of the tenant's has it.
  RefusalType term_name_taken{"term-name-taken", taken, "Another term has the name"};
  RefusalType course_code_taken{"course-code-taken", taken, "Another course has the code"};
  RefusalType student_number_taken{"student-number-taken", taken, "Another student has the number"};
  RefusalType teacher_number_taken{"teacher-number-taken", taken, "Another teacher has the number"};
  // nothing to be seen
  RefusalType text_blank{"text-blank", invalid, "The text is blank"};
  RefusalType name_missing{"name-missing", invalid, "A person has a given name or a family name"};
  // not a@b
  RefusalType email_malformed{"email-malformed", invalid, "The e-mail address is malformed"};
  // ends before it starts, leaves before joining
  RefusalType dates_out_of_order{"dates-out-of-order", invalid, "The dates are out of order"};
  RefusalType class_outside_term{"class-outside-term", invalid, "The class does not lie within its term"};
  RefusalType term_excludes_class{"term-excludes-class", conflict, "A class of the term would lie outside it"};
  RefusalType class_closed{"class-closed", conflict, "The class is closed"};
  RefusalType class_full{"class-full", conflict, "The class is full"};
  // not 1 to 100,000
  RefusalType capacity_out_of_range{"capacity-out-of-range", invalid, "The capacity is out of range"};
  RefusalType capacity_below_enrolled{"capacity-below-enrolled", conflict,
                                      "More students are enrolled than the capacity allows"};
  RefusalType student_inactive{"student-inactive", conflict, "The student is deactivated"};
  RefusalType teacher_inactive{"teacher-inactive", conflict, "The teacher is deactivated"};
  // The enrolment stands otherwise than the command takes for granted: in another status, or (the field says which)
  // with another value, for CorrectEnrolment to change.
  RefusalType enrolment_active{"enrolment-active", conflict, "The enrolment is active"};
  // enrol again with ReEnrolStudent
  RefusalType enrolment_withdrawn{"enrolment-withdrawn", conflict, "The enrolment is withdrawn"};
  // take it back with ReopenEnrolment
  RefusalType enrolment_completed{"enrolment-completed", conflict, "The enrolment is completed"};
  // joins after the last day of the class, completes before the first
  RefusalType enrolment_outside_class{"enrolment-outside-class", invalid, "The day does not fit the days of the class"};
  RefusalType class_of_another_course{"class-of-another-course", conflict, "The class is not of the same course"};
  RefusalType student_in_class{"student-in-class", conflict, "The student has another enrolment in the class"};
  // not 0 to 100
  RefusalType weight_out_of_range{"weight-out-of-range", invalid, "The weight is out of range"};
  RefusalType maximum_not_positive{"maximum-not-positive", invalid, "The maximum score is not positive"};
  RefusalType maximum_below_score{"maximum-below-score", conflict, "A score above the maximum is recorded"};
  // not 0 to the assessment's score_limit()
  RefusalType score_out_of_range{"score-out-of-range", invalid, "The score is out of range"};
  RefusalType student_not_in_class{"student-not-in-class", conflict, "The student has no enrolment in the class"};
  // that one can be corrected
  RefusalType result_recorded{"result-recorded", conflict, "The student has another result in the assessment"};
};

inline constexpr Refusals refused;

}  // namespace tenantry::roster
