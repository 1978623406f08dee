// Enrolments: one for each student in a class, active, withdrawn or completed.
//
//   EnrolStudent -> active -- WithdrawStudent --> withdrawn -- ReEnrolStudent --> active
//                     \------ CompleteEnrolment --> completed, for good
//
// Joining (enrolling, also again) needs an active student and an open class with room; leaving needs neither.
#include "domain/kernel/existing.hpp"
#include "domain/kernel/pair_key.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {
namespace {

auto refuse_withdrawn() {
  return refuse(Refused::enrolment_withdrawn, "",
                "The enrolment is withdrawn; the student can be enrolled again in it.");
}

auto refuse_completed() {
  return refuse(Refused::enrolment_completed, "", "The enrolment is completed.");
}

// The fields that name student and class are those of the command, if it has them.
Problem check_joining(const Student& student, const Class& joined, std::string student_field, std::string class_field) {
  if (!student.active) {
    return Refusal<Refused>{Refused::student_inactive, std::move(student_field), "The student is deactivated."};
  }
  if (joined.status == ClassStatus::closed) {
    return Refusal<Refused>{Refused::class_closed, std::move(class_field), "The class is closed."};
  }
  if (joined.enrolled >= joined.capacity) {
    return Refusal<Refused>{Refused::class_full, std::move(class_field),
                            "All " + std::to_string(joined.capacity) + " places of the class are taken."};
  }
  return std::nullopt;
}

Decision on_enrolled_before(const Enrolment& found) {
  if (found.status == EnrolmentStatus::withdrawn) return refuse_withdrawn();
  if (found.status == EnrolmentStatus::completed) return refuse_completed();
  return holds(found.id);
}

void count_enrolled(Rows& rows, const Id<Class>& id, int change) {
  Class changed = existing(rows.classes, id);
  changed.enrolled += change;
  rows.classes.put(changed);
}

}  // namespace

Decision on(Rows& rows, const EnrolStudent& command) {
  const Class* joined = rows.classes.find(command.class_id);
  if (!joined) return refuse_unknown(Refused::class_unknown, "class", "classId");
  const Student* student = rows.students.find(command.student);
  if (!student) return refuse_unknown(Refused::student_unknown, "student", "studentId");
  if (auto before = rows.enrolment_pairs.holder(pair_key(command.class_id, command.student))) {
    return on_enrolled_before(existing(rows.enrolments, *before));
  }
  if (auto problem = check_joining(*student, *joined, "studentId", "classId")) return refuse(problem);
  if (rows.enrolments.find(command.id)) return refuse_exists(Refused::enrolment_exists, "enrolment");
  return accept(StudentEnrolled{
      .id = command.id, .class_id = command.class_id, .student = command.student, .enrolled_on = command.enrolled_on});
}

Decision on(Rows& rows, const WithdrawStudent& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse_unknown(Refused::enrolment_unknown, "enrolment");
  if (found->status == EnrolmentStatus::withdrawn) return holds(found->id);
  if (found->status == EnrolmentStatus::completed) return refuse_completed();
  auto reason = trim(command.reason);
  if (reason) {
    if (auto problem = check_text("reason", *reason)) return refuse(problem);
  }
  if (auto problem = check_order("withdrawnOn", found->enrolled_on, command.withdrawn_on)) return refuse(problem);
  return accept(StudentWithdrawn{.id = found->id,
                                 .class_id = found->class_id,
                                 .student = found->student,
                                 .withdrawn_on = command.withdrawn_on,
                                 .reason = std::move(reason)});
}

Decision on(Rows& rows, const ReEnrolStudent& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse_unknown(Refused::enrolment_unknown, "enrolment");
  if (found->status == EnrolmentStatus::active) return holds(found->id);
  if (found->status == EnrolmentStatus::completed) return refuse_completed();
  Student student = existing(rows.students, found->student);
  if (auto problem = check_joining(student, existing(rows.classes, found->class_id), "", "")) return refuse(problem);
  if (auto problem = check_order("enrolledOn", found->withdrawn_on, command.enrolled_on)) return refuse(problem);
  return accept(StudentReEnrolled{.id = found->id,
                                  .class_id = found->class_id,
                                  .student = found->student,
                                  .enrolled_on = command.enrolled_on ? command.enrolled_on : found->enrolled_on});
}

Decision on(Rows& rows, const CompleteEnrolment& command) {
  const Enrolment* found = rows.enrolments.find(command.id);
  if (!found) return refuse_unknown(Refused::enrolment_unknown, "enrolment");
  if (found->status == EnrolmentStatus::withdrawn) return refuse_withdrawn();
  if (found->status == EnrolmentStatus::completed) {
    if (found->outcome == command.outcome) return holds(found->id);
    return refuse(Refused::enrolment_completed, "outcome", "The enrolment is completed with another outcome.");
  }
  if (auto problem = check_order("completedOn", found->enrolled_on, command.completed_on)) return refuse(problem);
  return accept(EnrolmentCompleted{.id = found->id,
                                   .class_id = found->class_id,
                                   .student = found->student,
                                   .outcome = command.outcome,
                                   .completed_on = command.completed_on});
}

void apply(Rows& rows, const StudentEnrolled& event) {
  count_enrolled(rows, event.class_id, 1);
  rows.enrolment_pairs.assign(pair_key(event.class_id, event.student), event.id);
  Enrolment added;
  added.id = event.id;
  added.class_id = event.class_id;
  added.student = event.student;
  added.enrolled_on = event.enrolled_on;
  rows.enrolments.put(added);
}

void apply(Rows& rows, const StudentWithdrawn& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.status = EnrolmentStatus::withdrawn;
  changed.withdrawn_on = event.withdrawn_on;
  changed.withdrawal_reason = event.reason;
  count_enrolled(rows, event.class_id, -1);
  rows.enrolments.put(changed);
}

void apply(Rows& rows, const StudentReEnrolled& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.status = EnrolmentStatus::active;
  changed.enrolled_on = event.enrolled_on;
  changed.withdrawn_on.reset();
  changed.withdrawal_reason.reset();
  count_enrolled(rows, event.class_id, 1);
  rows.enrolments.put(changed);
}

void apply(Rows& rows, const EnrolmentCompleted& event) {
  Enrolment changed = existing(rows.enrolments, event.id);
  changed.status = EnrolmentStatus::completed;
  changed.completed_on = event.completed_on;
  changed.outcome = event.outcome;
  count_enrolled(rows, event.class_id, -1);
  rows.enrolments.put(changed);
}

}  // namespace tenantry::roster
