// A context of its own, of what the kernel offers and no context of the product may use yet: a workshop, whose jobs
// take parts and are due at some time.
//
// The program that has it has tenants besides, and no other context: it defines catalogs() and rulebooks() itself
// (workshop.cpp).
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/long_text.hpp"
#include "domain/kernel/quantity.hpp"
#include "domain/kernel/refusal.hpp"
#include "domain/kernel/subject.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry::workshop {

struct Part {
  static constexpr std::string_view collection = "parts";
  Id<Part> id;
  Quantity reserved;

  bool operator==(const Part&) const = default;
};

// So much of a part is taken by a job.
struct Line {
  Id<Part> part;
  Quantity quantity;

  bool operator==(const Line&) const = default;
};

struct Job {
  static constexpr std::string_view collection = "jobs";
  Id<Job> id;
  std::string title;
  std::optional<Instant> due_at;  // none once it is done
  Date asked_on;
  Quantity hours;
  int rank = 0;
  LongText notes;
  std::vector<Line> lines;

  bool operator==(const Job&) const = default;
};

using Entities = std::tuple<Part, Job>;

struct AddPart {
  Id<Part> id;
};
// Reserves what its lines say.
struct AddJob {
  Id<Job> id;
  std::string title;
  std::optional<Instant> due_at;
  LongText notes;
  std::vector<Line> lines;
};
// Of the jobs that are due, the first ones.
struct FinishDueJobs {
  Id<Job> last;  // the one that the command is about; nothing is done if it is finished
};

using Command = std::variant<AddPart, AddJob, FinishDueJobs>;

struct PartAdded {
  Id<Part> id;

  bool operator==(const PartAdded&) const = default;
};
struct JobAdded {
  Id<Job> id;
  std::string title;
  std::optional<Instant> due_at;
  LongText notes;
  std::vector<Line> lines;

  bool operator==(const JobAdded&) const = default;
};
struct PartReserved {
  Id<Part> id;
  Id<Job> job;
  Quantity quantity;

  bool operator==(const PartReserved&) const = default;
};
struct JobFinished {
  Id<Job> id;

  bool operator==(const JobFinished&) const = default;
};

using Event = std::variant<PartAdded, JobAdded, PartReserved, JobFinished>;

struct Refusals {
  using enum RefusalKind;

  RefusalType part_unknown{"part-unknown", unknown, "There is no such part"};
  RefusalType job_unknown{"job-unknown", unknown, "There is no such job"};
};
inline constexpr Refusals refused;

struct Rows {
  Tables& tables;
  Instant decided_at{};
  Table<Part> parts{tables};
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
