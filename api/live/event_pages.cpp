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

Checked<void> visit_events(events::Log& log, const storage::TenantStore& store, std::uint64_t after,
                           std::size_t count_max, const EventVisitor& visit) {
  while (count_max > 0) {
    std::size_t wanted = std::min(count_max, positions_at_once_max);
    Positions positions;
    auto scanned = scan_rows(store, "s", projections::sequence_key(after), wanted,
                             [&](std::string_view key, std::string_view row) {
                               after = projections::number_at_end(key);
                               positions.push_back(projections::read_number(row));
                               return true;
                             });
    if (!scanned) return scanned;
    if (positions.empty()) return {};
    auto go_on = visit_at(log, store.scope(), positions, visit);
    if (!go_on) return std::unexpected(std::move(go_on.error()));
    if (!*go_on || positions.size() < wanted) return {};
    count_max -= positions.size();
  }
  return {};
}

Checked<void> visit_events(events::Log& log, const storage::TenantStore& store,
                           const std::vector<std::uint64_t>& sequences, const EventVisitor& visit) {
  std::vector<std::string> keys;
  for (std::uint64_t sequence : sequences) keys.push_back(projections::sequence_key(sequence));
  auto rows = read_rows(store, keys);
  if (!rows) return std::unexpected(std::move(rows.error()));
  Positions positions;
  for (const auto& row : *rows) {
    if (!row) return std::unexpected(problem_of(Fault::tables_unreadable, "", "an event has no position"));
    positions.push_back(projections::read_number(*row));
  }
  auto visited = visit_at(log, store.scope(), positions, visit);
  if (!visited) return std::unexpected(std::move(visited.error()));
  return {};
}

}  // namespace tenantry::api
