// Courses: a code of their own in the tenant.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"
#include "domain/roster/commands.hpp"

namespace tenantry::roster {
namespace {

Problem check_texts(const Course& wanted) {
  if (auto problem = check_text("code", wanted.code)) return problem;
  return check_text("title", wanted.title);
}

Problem check_code(Rows& rows, const std::string& typed, const Id<Course>& id) {
  return check_free(rows.course_codes, typed, id, refused.course_code_taken, "course", "code");
}

// What is added by a command, or was by what became this course.
template <class From>
Course added(const From& from) {
  return {.id = from.id, .code = normalised_key(from.code), .title = normalised(from.title)};
}

}  // namespace

template <>
Decision on(Rows& rows, const AddCourse& command) {
  Course wanted = added(command);
  if (const Course* found = rows.courses.find(command.id)) {
    if (added(*found) == wanted) return holds(found->id);
    return refuse_exists(refused.course_exists, "course");
  }
  if (auto problem = check_texts(wanted)) return refuse(problem);
  if (auto problem = check_code(rows, command.code, wanted.id)) return refuse(problem);
  return accept(CourseAdded{.id = wanted.id, .code = wanted.code, .title = wanted.title});
}

template <>
Decision on(Rows& rows, const CorrectCourse& command) {
  const Course* found = rows.courses.find(command.id);
  if (!found) return refuse(refused.course_unknown, "id");
  Course wanted = *found;
  correct_key(wanted.code, command.code);
  correct_text(wanted.title, command.title);
  if (wanted == *found) return holds(found->id);
  if (auto problem = check_texts(wanted)) return refuse(problem);
  if (wanted.code != found->code) {
    if (auto problem = check_code(rows, *command.code, wanted.id)) return refuse(problem);
  }
  return accept(CourseCorrected{.id = wanted.id, .code = wanted.code, .title = wanted.title});
}

template <>
void apply(Rows& rows, const CourseAdded& event) {
  rows.courses.insert({.id = event.id, .code = event.code, .title = event.title});
}

template <>
void apply(Rows& rows, const CourseCorrected& event) {
  Course changed = existing(rows.courses, event.id);
  changed.code = event.code;
  changed.title = event.title;
  rows.courses.put(std::move(changed));
}

}  // namespace tenantry::roster
