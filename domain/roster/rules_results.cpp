// Results: one for each student in an assessment of a class in which the student has an enrolment, whatever became of
// it, the student and the class: marks arrive late. Only an enrolment that was transferred is none of the former class
// any more. A score lies between 0 and the assessment's score_limit().
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"
#include "domain/roster/commands.hpp"

namespace tenantry::roster {
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
