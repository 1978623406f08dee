// What a rule answers: the events that a command makes and the entity it is about, or why it is refused.
//
// A rule is an overload `on(rows, command) -> Decision`. Of several events each is applied before the next, and nobody
// sees some of them without the others; the first says what the command is about. No events means that what was asked
// for holds already: that is success, not an error.
#pragma once

#include <concepts>
#include <expected>
#include <stdexcept>
#include <utility>
#include <variant>
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

template <class T, class Variant>
inline constexpr bool is_alternative = false;
template <class T, class... Alternatives>
inline constexpr bool is_alternative<T, std::variant<Alternatives...>> = (std::same_as<T, Alternatives> || ...);

// One event, of those that the context lists: Event is its std::variant of them.
template <class Event, class E>
Decision accept_one_of(E event) {
  static_assert(is_alternative<E, Event>, "the event is none of the context's");
  Accepted accepted{subject(event), {}};
  accepted.events.emplace_back(std::move(event));
  return accepted;
}

// Several events, in this order; Event is the context's std::variant. None throws std::logic_error: what holds already
// is said by holds().
template <class Event>
Decision accept_in_order(std::vector<Event> events) {
  if (events.empty()) throw std::logic_error("a command that makes no event holds already");
  Accepted accepted{std::visit([](const auto& event) { return subject(event); }, events.front()), {}};
  for (Event& each : events) {
    std::visit([&](auto& event) { accepted.events.emplace_back(std::move(event)); }, each);
  }
  return accepted;
}

// What was asked for holds already, in this entity.
template <class Entity>
Decision holds(const Id<Entity>& id) {
  return Accepted{subject_of(id), {}};
}

}  // namespace tenantry
