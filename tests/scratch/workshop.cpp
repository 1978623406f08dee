#include "tests/scratch/workshop.hpp"

#include "domain/contexts.hpp"
#include "domain/kernel/existing.hpp"
#include "domain/kernel/text.hpp"
#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::workshop {

template <>
Decision on(Rows& rows, const AddPart& command) {
  if (rows.parts.find(command.id)) return holds(command.id);
  return accept_one_of<Event>(PartAdded{.id = command.id});
}

template <>
Decision on(Rows& rows, const AddJob& command) {
  if (rows.jobs.find(command.id)) return holds(command.id);
  std::vector<Event> events{JobAdded{.id = command.id,
                                     .title = command.title,
                                     .due_at = command.due_at,
                                     .notes = {normalised_long(command.notes.text)},
                                     .lines = command.lines}};
  for (std::size_t place = 0; place < command.lines.size(); ++place) {
    const Line& line = command.lines[place];
    if (!rows.parts.find(line.part)) return refuse(refused.part_unknown, "lines[" + std::to_string(place) + "].partId");
    events.push_back(PartReserved{.id = line.part, .job = command.id, .quantity = line.quantity});
  }
  return accept_in_order<Event>(std::move(events));
}

template <>
Decision on(Rows& rows, const FinishDueJobs& command) {
  const Job* last = rows.jobs.find(command.last);
  if (!last) return refuse(refused.job_unknown, "lastId");
  if (!last->due_at) return holds(last->id);
  std::vector<Event> events{JobFinished{.id = last->id}};
  for (const auto& due : rows.jobs_by_due.up_to(*last->due_at, 10)) {
    if (due.id != last->id) events.push_back(JobFinished{.id = due.id});
  }
  return accept_in_order<Event>(std::move(events));
}

template <>
void apply(Rows& rows, const PartAdded& event) {
  rows.parts.insert({.id = event.id});
}

template <>
void apply(Rows& rows, const JobAdded& event) {
  rows.jobs.insert(
      {.id = event.id, .title = event.title, .due_at = event.due_at, .notes = event.notes, .lines = event.lines});
}

template <>
void apply(Rows& rows, const PartReserved& event) {
  Part changed = existing(rows.parts, event.id);
  auto reserved = sum(changed.reserved, event.quantity);
  if (!reserved) throw std::runtime_error("more is reserved of a part than can be counted");
  existing(rows.jobs, event.job);
  changed.reserved = *reserved;
  rows.parts.put(std::move(changed));
}

template <>
void apply(Rows& rows, const JobFinished& event) {
  Job changed = existing(rows.jobs, event.id);
  changed.due_at.reset();
  rows.jobs.put(std::move(changed));
}

static void count(projections::Counting&, const Part&, std::int64_t) {}
static void count(projections::Counting&, const Job&, std::int64_t) {}

}  // namespace tenantry::workshop

namespace tenantry::events {

using workshop::Job;
using workshop::Line;
using workshop::Part;

template <>
struct Describe<Part> {
  using T = Part;
  static constexpr char table = 'p';
  static constexpr std::string_view name = "Part", about = "A part.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the part"), field<&T::reserved>("reserved", "how much of it jobs take")};
};

template <>
struct Describe<Line> {
  using T = Line;
  static constexpr std::string_view name = "Line", about = "What a job takes of a part.";
  static constexpr auto fields =
      std::array{field<&T::part>("partId", "the part"), field<&T::quantity>("quantity", "how much").range(0, 1000)};
};

template <>
struct Describe<Job> {
  using T = Job;
  static constexpr char table = 'j';
  static constexpr std::string_view name = "Job", about = "Something to be done.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the job"),
                 field<&T::title>("title", "its title").length(1, 200).ordered('t'),
                 field<&T::due_at>("dueAt", "when it is due, if it is not done").ordered('d'),
                 field<&T::asked_on>("askedOn", "day that it was asked for").ordered('a'),
                 field<&T::hours>("hours", "how long it takes").ordered('h'),
                 field<&T::rank>("rank", "how urgent it is").ordered('r'),
                 field<&T::notes>("notes", "what is to be known").bytes(0, 1000),
                 field<&T::lines>("lines", "what it takes").at_most(5)};
};

template <>
struct Describe<workshop::AddPart> {
  using T = workshop::AddPart;
  static constexpr std::string_view name = "AddPart", about = "Adds a part.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&Part::id>).generated()};
};

template <>
struct Describe<workshop::AddJob> {
  using T = workshop::AddJob;
  static constexpr std::string_view name = "AddJob", about = "Adds a job and reserves what it takes.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&Job::id>).generated(), field<&T::title>(like<&Job::title>),
                 field<&T::due_at>(like<&Job::due_at>), field<&T::notes>(like<&Job::notes>).defaulted(),
                 field<&T::lines>(like<&Job::lines>)};
};

template <>
struct Describe<workshop::FinishDueJobs> {
  using T = workshop::FinishDueJobs;
  static constexpr std::string_view name = "FinishDueJobs", about = "Finishes the jobs that are due by then.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::last>("lastId", "the last of them")};
};

template <>
struct Describe<workshop::PartAdded> {
  using T = workshop::PartAdded;
  static constexpr std::string_view name = "tenantry.workshop.part-added", about = "A part was added.";
  static constexpr auto fields = std::array{field<&T::id>(like<&Part::id>)};
};

template <>
struct Describe<workshop::JobAdded> {
  using T = workshop::JobAdded;
  static constexpr std::string_view name = "tenantry.workshop.job-added", about = "A job was added.";
  static constexpr auto fields = std::array{field<&T::id>(like<&Job::id>), field<&T::title>(like<&Job::title>),
                                            field<&T::due_at>(like<&Job::due_at>), field<&T::notes>(like<&Job::notes>),
                                            field<&T::lines>(like<&Job::lines>)};
};

template <>
struct Describe<workshop::PartReserved> {
  using T = workshop::PartReserved;
  static constexpr std::string_view name = "tenantry.workshop.part-reserved",
                                    about = "A job takes something of a part.";
  static constexpr auto fields = std::array{field<&T::id>(like<&Part::id>), field<&T::job>("jobId", "the job"),
                                            field<&T::quantity>("quantity", "how much")};
};

template <>
struct Describe<workshop::JobFinished> {
  using T = workshop::JobFinished;
  static constexpr std::string_view name = "tenantry.workshop.job-finished", about = "A job was finished.";
  static constexpr auto fields = std::array{field<&T::id>(like<&Job::id>)};
};

std::span<const Catalog* const> catalogs() {
  static const Catalog catalog =
      make_catalog<workshop::Command, workshop::Event, workshop::Entities>("workshop", Stream::tenants);
  static const std::array all{&catalog_of<tenancy::Context>(), &catalog};
  return all;
}

}  // namespace tenantry::events

namespace tenantry::projections {

std::span<const Rulebook* const> rulebooks() {
  static const Rulebook rulebook =
      make_rulebook<workshop::Rows, workshop::Command, workshop::Event, workshop::Entities>(
          [](Tables&, TenantId, const Value&) -> std::optional<Refusal> { return std::nullopt; });
  static const std::array all{&rulebook_of<tenancy::Context>(), &rulebook};
  return all;
}

}  // namespace tenantry::projections
