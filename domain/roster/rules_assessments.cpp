// Assessments: of a known class, with a weight of 0 to 100 per cent and a maximum above 0.
// Nothing is corrected so that a score that is recorded would be above the assessment's score_limit().
//
// Results: one for each student in an assessment of a class in which the student has an enrolment, whatever became of
// it, the student and the class: marks arrive late. Only an enrolment that was transferred is none of the former class
// any more. A score lies between 0 and the assessment's score_limit().
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"
#include "domain/roster/commands.hpp"

namespace tenantry::roster {
namespace {

Problem check(const Assessment& wanted) {
  if (auto problem = check_text("title", wanted.title)) return problem;
  if (auto problem = check_text("category", wanted.category)) return problem;
  if (wanted.weight < Decimal{} || wanted.weight > Decimal::whole(100)) {
    return Refusal{&refused.weight_out_of_range, "weight", "The weight is not 0 to 100 per cent."};
  }
  if (wanted.maximum_score <= Decimal{}) {
    return Refusal{&refused.maximum_not_positive, "maximumScore", "The maximum score is not above 0."};
  }
  return std::nullopt;
}

Problem check_scores(Rows& rows, const Assessment& former, const Assessment& wanted) {
  Decimal limit = score_limit(wanted);
  if (limit >= score_limit(former)) return std::nullopt;
  std::string field = wanted.maximum_score < former.maximum_score ? "maximumScore" : "extraCredit";
  Problem problem;
  rows.results_of_assessment.each(wanted.id, [&](const Id<Result>& id) {
    auto score = existing(rows.results, id).score;
    if (score && *score > limit) {
      problem = Refusal{&refused.maximum_below_score, field, "The score " + score->text() + " is recorded."};
    }
    return !problem;
  });
  return problem;
}

template <class E>  // AssessmentAdded or AssessmentCorrected
E event_of(const Assessment& wanted) {
  return {.id = wanted.id,
          .class_id = wanted.class_id,
          .title = wanted.title,
          .category = wanted.category,
          .weight = wanted.weight,
          .maximum_score = wanted.maximum_score,
          .due_on = wanted.due_on,
          .extra_credit = wanted.extra_credit};
}

// As it stands in a command or an event.
template <class From>
Assessment assessment_of(const From& from) {
  return {.id = from.id,
          .class_id = from.class_id,
          .title = from.title,
          .category = from.category,
          .weight = from.weight,
          .maximum_score = from.maximum_score,
          .due_on = from.due_on,
          .extra_credit = from.extra_credit};
}

// What is added by a command, or was by what became this assessment.
template <class From>
Assessment added(const From& from) {
  Assessment assessment = assessment_of(from);
  assessment.title = normalised(from.title);
  assessment.category = normalised(from.category);
  return assessment;
}

}  // namespace

template <>
Decision on(Rows& rows, const AddAssessment& command) {
  Assessment wanted = added(command);
  if (const Assessment* found = rows.assessments.find(command.id)) {
    if (added(*found) == wanted) return holds(found->id);
    return refuse_exists(refused.assessment_exists, "assessment");
  }
  if (!rows.classes.find(command.class_id)) return refuse(refused.class_unknown, "classId");
  if (auto problem = check(wanted)) return refuse(problem);
  return accept(event_of<AssessmentAdded>(wanted));
}

template <>
Decision on(Rows& rows, const CorrectAssessment& command) {
  const Assessment* found = rows.assessments.find(command.id);
  if (!found) return refuse(refused.assessment_unknown, "id");
  Assessment wanted = *found;
  correct_text(wanted.title, command.title);
  correct_text(wanted.category, command.category);
  correct(wanted.weight, command.weight);
  correct(wanted.maximum_score, command.maximum_score);
  correct(wanted.due_on, command.due_on);
  correct(wanted.extra_credit, command.extra_credit);
  if (wanted == *found) return holds(found->id);
  if (auto problem = check(wanted)) return refuse(problem);
  if (auto problem = check_scores(rows, *found, wanted)) return refuse(problem);
  return accept(event_of<AssessmentCorrected>(wanted));
}

template <>
void apply(Rows& rows, const AssessmentAdded& event) {
  rows.assessments.insert(assessment_of(event));
}

template <>
void apply(Rows& rows, const AssessmentCorrected& event) {
  existing(rows.assessments, event.id);
  rows.assessments.put(assessment_of(event));
}

namespace {

Problem check_score(const std::optional<Decimal>& score, const Assessment& assessment) {
  if (!score || (*score >= Decimal{} && *score <= score_limit(assessment))) return std::nullopt;
  return Refusal{&refused.score_out_of_range, "score", "The score is not 0 to " + score_limit(assessment).text() + "."};
}

Decision on_recorded_before(const Result& found, const RecordResult& command) {
  bool same_values = found.score == command.score && found.submitted_on == command.submitted_on &&
                     found.transferred == command.transferred;
  if (same_values) return holds(found.id);
  return refuse(refused.result_recorded, "", "The student has another result in this assessment; correct that one.");
}

}  // namespace

template <>
Decision on(Rows& rows, const RecordResult& command) {
  const Assessment* assessment = rows.assessments.find(command.assessment);
  if (!assessment) return refuse(refused.assessment_unknown, "assessmentId");
  if (!rows.students.find(command.student)) return refuse(refused.student_unknown, "studentId");
  if (auto before = rows.result_pairs.holder(command.assessment, command.student)) {
    return on_recorded_before(existing(rows.results, *before), command);
  }
  auto enrolment = rows.enrolment_pairs.holder(assessment->class_id, command.student);
  if (!enrolment) {
    return refuse(refused.student_not_in_class, "studentId", "The student has no enrolment in this class.");
  }
  if (auto problem = check_score(command.score, *assessment)) return refuse(problem);
  if (rows.results.find(command.id)) return refuse_exists(refused.result_exists, "result");
  return accept(ResultRecorded{.id = command.id,
                               .assessment = command.assessment,
                               .enrolment = *enrolment,
                               .student = command.student,
                               .score = command.score,
                               .submitted_on = command.submitted_on,
                               .transferred = command.transferred});
}

template <>
Decision on(Rows& rows, const CorrectResult& command) {
  const Result* found = rows.results.find(command.id);
  if (!found) return refuse(refused.result_unknown, "id");
  Result wanted = *found;
  correct(wanted.score, command.score);
  correct(wanted.submitted_on, command.submitted_on);
  if (wanted == *found) return holds(found->id);
  if (wanted.score != found->score) {
    if (auto problem = check_score(wanted.score, existing(rows.assessments, found->assessment))) return refuse(problem);
  }
  return accept(ResultCorrected{.id = wanted.id,
                                .assessment = wanted.assessment,
                                .student = wanted.student,
                                .score = wanted.score,
                                .submitted_on = wanted.submitted_on});
}

template <>
void apply(Rows& rows, const ResultRecorded& event) {
  rows.results.insert({.id = event.id,
                       .assessment = event.assessment,
                       .enrolment = event.enrolment,
                       .student = event.student,
                       .score = event.score,
                       .submitted_on = event.submitted_on,
                       .transferred = event.transferred});
}

template <>
void apply(Rows& rows, const ResultCorrected& event) {
  Result changed = existing(rows.results, event.id);
  changed.score = event.score;
  changed.submitted_on = event.submitted_on;
  rows.results.put(std::move(changed));
}

}  // namespace tenantry::roster
