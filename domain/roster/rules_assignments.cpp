// Teaching assignments: one for each teacher of a class. Assigning the pair again changes the role, or begins anew an
// assignment that had ended; it keeps its id. Needs an active teacher and an open class; ending one needs neither.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"
#include "domain/roster/commands.hpp"

namespace tenantry::roster {

template <>
Decision on(Rows& rows, const AssignTeacher& command) {
  const Class* taught = rows.classes.find(command.class_id);
  if (!taught) return refuse(refused.class_unknown, "classId");
  const Teacher* teacher = rows.teachers.find(command.teacher);
  if (!teacher) return refuse(refused.teacher_unknown, "teacherId");
  auto before = rows.assignment_pairs.holder(command.class_id, command.teacher);
  if (before) {
    TeachingAssignment found = existing(rows.assignments, *before);
    if (found.active && found.role == command.role) return holds(found.id);
  }
  if (!teacher->active) return refuse(refused.teacher_inactive, "teacherId");
  if (taught->status == ClassStatus::closed) return refuse(refused.class_closed, "classId");
  if (!before && rows.assignments.find(command.id)) {
    return refuse_exists(refused.assignment_exists, "teaching assignment");
  }
  return accept(TeacherAssigned{.id = before.value_or(command.id),
                                .class_id = command.class_id,
                                .teacher = command.teacher,
                                .role = command.role});
}

template <>
Decision on(Rows& rows, const UnassignTeacher& command) {
  const TeachingAssignment* found = rows.assignments.find(command.id);
  if (!found) return refuse(refused.assignment_unknown, "id");
  if (!found->active) return holds(found->id);
  return accept(TeacherUnassigned{.id = found->id, .class_id = found->class_id, .teacher = found->teacher});
}

template <>
void apply(Rows& rows, const TeacherAssigned& event) {
  rows.assignments.put(
      {.id = event.id, .class_id = event.class_id, .teacher = event.teacher, .role = event.role, .active = true});
}

template <>
void apply(Rows& rows, const TeacherUnassigned& event) {
  TeachingAssignment changed = existing(rows.assignments, event.id);
  changed.active = false;
  rows.assignments.put(std::move(changed));
}

}  // namespace tenantry::roster
