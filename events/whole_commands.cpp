#include "events/whole_commands.hpp"

#include <utility>

namespace tenantry::events {

bool WholeCommands::take(Position position, std::string_view bytes) {
  auto record = is_one_of_several(bytes) ? decode_record(bytes) : std::unexpected(DecodeError{});
  if (!record) {
    kept_.clear();
    return visit_(position, bytes);
  }
  const CommandPart& part = record->attributes.command_part;
  if (!goes_on(record->attributes)) kept_.clear();
  if (kept_.empty() && part.place != 1) return true;
  kept_.push_back({position, std::string{bytes}});
  return !part.is_last() || visit_kept();
}

std::optional<Position> WholeCommands::open_from() const {
  if (kept_.empty()) return std::nullopt;
  return kept_.front().position;
}

bool WholeCommands::goes_on(const AttributesView& next) const {
  if (kept_.empty()) return false;
  const AttributesView last = decode_record(kept_.back().bytes).value().attributes;
  return next.tenant == last.tenant && next.command_id == last.command_id && next.sequence == last.sequence + 1 &&
         next.owner_epoch == last.owner_epoch &&
         next.command_part == CommandPart{last.command_part.place + 1, last.command_part.count};
}

bool WholeCommands::visit_kept() {
  for (const Kept& each : std::exchange(kept_, {})) {
    if (!visit_(each.position, each.bytes)) return false;
  }
  return true;
}

}  // namespace tenantry::events
