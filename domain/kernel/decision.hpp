// What a rule answers: the events that a command makes and the entity it is about, or why it is refused.
//
// A rule is an overload `on(rows, command) -> Decision`. No events means that what was asked for holds already: that is
// success, not an error.
#pragma once

#include <expected>
#include <vector>

#include "domain/kernel/refusal.hpp"
#include "domain/kernel/subject.hpp"
#include "domain/kernel/value.hpp"

namespace tenantry {

struct Accepted {
  Subject subject;
  std::vector<Value> events;
};

using Decision = std::expected<Accepted, Refusal>;

}  // namespace tenantry
