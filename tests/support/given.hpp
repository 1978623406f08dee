// given(events).when(command).then(events): how a rule is tested. Memory is one of memory_rows.hpp.
//
//   given<RosterMemory>({term, course}).when(OpenClass{...}).then({ClassOpened{...}});
//   given<RosterMemory>({}).when(CloseClass{...}).then_refused(Refused::class_unknown, "id");
//
// Each step also holds the rules to their laws: decide() does not write; what was accepted and applied makes no event
// when it is asked for again, with the same subject; replaying all events gives the same rows.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/kernel/subject.hpp"
#include "tests/support/memory_rows.hpp"

namespace tenantry::support {

// decide(), held to reading only.
template <class Memory>
auto decide_reading(Memory& memory, const typename Memory::Command& command) {
  std::size_t before = writes(memory);
  auto decision = decide(memory.rows, command);
  REQUIRE(writes(memory) == before);
  return decision;
}

template <class Memory>
std::unique_ptr<Memory> replayed(const std::vector<typename Memory::Event>& events) {
  auto memory = std::make_unique<Memory>();
  for (const auto& event : events) apply(memory->rows, event);
  return memory;
}

template <class Memory>
class When {
 public:
  using Event = typename Memory::Event;

  When(std::vector<Event> history, typename Memory::Command command)
      : history_(std::move(history)),
        command_(std::move(command)),
        memory_(replayed<Memory>(history_)),
        decision_(decide_reading(*memory_, command_)) {}

  // Answers the rows afterwards, for a look at them.
  std::unique_ptr<Memory> then(const std::vector<Event>& wanted) {
    INFO("refused: " << refusal());
    REQUIRE(decision_.has_value());
    REQUIRE(decision_->events == wanted);
    for (const Event& event : wanted) {
      apply(memory_->rows, event);
      history_.push_back(event);
      CHECK(std::visit([](const auto& each) { return subject(each); }, event) == decision_->subject);
    }
    require_laws();
    return std::move(memory_);
  }

  // It holds already, in this entity.
  template <class Entity>
  void then_holds(const Id<Entity>& id) {
    INFO("refused: " << refusal());
    REQUIRE(decision_.has_value());
    CHECK(decision_->events.empty());
    CHECK(decision_->subject == subject_of(id));
  }

  void then_refused(typename Memory::Refused code, std::string_view field) {
    REQUIRE_FALSE(decision_.has_value());
    CHECK(text(decision_.error().code) == text(code));
    CHECK(decision_.error().field == field);
    CHECK_FALSE(decision_.error().detail.empty());
  }

 private:
  std::string_view refusal() const { return decision_ ? std::string_view{} : text(decision_.error().code); }

  void require_laws() {
    auto again = decide_reading(*memory_, command_);
    REQUIRE(again.has_value());
    CHECK(again->events.empty());
    CHECK(again->subject == decision_->subject);
    CHECK(same_content(*replayed<Memory>(history_), *memory_));
  }

  std::vector<Event> history_;
  typename Memory::Command command_;
  std::unique_ptr<Memory> memory_;
  decltype(decide(std::declval<Memory&>().rows, std::declval<const typename Memory::Command&>())) decision_;
};

template <class Memory>
class Given {
 public:
  explicit Given(std::vector<typename Memory::Event> history) : history_(std::move(history)) {}

  Given& also(typename Memory::Event event) {
    history_.push_back(std::move(event));
    return *this;
  }
  When<Memory> when(typename Memory::Command command) const { return {history_, std::move(command)}; }

 private:
  std::vector<typename Memory::Event> history_;
};

template <class Memory>
Given<Memory> given(std::vector<typename Memory::Event> history) {
  return Given<Memory>(std::move(history));
}

// The n-th id of its kind.
template <class Entity>
Id<Entity> id(std::uint8_t number) {
  Id<Entity> id;
  id.value.bytes = {0x01, 0x90, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number};
  return id;
}

}  // namespace tenantry::support
