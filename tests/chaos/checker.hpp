// The judge of a fault run: holds what clients were answered against what the topics hold, and tables against each
// other.
//
// It shares no code with the product. Records of a deposed owner are reported and then left aside, as readers do.
// Pure function of its argument; any thread.
#pragma once

#include <string>
#include <vector>

#include "tests/chaos/history.hpp"

namespace tenantry::chaos {

enum class Kind {
  lost,             // answered 2xx, and there is no event
  doubled,          // there are two events of one command
  half_applied,     // of commands that go together some were applied
  refused_applied,  // answered 4xx, and there is an event
  refused_wrongly,  // answered 4xx, although nothing was wrong with it
  answer_differs,   // the answer has another id, or a position before its event
  never_answered,   // nobody could say what became of it, although all nodes and brokers were back
  unasked,          // an event with a mark that no client sent
  sequence_broken,  // a tenant's sequence has a gap, goes back or repeats
  moved,            // a tenant has events in two partitions
  deposed_owner,    // an event whose epoch is not that of the latest owner record before it
  foreign_record,   // neither an event nor an owner record
  read_behind,      // a read with a position did not see what it names
  tables_differ     // two nodes, or a node and a rebuild, have different tables
};

struct Violation {
  Kind kind;
  std::string detail;
};

// "lost", "doubled", ... as above, with spaces.
std::string name_of(Kind kind);

std::vector<Violation> check(const History& history);

}  // namespace tenantry::chaos
