#include "tests/scratch/workshop.hpp"

#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::workshop {

template <>
Decision on(Rows& rows, const AddJob& command) {
  if (rows.jobs.find(command.id)) return holds(command.id);
  return accept_one_of<Event>(JobAdded{.id = command.id, .title = command.title});
}

template <>
void apply(Rows& rows, const JobAdded& event) {
  rows.jobs.insert({.id = event.id, .title = event.title});
}

static void count(projections::Counting&, const Job&, std::int64_t) {}

}  // namespace tenantry::workshop

namespace tenantry::events {

template <>
struct Describe<workshop::Job> {
  using T = workshop::Job;
  static constexpr char table = 'j';
  static constexpr std::string_view name = "Job";
  static constexpr std::string_view about = "Something to be done.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the job"),
                 field<&T::title>("title", "its title").length(1, 200).ordered('t'),
                 field<&T::due_at>("dueAt", "when it is due, if it is not done").ordered('d'),
                 field<&T::asked_on>("askedOn", "day that it was asked for").ordered('a'),
                 field<&T::hours>("hours", "how long it takes").ordered('h'),
                 field<&T::rank>("rank", "how urgent it is").ordered('r')};
};

template <>
struct Describe<workshop::AddJob> {
  using T = workshop::AddJob;
  static constexpr std::string_view name = "AddJob";
  static constexpr std::string_view about = "Adds a job.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&workshop::Job::id>).generated(), field<&T::title>(like<&workshop::Job::title>)};
};

template <>
struct Describe<workshop::JobAdded> {
  using T = workshop::JobAdded;
  static constexpr std::string_view name = "tenantry.workshop.job-added";
  static constexpr std::string_view about = "A job was added.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&workshop::Job::id>), field<&T::title>(like<&workshop::Job::title>)};
};

std::span<const Catalog* const> catalogs() {
  static const Catalog catalog =
      make_catalog<workshop::Command, workshop::Event, workshop::Entities>("workshop", Stream::tenants);
  static const std::array all{&catalog};
  return all;
}

}  // namespace tenantry::events

namespace tenantry::projections {

std::span<const Rulebook* const> rulebooks() {
  static const Rulebook rulebook =
      make_rulebook<workshop::Rows, workshop::Command, workshop::Event, workshop::Entities>(
          [](Tables&, TenantId, const Value&) -> std::optional<Refusal> { return std::nullopt; });
  static const std::array all{&rulebook};
  return all;
}

}  // namespace tenantry::projections
