#include "events/whole_commands.hpp"

namespace tenantry::events {

bool goes_on(const AttributesView& before, const AttributesView& next) {
  return is_open(before) && next.tenant == before.tenant && next.command_id == before.command_id &&
         next.sequence == before.sequence + 1 && next.owner_epoch == before.owner_epoch &&
         next.command_part == CommandPart{before.command_part.place + 1, before.command_part.count};
}

Run first_run(std::span<const AttributesView* const> attributes) {
  if (attributes.front() == nullptr) return {1, Run::Kind::whole};
  std::size_t last = 0;
  while (last + 1 < attributes.size() && attributes[last + 1] != nullptr &&
         goes_on(*attributes[last], *attributes[last + 1])) {
    ++last;
  }
  Run run{last + 1, Run::Kind::whole};
  if (attributes.front()->command_part.place != 1) {
    run.kind = Run::Kind::torn;
  } else if (is_open(*attributes[last])) {
    run.kind = run.records == attributes.size() ? Run::Kind::open : Run::Kind::torn;
  }
  return run;
}

}  // namespace tenantry::events
