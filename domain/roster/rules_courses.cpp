// Courses: a code of their own in the tenant.
#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {
namespace {

Problem check_texts(const Course& wanted) {
  if (auto problem = check_text("code", wanted.code)) return problem;
  return check_text("title", wanted.title);
}

Problem check_code(Rows& rows, const std::string& typed, const Id<Course>& id) {
  if (!is_taken(rows.course_codes, typed, id)) return std::nullopt;
  return Refusal<Refused>{Refused::course_code_taken, "code", "Another course has this code."};
}

// What is added by a command, or was by what became this course.
template <class From>
Course added(const From& from) {
  return {.id = from.id, .code = normalised_key(from.code), .title = normalised(from.title)};
}

}  // namespace

Decision on(Rows& rows, const AddCourse& command) {
  Course wanted = added(command);
  if (const Course* found = rows.courses.find(command.id)) {
    if (added(*found) == wanted) return holds(found->id);
    return refuse_exists(Refused::course_exists, "course");
  }
  if (auto problem = check_texts(wanted)) return refuse(problem);
  if (auto problem = check_code(rows, command.code, wanted.id)) return refuse(problem);
  return accept(CourseAdded{.id = wanted.id, .code = wanted.code, .title = wanted.title});
}

Decision on(Rows& rows, const CorrectCourse& command) {
  const Course* found = rows.courses.find(command.id);
  if (!found) return refuse_unknown(Refused::course_unknown, "course");
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

void apply(Rows& rows, const CourseAdded& event) {
  rows.course_codes.assign(event.code, event.id);
  rows.courses.put({.id = event.id, .code = event.code, .title = event.title});
}

void apply(Rows& rows, const CourseCorrected& event) {
  Course former = existing(rows.courses, event.id);
  reassign(rows.course_codes, former.code, event.code, event.id);
  rows.courses.put({.id = event.id, .code = event.code, .title = event.title});
}

}  // namespace tenantry::roster
