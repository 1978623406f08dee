// Teaching assignments: one for each teacher of a class. Assigning the pair again changes the role, or begins anew an
// assignment that had ended; it keeps its id. Needs an active teacher and an open class; ending one needs neither.
#include "domain/kernel/existing.hpp"
#include "domain/kernel/pair_key.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {

Decision on(Rows& rows, const AssignTeacher& command) {
  const Class* taught = rows.classes.find(command.class_id);
  if (!taught) return refuse_unknown(Refused::class_unknown, "class", "classId");
  const Teacher* teacher = rows.teachers.find(command.teacher);
  if (!teacher) return refuse_unknown(Refused::teacher_unknown, "teacher", "teacherId");
  auto before = rows.assignment_pairs.holder(pair_key(command.class_id, command.teacher));
  if (before) {
    TeachingAssignment found = existing(rows.assignments, *before);
    if (found.active && found.role == command.role) return holds(found.id);
  }
  if (!teacher->active) return refuse(Refused::teacher_inactive, "teacherId", "The teacher is deactivated.");
  if (taught->status == ClassStatus::closed) return refuse(Refused::class_closed, "classId", "The class is closed.");
  if (!before && rows.assignments.find(command.id)) {
    return refuse_exists(Refused::assignment_exists, "teaching assignment");
  }
  return accept(TeacherAssigned{.id = before.value_or(command.id),
                                .class_id = command.class_id,
                                .teacher = command.teacher,
                                .role = command.role});
}

Decision on(Rows& rows, const UnassignTeacher& command) {
  const TeachingAssignment* found = rows.assignments.find(command.id);
  if (!found) return refuse_unknown(Refused::assignment_unknown, "teaching assignment");
  if (!found->active) return holds(found->id);
  return accept(TeacherUnassigned{.id = found->id, .class_id = found->class_id, .teacher = found->teacher});
}

void apply(Rows& rows, const TeacherAssigned& event) {
  rows.assignment_pairs.assign(pair_key(event.class_id, event.teacher), event.id);
  rows.assignments.put(
      {.id = event.id, .class_id = event.class_id, .teacher = event.teacher, .role = event.role, .active = true});
}

void apply(Rows& rows, const TeacherUnassigned& event) {
  TeachingAssignment changed = existing(rows.assignments, event.id);
  changed.active = false;
  rows.assignments.put(changed);
}

}  // namespace tenantry::roster
