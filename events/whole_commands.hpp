// WholeCommands: the rule by which whoever reads a log tells the events of commands that are there as a whole from what
// is left of others.
//
// The events of a command follow one another directly in their partition, each saying which of how many it is
// (events/record.hpp, commandpart). Logs append them together or not at all; yet a copy may end between them, or a node
// be deposed. Then:
// - what is followed by anything but the command's next event is not there, and is passed over. Its sequences are used
//   again by what was decided after it;
// - what is at the log's end is not there yet: the rest may come, or something else.
// So every reader finds the same events, whenever it reads.
//
// take() is given a partition's records in order, from where a command begins, and visits those that are there; events
// of a command are kept until its last has come. Notes and what cannot be read are visited as they come. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/log.hpp"
#include "events/record.hpp"

namespace tenantry::events {

class WholeCommands {
 public:
  explicit WholeCommands(RecordVisitor visit) : visit_(std::move(visit)) {}

  // What the visitor answered: false to stop.
  bool take(Position position, std::string_view bytes);
  // Where the command begins of which the rest has not come.
  std::optional<Position> open_from() const;

 private:
  struct Kept {
    Position position;
    std::string bytes;
  };
  bool goes_on(const AttributesView& next) const;
  bool visit_kept();

  RecordVisitor visit_;
  std::vector<Kept> kept_;  // the events of a command, from its first
};

}  // namespace tenantry::events
