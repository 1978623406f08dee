// Whole commands: the rule by which whoever reads a log tells the events of commands that are there as a whole from
// what is left of others.
//
// The events of a command follow one another directly in their partition, each saying which of how many it is
// (events/record.hpp, commandpart). Logs append them together or not at all; yet a copy may end between them, or a node
// be deposed. Then:
// - what is followed by anything but the command's next event is not there, and is passed over. Its sequences are used
//   again by what was decided after it;
// - what is at the log's end is not there yet: the rest may come, or something else.
// So every reader finds the same events, whenever it reads. Pure functions; any thread.
#pragma once

#include <span>

#include "events/record.hpp"

namespace tenantry::events {

// Whether the one may be followed by nothing but more of its command.
inline bool is_open(const AttributesView& attributes) {
  return !attributes.command_part.is_last();
}
// Whether the next goes on with the command of the one before it.
bool goes_on(const AttributesView& before, const AttributesView& next);

// The records at the front that are of one command: how many, and whether that is all of them. Of a record that cannot
// be read, and of a note, that is one and whole. `attributes` holds nullptr for these.
struct Run {
  enum class Kind { whole, torn, open };  // open: nothing follows that would say
  std::size_t records;
  Kind kind;
};
Run first_run(std::span<const AttributesView* const> attributes);

}  // namespace tenantry::events
