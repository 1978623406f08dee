// What a rule answers: the events that a command makes and the entity it is about, or why it is refused.
//
// A rule is an overload `on(rows, command) -> Decision`; a context fixes both type parameters. No events means that
// what was asked for holds already: that is success, not an error. A refusal is a value: the context's own code, the
// command's field that it is about (empty if it is about none), and a sentence for a person.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "domain/kernel/subject.hpp"

namespace tenantry {

template <class Event>
struct Accepted {
  Subject subject;
  std::vector<Event> events;
};

template <class Code>
struct Refusal {
  Code code;
  std::string field;
  std::string detail;

  bool operator==(const Refusal&) const = default;
};

template <class Event, class Code>
using Decision = std::expected<Accepted<Event>, Refusal<Code>>;

template <class Code>
std::unexpected<Refusal<Code>> refuse(Code code, std::string field, std::string detail) {
  return std::unexpected(Refusal<Code>{code, std::move(field), std::move(detail)});
}

}  // namespace tenantry
