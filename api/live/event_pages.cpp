#include "api/live/event_pages.hpp"

#include <stdexcept>

#include "api/tenants/tables.hpp"
#include "events/engine/engine.hpp"

namespace tenantry::api {
namespace {

constexpr std::size_t positions_at_once_max = 256;

using Positions = std::vector<events::Position>;

// False if the visitor has had enough.
Checked<bool> visit_at(events::Log& log, const TenantScope& scope, const Positions& positions,
                       const EventVisitor& visit) {
  bool go_on = true;
  std::string damage;
  auto read = log.read_at(events::engine::partition_of(scope), positions,
                          [&](events::Position position, std::string_view bytes) {
                            auto event = events::decode_record(bytes);
                            if (!event)
                              damage = "the record at " + std::to_string(position) + ": " + event.error().detail;
                            go_on = event && visit(*event);
                            return go_on;
                          });
  if (!read) return std::unexpected(problem_of(Fault::log_unreadable, "", read.error().detail));
  if (!damage.empty()) return std::unexpected(problem_of(Fault::log_unreadable, "", damage));
  return go_on;
}

}  // namespace

Checked<void> visit_events(events::Log& log, const projections::TenantReader& reader, std::uint64_t after,
                           std::size_t count_max, const EventVisitor& visit) {
  while (count_max > 0) {
    std::size_t wanted = std::min(count_max, positions_at_once_max);
    auto read = checked(reader.positions_after(after, wanted));
    if (!read) return std::unexpected(std::move(read.error()));
    if (read->positions.empty()) return {};
    auto go_on = visit_at(log, reader.scope(), read->positions, visit);
    if (!go_on) return std::unexpected(std::move(go_on.error()));
    if (!*go_on || read->positions.size() < wanted) return {};
    after = read->last;
    count_max -= read->positions.size();
  }
  return {};
}

Checked<void> visit_events(events::Log& log, const projections::TenantReader& reader,
                           const std::vector<std::uint64_t>& sequences, const EventVisitor& visit) {
  auto positions = checked(reader.positions_of(sequences));
  if (!positions) return std::unexpected(std::move(positions.error()));
  auto visited = visit_at(log, reader.scope(), *positions, visit);
  if (!visited) return std::unexpected(std::move(visited.error()));
  return {};
}

}  // namespace tenantry::api
