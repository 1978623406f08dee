#include "domain/roster/rules.hpp"

namespace tenantry::roster {

std::string_view text(Refused code) {
  switch (code) {
    case Refused::term_unknown:
      return "term-unknown";
    case Refused::course_unknown:
      return "course-unknown";
    case Refused::class_unknown:
      return "class-unknown";
    case Refused::student_unknown:
      return "student-unknown";
    case Refused::teacher_unknown:
      return "teacher-unknown";
    case Refused::enrolment_unknown:
      return "enrolment-unknown";
    case Refused::assignment_unknown:
      return "assignment-unknown";
    case Refused::assessment_unknown:
      return "assessment-unknown";
    case Refused::result_unknown:
      return "result-unknown";
    case Refused::term_exists:
      return "term-exists";
    case Refused::course_exists:
      return "course-exists";
    case Refused::class_exists:
      return "class-exists";
    case Refused::student_exists:
      return "student-exists";
    case Refused::teacher_exists:
      return "teacher-exists";
    case Refused::enrolment_exists:
      return "enrolment-exists";
    case Refused::assignment_exists:
      return "assignment-exists";
    case Refused::assessment_exists:
      return "assessment-exists";
    case Refused::result_exists:
      return "result-exists";
    case Refused::term_name_taken:
      return "term-name-taken";
    case Refused::course_code_taken:
      return "course-code-taken";
    case Refused::student_number_taken:
      return "student-number-taken";
    case Refused::teacher_number_taken:
      return "teacher-number-taken";
    case Refused::text_blank:
      return "text-blank";
    case Refused::email_malformed:
      return "email-malformed";
    case Refused::dates_out_of_order:
      return "dates-out-of-order";
    case Refused::class_outside_term:
      return "class-outside-term";
    case Refused::term_excludes_class:
      return "term-excludes-class";
    case Refused::class_closed:
      return "class-closed";
    case Refused::class_full:
      return "class-full";
    case Refused::capacity_out_of_range:
      return "capacity-out-of-range";
    case Refused::capacity_below_enrolled:
      return "capacity-below-enrolled";
    case Refused::student_inactive:
      return "student-inactive";
    case Refused::teacher_inactive:
      return "teacher-inactive";
    case Refused::enrolment_withdrawn:
      return "enrolment-withdrawn";
    case Refused::enrolment_completed:
      return "enrolment-completed";
    case Refused::weight_out_of_range:
      return "weight-out-of-range";
    case Refused::maximum_not_positive:
      return "maximum-not-positive";
    case Refused::maximum_below_score:
      return "maximum-below-score";
    case Refused::score_out_of_range:
      return "score-out-of-range";
    case Refused::student_not_in_class:
      return "student-not-in-class";
    case Refused::result_recorded:
      return "result-recorded";
  }
  return {};
}

}  // namespace tenantry::roster
