// The ports of domain/kernel/table.hpp over maps, and the rows of each context made of them, for tests.
//
// Reads and writes are counted, so that a test can hold decide() to reading. A pointer from find() dies with the next
// put() on its table, as the port says, so that a sanitizer sees a rule that keeps one too long. An index throws
// std::logic_error on what no rule may do: assigning a value that another holds, releasing one that nobody holds.
// One thread at a time.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include "domain/directory/rules.hpp"
#include "domain/kernel/members.hpp"
#include "domain/kernel/table.hpp"
#include "domain/roster/rules.hpp"
#include "domain/tenancy/rules.hpp"

namespace tenantry::support {

template <class Entity>
class MemoryTable : public Table<Entity> {
 public:
  const Entity* find(const Id<Entity>& id) override {
    ++reads_;
    auto found = entities_.find(id);
    return found == entities_.end() ? nullptr : &handed_out_.emplace_back(found->second);
  }
  void put(const Entity& entity) override {
    ++writes_;
    entities_.insert_or_assign(entity.id, entity);
    handed_out_.clear();
  }

  const std::map<Id<Entity>, Entity>& content() const { return entities_; }
  const Entity& at(const Id<Entity>& id) const { return entities_.at(id); }
  std::size_t reads() const { return reads_; }
  std::size_t writes() const { return writes_; }

 private:
  std::map<Id<Entity>, Entity> entities_;
  std::deque<Entity> handed_out_;
  std::size_t reads_ = 0;
  std::size_t writes_ = 0;
};

template <class Entity>
class MemoryIndex : public UniqueIndex<Entity> {
 public:
  std::optional<Id<Entity>> holder(std::string_view value) override {
    ++reads_;
    auto found = holders_.find(value);
    if (found == holders_.end()) return std::nullopt;
    return found->second;
  }
  void assign(std::string_view value, const Id<Entity>& holder) override {
    ++writes_;
    auto [place, is_new] = holders_.emplace(value, holder);
    if (!is_new && place->second != holder) throw std::logic_error("the value is another's");
  }
  void release(std::string_view value) override {
    ++writes_;
    if (holders_.erase(std::string{value}) == 0) throw std::logic_error("nobody holds the value");
  }

  const std::map<std::string, Id<Entity>, std::less<>>& content() const { return holders_; }
  std::size_t reads() const { return reads_; }
  std::size_t writes() const { return writes_; }

 private:
  std::map<std::string, Id<Entity>, std::less<>> holders_;
  std::size_t reads_ = 0;
  std::size_t writes_ = 0;
};

template <class Parent, class Child>
class MemoryMembers : public Members<Parent, Child> {
 public:
  void add(const Id<Parent>& parent, const Id<Child>& child) override {
    ++writes_;
    members_[parent].insert(child);
  }
  void each(const Id<Parent>& parent, const typename Members<Parent, Child>::Visitor& visit) override {
    auto found = members_.find(parent);
    if (found == members_.end()) return;
    for (const Id<Child>& child : found->second) {
      if (!visit(child)) return;
    }
  }

  const std::map<Id<Parent>, std::set<Id<Child>>>& content() const { return members_; }
  std::size_t writes() const { return writes_; }

 private:
  std::map<Id<Parent>, std::set<Id<Child>>> members_;
  std::size_t writes_ = 0;
};

// What the memories of all contexts can do; Memory::each(visit) calls visit on every table and index.
template <class Memory>
std::size_t writes(const Memory& memory) {
  return memory.each([](const auto&... parts) { return (parts.writes() + ...); });
}

template <class Memory>
bool same_content(const Memory& left, const Memory& right) {
  return left.each([&](const auto&... lefts) {
    return right.each([&](const auto&... rights) { return ((lefts.content() == rights.content()) && ...); });
  });
}

struct DirectoryMemory {
  using Event = directory::Event;
  using Command = directory::Command;
  using Refused = directory::Refused;

  MemoryTable<directory::Registration> registrations;
  MemoryTable<directory::Totals> totals;
  MemoryIndex<directory::Registration> slugs;
  directory::Rows rows{registrations, totals, slugs};

  auto each(auto visit) const { return visit(registrations, totals, slugs); }
};

struct TenancyMemory {
  using Event = tenancy::Event;
  using Command = tenancy::Command;
  using Refused = tenancy::Refused;

  MemoryTable<tenancy::Tenant> tenants;
  tenancy::Rows rows{tenants};

  auto each(auto visit) const { return visit(tenants); }
};

struct RosterMemory {
  using Event = roster::Event;
  using Command = roster::Command;
  using Refused = roster::Refused;

  MemoryTable<roster::Term> terms;
  MemoryTable<roster::Course> courses;
  MemoryTable<roster::Class> classes;
  MemoryTable<roster::Student> students;
  MemoryTable<roster::Teacher> teachers;
  MemoryTable<roster::Enrolment> enrolments;
  MemoryTable<roster::TeachingAssignment> assignments;
  MemoryTable<roster::Assessment> assessments;
  MemoryTable<roster::Result> results;
  MemoryIndex<roster::Term> term_names;
  MemoryIndex<roster::Course> course_codes;
  MemoryIndex<roster::Student> student_numbers;
  MemoryIndex<roster::Teacher> teacher_numbers;
  MemoryIndex<roster::Enrolment> enrolment_pairs;
  MemoryIndex<roster::TeachingAssignment> assignment_pairs;
  MemoryIndex<roster::Result> result_pairs;
  MemoryMembers<roster::Term, roster::Class> classes_of_term;
  MemoryMembers<roster::Assessment, roster::Result> results_of_assessment;
  roster::Rows rows{
      terms,           courses,         classes,          students,     teachers,        enrolments,
      assignments,     assessments,     results,          term_names,   course_codes,    student_numbers,
      teacher_numbers, enrolment_pairs, assignment_pairs, result_pairs, classes_of_term, results_of_assessment};

  auto each(auto visit) const {
    return visit(terms, courses, classes, students, teachers, enrolments, assignments, assessments, results, term_names,
                 course_codes, student_numbers, teacher_numbers, enrolment_pairs, assignment_pairs, result_pairs,
                 classes_of_term, results_of_assessment);
  }
};

}  // namespace tenantry::support
