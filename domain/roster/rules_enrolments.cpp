// Enrolments: one for each student in a class, active, withdrawn or completed.
//
//   EnrolStudent -> active -- WithdrawStudent --> withdrawn -- ReEnrolStudent --> active
//                     \------ CompleteEnrolment --> completed -- ReopenEnrolment --> active
//
//   TransferStudent moves an active enrolment to another class of the course, and it stays active.
//
// Joining (enrolling, also again, being reopened, and being transferred) needs an active student and an open class with
// room; leaving needs neither. Asking again for what holds makes nothing; asking for it with another day, reason or
// outcome is refused, and CorrectEnrolment is the way to change those of any status, without changing the status.
//
// Days: nobody joins after the last day of the class, nobody completes before its first. Joining before it starts,
// leaving before it starts and leaving or completing after it ended are what schools report and are allowed (of the
// Open University's 32,593 registrations 32,312 are earlier than the class and 2,678 end before it begins). Only days
// that a command gives are judged, by the class as it is then.
#include <stdexcept>

#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"
#include "domain/roster/commands.hpp"

namespace tenantry::roster {
namespace {

auto refuse_withdrawn() {
  return refuse(refused.enrolment_withdrawn, "",
                "The enrolment is withdrawn; the student can be enrolled again in it.");
}

// What was asked for holds already, but with another value in `field`.
auto refuse_otherwise(const RefusalType& type, std::string field) {
  return refuse(type, std::move(field), "That holds already, with another value; CorrectEnrolment changes it.");
}

Decision on_active(const Enrolment& found, const std::optional<Date>& enrolled_on) {
  if (says_otherwise(enrolled_on, found.enrolled_on)) {
    return refuse_otherwise(refused.enrolment_active, "enrolledOn");
  }
  return holds(found.id);
}

Decision on_withdrawn(const Enrolment& found, const WithdrawStudent& command) {
  if (says_otherwise(command.withdrawn_on, found.withdrawn_on)) {
    return refuse_otherwise(refused.enrolment_withdrawn, "withdrawnOn");
  }
  if (says_otherwise(normalised(command.reason), normalised(found.withdrawal_reason))) {
    return refuse_otherwise(refused.enrolment_withdrawn, "reason");
  }
  return holds(found.id);
}

Decision on_completed(const Enrolment& found, const CompleteEnrolment& command) {
  if (found.outcome != command.outcome) return refuse_otherwise(refused.enrolment_completed, "outcome");
  if (says_otherwise(command.completed_on, found.completed_on)) {
    return refuse_otherwise(refused.enrolment_completed, "completedOn");
  }
  return holds(found.id);
}

Problem check_joining_day(const std::optional<Date>& enrolled_on, const Class& joined) {
  if (!enrolled_on || *enrolled_on <= joined.ends_on) return std::nullopt;
  return Refusal{&refused.enrolment_outside_class, "enrolledOn", "The class ends on " + joined.ends_on.text() + "."};
}

Problem check_completion_day(const std::optional<Date>& completed_on, const Class& joined) {
  if (!completed_on || *completed_on >= joined.starts_on) return std::nullopt;
  return Refusal{&refused.enrolment_outside_class, "completedOn",
                 "The class starts on " + joined.starts_on.text() + "."};
}

const RefusalType& refusal_for(EnrolmentStatus status) {
  switch (status) {
    case EnrolmentStatus::active:
      return refused.enrolment_active;
    case EnrolmentStatus::withdrawn:
      return refused.enrolment_withdrawn;
    case EnrolmentStatus::completed:
      return refused.enrolment_completed;
  }
  throw std::logic_error("an enrolment has a status that there is not");
}

// A value belongs to one status alone.
Problem check_belongs(bool is_there, std::string field, EnrolmentStatus where, const Enrolment& wanted) {
  if (!is_there || wanted.status == where) return std::nullopt;
  return Refusal{
      &refusal_for(wanted.status), std::move(field),
      where == EnrolmentStatus::withdrawn ? "The enrolment is not withdrawn." : "The enrolment is not completed."};
}

Problem check_status(const Enrolment& wanted) {
  using enum EnrolmentStatus;
  if (auto problem = check_belongs(wanted.withdrawn_on.has_value(), "withdrawnOn", withdrawn, wanted)) return problem;
  if (auto problem = check_belongs(wanted.withdrawal_reason.has_value(), "withdrawalReason", withdrawn, wanted)) {
    return problem;
  }
  if (auto problem = check_belongs(wanted.outcome.has_value(), "outcome", completed, wanted)) return problem;
  return check_belongs(wanted.completed_on.has_value(), "completedOn", completed, wanted);
}

// The two days that a correction has changed, or one of them, are in order; it names one that was changed.
Problem check_corrected_order(const Enrolment& former, const Enrolment& wanted, std::string field,
                              std::optional<Date> Enrolment::*end) {
  bool end_changed = wanted.*end != former.*end;
  if (!end_changed && wanted.enrolled_on == former.enrolled_on) return std::nullopt;
  return check_order(end_changed ? std::move(field) : "enrolledOn", wanted.enrolled_on, wanted.*end);
}

Problem check_corrected_days(const Enrolment& former, const Enrolment& wanted, const Class& joined) {
  if (auto problem = check_corrected_order(former, wanted, "withdrawnOn", &Enrolment::withdrawn_on)) return problem;
  if (auto problem = check_corrected_order(former, wanted, "completedOn", &Enrolment::completed_on)) return problem;
  if (wanted.enrolled_on != former.enrolled_on) {
    if (auto problem = check_joining_day(wanted.enrolled_on, joined)) return problem;
  }
  if (wanted.completed_on == former.completed_on) return std::nullopt;
  return check_completion_day(wanted.completed_on, joined);
}

// The fields that name student and class are those of the command, if it has them.
Problem check_joining(const Student& student, const Class& joined, std::string student_field, std::string class_field) {
  if (!student.active) {
    return refusal(refused.student_inactive, std::move(student_field));
  }
  if (joined.status == ClassStatus::closed) {
    return refusal(refused.class_closed, std::move(class_field));
  }
  if (joined.enrolled >= joined.capacity) {
    return Refusal{&refused.class_full, std::move(class_field),
                   "All " + std::to_string(joined.capacity) + " places of the class are taken."};
  }
  return std::nullopt;
}

Decision on_enrolled_before(const Enrolment& found, const EnrolStudent& command) {
  if (found.status == EnrolmentStatus::withdrawn) return refuse_withdrawn();
  if (found.status == EnrolmentStatus::completed) return refuse(refused.enrolment_completed, "");
  return on_active(found, command.enrolled_on);
}

void count_enrolled(Rows& rows, const Id<Class>& id, int change) {
  Class changed = existing(rows.classes, id);
  changed.enrolled += change;
  rows.classes.put(std::move(changed));
}

}  // namespace

template <>
Decision on(Rows& rows, const EnrolStudent& command) {
  const Class* joined = rows.classes.find(command.class_id);
  if (!joined) return refuse(refused.class_unknown, "classId");
  const Student* student = rows.students.find(command.student);
  if (!student) return refuse(refused.student_unknown, "studentId");
  if (auto before = rows.enrolment_pairs.holder(command.class_id, command.student)) {
    return on_enrolled_before(existing(rows.enrolments, *before), command);
  }
  if (auto problem = check_joining(*student, *joined, "studentId", "classId")) return refuse(problem);
  if (auto problem = check_joining_day(command.enrolled_on, *joined)) return refuse(problem);
  if (rows.enrolments.find(command.id)) return refuse_exists(refused.enrolment_exists, "enrolment");
  return accept(StudentEnrolled{
      .id = command.id, .class_id = command.class_id, .student = command.student, .enrolled_on = command.enrolled_on});
}

template <>
Decision on(Rows& rows, const WithdrawStudent& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse(refused.enrolment_unknown, "id");
  if (found->status == EnrolmentStatus::completed) return refuse(refused.enrolment_completed, "");
  auto reason = normalised(command.reason);
  bool is_kept = command.reason == found->withdrawal_reason;  // by an event that knew no better, if it is blank
  if (auto problem = is_kept ? std::nullopt : check_text("reason", reason)) return refuse(problem);
  if (found->status == EnrolmentStatus::withdrawn) return on_withdrawn(*found, command);
  if (auto problem = check_order("withdrawnOn", found->enrolled_on, command.withdrawn_on)) return refuse(problem);
  return accept(StudentWithdrawn{.id = found->id,
                                 .class_id = found->class_id,
                                 .student = found->student,
                                 .withdrawn_on = command.withdrawn_on,
                                 .reason = std::move(reason)});
}

template <>
Decision on(Rows& rows, const ReEnrolStudent& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse(refused.enrolment_unknown, "id");
  if (found->status == EnrolmentStatus::active) return on_active(*found, command.enrolled_on);
  if (found->status == EnrolmentStatus::completed) return refuse(refused.enrolment_completed, "");
  Class joined = existing(rows.classes, found->class_id);
  if (auto problem = check_joining(existing(rows.students, found->student), joined, "", "")) return refuse(problem);
  if (auto problem = check_joining_day(command.enrolled_on, joined)) return refuse(problem);
  if (auto problem = check_order("enrolledOn", found->withdrawn_on, command.enrolled_on)) return refuse(problem);
  return accept(StudentReEnrolled{.id = found->id,
                                  .class_id = found->class_id,
                                  .student = found->student,
                                  .enrolled_on = command.enrolled_on ? command.enrolled_on : found->enrolled_on});
}

template <>
Decision on(Rows& rows, const CompleteEnrolment& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse(refused.enrolment_unknown, "id");
  if (found->status == EnrolmentStatus::withdrawn) return refuse_withdrawn();
  if (found->status == EnrolmentStatus::completed) return on_completed(*found, command);
  if (auto problem = check_order("completedOn", found->enrolled_on, command.completed_on)) return refuse(problem);
  if (auto problem = check_completion_day(command.completed_on, existing(rows.classes, found->class_id))) {
    return refuse(problem);
  }
  return accept(EnrolmentCompleted{.id = found->id,
                                   .class_id = found->class_id,
                                   .student = found->student,
                                   .outcome = command.outcome,
                                   .completed_on = command.completed_on});
}

template <>
Decision on(Rows& rows, const ReopenEnrolment& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse(refused.enrolment_unknown, "id");
  if (found->status == EnrolmentStatus::active) return holds(found->id);
  if (found->status == EnrolmentStatus::withdrawn) return refuse_withdrawn();
  Class joined = existing(rows.classes, found->class_id);
  if (auto problem = check_joining(existing(rows.students, found->student), joined, "", "")) return refuse(problem);
  return accept(EnrolmentReopened{.id = found->id, .class_id = found->class_id, .student = found->student});
}

// Results stay with the assessments of the class that they were reached in.
template <>
Decision on(Rows& rows, const TransferStudent& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse(refused.enrolment_unknown, "id");
  const Class* joined = rows.classes.find(command.class_id);
  if (!joined) return refuse(refused.class_unknown, "classId");
  if (found->status == EnrolmentStatus::withdrawn) return refuse_withdrawn();
  if (found->status == EnrolmentStatus::completed) return refuse(refused.enrolment_completed, "");
  if (found->class_id == command.class_id) return holds(found->id);
  if (existing(rows.classes, found->class_id).course != joined->course) {
    return refuse(refused.class_of_another_course, "classId");
  }
  if (rows.enrolment_pairs.holder(command.class_id, found->student)) {
    return refuse(refused.student_in_class, "classId");
  }
  if (auto problem = check_joining(existing(rows.students, found->student), *joined, "", "classId")) {
    return refuse(problem);
  }
  return accept(StudentTransferred{
      .id = found->id, .former_class = found->class_id, .class_id = command.class_id, .student = found->student});
}

template <>
Decision on(Rows& rows, const CorrectEnrolment& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse(refused.enrolment_unknown, "id");
  Enrolment wanted = *found;
  correct(wanted.enrolled_on, command.enrolled_on);
  correct(wanted.withdrawn_on, command.withdrawn_on);
  correct(wanted.completed_on, command.completed_on);
  correct_text(wanted.withdrawal_reason, command.withdrawal_reason);
  if (command.outcome) wanted.outcome = command.outcome;
  if (wanted == *found) return holds(found->id);
  if (auto problem = check_status(wanted)) return refuse(problem);
  if (auto problem = check_text("withdrawalReason", wanted.withdrawal_reason)) return refuse(problem);
  Class joined = existing(rows.classes, found->class_id);
  if (auto problem = check_corrected_days(*found, wanted, joined)) return refuse(problem);
  return accept(EnrolmentCorrected{.id = wanted.id,
                                   .class_id = wanted.class_id,
                                   .student = wanted.student,
                                   .enrolled_on = wanted.enrolled_on,
                                   .withdrawn_on = wanted.withdrawn_on,
                                   .completed_on = wanted.completed_on,
                                   .withdrawal_reason = wanted.withdrawal_reason,
                                   .outcome = wanted.outcome});
}

template <>
void apply(Rows& rows, const StudentEnrolled& event) {
  count_enrolled(rows, event.class_id, 1);
  Enrolment added;
  added.id = event.id;
  added.class_id = event.class_id;
  added.student = event.student;
  added.enrolled_on = event.enrolled_on;
  rows.enrolments.insert(std::move(added));
}

template <>
void apply(Rows& rows, const StudentWithdrawn& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.status = EnrolmentStatus::withdrawn;
  changed.withdrawn_on = event.withdrawn_on;
  changed.withdrawal_reason = event.reason;
  count_enrolled(rows, event.class_id, -1);
  rows.enrolments.put(std::move(changed));
}

template <>
void apply(Rows& rows, const StudentReEnrolled& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.status = EnrolmentStatus::active;
  changed.enrolled_on = event.enrolled_on;
  changed.withdrawn_on.reset();
  changed.withdrawal_reason.reset();
  count_enrolled(rows, event.class_id, 1);
  rows.enrolments.put(std::move(changed));
}

template <>
void apply(Rows& rows, const EnrolmentCompleted& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.status = EnrolmentStatus::completed;
  changed.completed_on = event.completed_on;
  changed.outcome = event.outcome;
  count_enrolled(rows, event.class_id, -1);
  rows.enrolments.put(std::move(changed));
}

template <>
void apply(Rows& rows, const EnrolmentReopened& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.status = EnrolmentStatus::active;
  changed.completed_on.reset();
  changed.outcome.reset();
  count_enrolled(rows, event.class_id, 1);
  rows.enrolments.put(std::move(changed));
}

template <>
void apply(Rows& rows, const StudentTransferred& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.class_id = event.class_id;
  count_enrolled(rows, event.former_class, -1);
  count_enrolled(rows, event.class_id, 1);
  rows.enrolments.put(std::move(changed));
}

template <>
void apply(Rows& rows, const EnrolmentCorrected& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.enrolled_on = event.enrolled_on;
  changed.withdrawn_on = event.withdrawn_on;
  changed.completed_on = event.completed_on;
  changed.withdrawal_reason = event.withdrawal_reason;
  changed.outcome = event.outcome;
  rows.enrolments.put(std::move(changed));
}

}  // namespace tenantry::roster
