// A context of its own, of what the kernel offers and no context of the product may use yet: a workshop with jobs.
//
// The program that has it has no other: it defines catalogs() and rulebooks() itself (workshop.cpp).
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <variant>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/quantity.hpp"
#include "domain/kernel/subject.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry::workshop {

struct Context;

struct Job {
  static constexpr std::string_view collection = "jobs";
  Id<Job> id;
  std::string title;
  std::optional<Instant> due_at;  // none once it is done
  Date asked_on;
  Quantity hours;
  int rank = 0;

  bool operator==(const Job&) const = default;
};

using Entities = std::tuple<Job>;

struct AddJob {
  Id<Job> id;
  std::string title;
};

using Command = std::variant<AddJob>;

struct JobAdded {
  Id<Job> id;
  std::string title;

  bool operator==(const JobAdded&) const = default;
};

using Event = std::variant<JobAdded>;

template <class E>
Subject subject(const E& event) {
  return subject_of(event.id);
}

struct Rows {
  Tables& tables;
  Instant decided_at{};
  Table<Job> jobs{tables};
  OrderedIndex<&Job::due_at> jobs_by_due{tables};
};

template <class Command>
Decision on(Rows& rows, const Command& command);
template <class Event>
void apply(Rows& rows, const Event& event);

template <class Message>
Rows rows_for(Tables& tables, const Message&) {
  return Rows{tables};
}

}  // namespace tenantry::workshop
