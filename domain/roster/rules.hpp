// The rules of a roster: what is refused and why, and what each event does to the rows.
//
// Asking twice for what already holds is no error and makes no event: the answer's subject is then the entity that
// holds it, also where the command came with another id (the same student in the same class). It holds only if every
// value that the command gives is the one that is there; another is refused. What makes something gives all of its
// values; a command that changes a status may leave some out, and is content with what is there. Texts are normalised
// before anything else (domain/kernel/text.hpp); codes, numbers and names then compare by their bytes, case included.
// on() only reads; apply() throws std::runtime_error on an event that cannot follow what the rows hold. One thread at a
// time: the writer of the tenant's partition. Whether the tenant takes commands: tenancy::admit().
#pragma once

#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/table.hpp"
#include "domain/roster/entities.hpp"
#include "domain/roster/refusals.hpp"

namespace tenantry::roster {

inline constexpr int class_capacity_max = 100'000;

// The highest score that an assessment takes: its maximum; with extra credit twice that, so that a slip of the keyboard
// is still caught. The maximum stays what a score is out of.
inline Decimal score_limit(const Assessment& assessment) {
  return assessment.extra_credit ? Decimal{assessment.maximum_score.hundredths * 2} : assessment.maximum_score;
}

struct Rows {
  Tables& tables;
  Instant decided_at{};  // when the command is decided, never before the tenant's last time; apply() does not read it
  Table<Term> terms{tables};
  Table<Course> courses{tables};
  Table<Class> classes{tables};
  Table<Student> students{tables};
  Table<Teacher> teachers{tables};
  Table<Enrolment> enrolments{tables};
  Table<TeachingAssignment> assignments{tables};
  Table<Assessment> assessments{tables};
  Table<Result> results{tables};
  UniqueIndex<&Term::name> term_names{tables};
  UniqueIndex<&Course::code> course_codes{tables};
  UniqueIndex<&Student::number> student_numbers{tables};
  UniqueIndex<&Teacher::number> teacher_numbers{tables};
  UniqueIndex<&Enrolment::class_id, &Enrolment::student> enrolment_pairs{tables};
  UniqueIndex<&TeachingAssignment::class_id, &TeachingAssignment::teacher> assignment_pairs{tables};
  UniqueIndex<&Result::assessment, &Result::student> result_pairs{tables};
  Members<&Class::term> classes_of_term{tables};
  Members<&Result::assessment> results_of_assessment{tables};
};

// Of each command and each event of the context, defined by a rules unit as a specialisation: one that is missing does
// not link.
template <class Command>
Decision on(Rows& rows, const Command& command);
template <class Event>
void apply(Rows& rows, const Event& event);

// What a message's rule reads and writes; found beside the message.
template <class Message>
Rows rows_for(Tables& tables, const Message&) {
  return Rows{tables};
}

}  // namespace tenantry::roster
