// The tables and indexes that the rules see, over one tenant's changes.
//
// Cheap to make for each command or event; refers to the changes, which outlive it. See domain/kernel/table.hpp for the
// contract and tenant_changes.hpp for what is thrown.
#pragma once

#include "domain/directory/rules.hpp"
#include "domain/roster/rules.hpp"
#include "domain/tenancy/rules.hpp"
#include "projections/tenant_changes.hpp"

namespace tenantry::projections {

template <class Entity>
class StoredTable : public Table<Entity> {
 public:
  explicit StoredTable(TenantChanges& changes) : changes_(changes) {}
  const Entity* find(const Id<Entity>& id) override { return changes_.find(id); }
  void put(const Entity& entity) override { changes_.put(entity); }

 private:
  TenantChanges& changes_;
};

template <class Entity>
class StoredIndex : public UniqueIndex<Entity> {
 public:
  StoredIndex(TenantChanges& changes, Index index) : changes_(changes), index_(index) {}

  std::optional<Id<Entity>> holder(std::string_view value) override {
    auto row = changes_.row(index_key(index_, value));
    if (!row) return std::nullopt;
    return Id<Entity>{id_at_end(*row)};
  }
  void assign(std::string_view value, const Id<Entity>& holder) override {
    changes_.put_row(index_key(index_, value), std::string{holder.value.view()});
  }
  void release(std::string_view value) override { changes_.put_row(index_key(index_, value), std::nullopt); }

 private:
  TenantChanges& changes_;
  Index index_;
};

// A list that rules read, in rows like those of projections/rosters.hpp.
template <class Parent, class Child>
class StoredMembers : public Members<Parent, Child> {
 public:
  StoredMembers(TenantChanges& changes, List list) : changes_(changes), list_(list) {}

  void add(const Id<Parent>& parent, const Id<Child>& child) override {
    changes_.append_row(list_key(list_, parent.value, child.value));
  }
  void each(const Id<Parent>& parent, const typename Members<Parent, Child>::Visitor& visit) override {
    changes_.each_appended(list_prefix(list_, parent.value),
                           [&](std::string_view key) { return visit(Id<Child>{id_at_end(key)}); });
  }

 private:
  TenantChanges& changes_;
  List list_;
};

struct DirectoryTables {
  explicit DirectoryTables(TenantChanges& changes)
      : registrations(changes), totals(changes), slugs(changes, Index::slug) {}

  StoredTable<directory::Registration> registrations;
  StoredTable<directory::Totals> totals;
  StoredIndex<directory::Registration> slugs;
  directory::Rows rows{registrations, totals, slugs};
};

struct TenancyTables {
  explicit TenancyTables(TenantChanges& changes) : tenants(changes) {}

  StoredTable<tenancy::Tenant> tenants;
  tenancy::Rows rows{tenants};
};

struct RosterTables {
  explicit RosterTables(TenantChanges& changes)
      : terms(changes),
        courses(changes),
        classes(changes),
        students(changes),
        teachers(changes),
        enrolments(changes),
        assignments(changes),
        assessments(changes),
        results(changes),
        term_names(changes, Index::term_name),
        course_codes(changes, Index::course_code),
        student_numbers(changes, Index::student_number),
        teacher_numbers(changes, Index::teacher_number),
        enrolment_pairs(changes, Index::enrolment_pair),
        assignment_pairs(changes, Index::assignment_pair),
        result_pairs(changes, Index::result_pair),
        classes_of_term(changes, List::classes_of_term),
        results_of_assessment(changes, List::results_of_assessment) {}

  StoredTable<roster::Term> terms;
  StoredTable<roster::Course> courses;
  StoredTable<roster::Class> classes;
  StoredTable<roster::Student> students;
  StoredTable<roster::Teacher> teachers;
  StoredTable<roster::Enrolment> enrolments;
  StoredTable<roster::TeachingAssignment> assignments;
  StoredTable<roster::Assessment> assessments;
  StoredTable<roster::Result> results;
  StoredIndex<roster::Term> term_names;
  StoredIndex<roster::Course> course_codes;
  StoredIndex<roster::Student> student_numbers;
  StoredIndex<roster::Teacher> teacher_numbers;
  StoredIndex<roster::Enrolment> enrolment_pairs;
  StoredIndex<roster::TeachingAssignment> assignment_pairs;
  StoredIndex<roster::Result> result_pairs;
  StoredMembers<roster::Term, roster::Class> classes_of_term;
  StoredMembers<roster::Assessment, roster::Result> results_of_assessment;
  roster::Rows rows{
      terms,           courses,         classes,          students,     teachers,        enrolments,
      assignments,     assessments,     results,          term_names,   course_codes,    student_numbers,
      teacher_numbers, enrolment_pairs, assignment_pairs, result_pairs, classes_of_term, results_of_assessment};
};

}  // namespace tenantry::projections
