// given(events).when(command).then(events): how a rule of any context is tested.
//
//   given({term, course}).when(OpenClass{...}).then({ClassOpened{...}});
//   given({}).when(CloseClass{...}).then_refused(refused.class_unknown, "id");
//
// Each step also holds the rules to their laws: a rule does not write; what was accepted and applied makes no event
// when it is asked for again, with the same subject; replaying all events gives the same entities. A when() that
// nothing is said of does not compile.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/kernel/decision.hpp"
#include "domain/kernel/subject.hpp"
#include "tests/support/memory_tables.hpp"

namespace tenantry::test {

// An event of any context, which knows how it is applied. Made of the event itself.
class AnyEvent {
 public:
  template <class E>
  AnyEvent(E event)
      : about_(subject(event)), value_(std::move(event)), apply_([](Tables& tables, const Value& value) {
          auto rows = rows_for(tables, value.get<E>());
          apply(rows, value.get<E>());
        }) {}

  void apply_to(Tables& tables) const { apply_(tables, value_); }
  const Subject& about() const { return about_; }
  const Value& value() const { return value_; }

 private:
  Subject about_;
  Value value_;
  void (*apply_)(Tables& tables, const Value& value);
};

using Events = std::vector<AnyEvent>;

inline MemoryTables replayed(const Events& events) {
  MemoryTables tables;
  for (const AnyEvent& event : events) event.apply_to(tables);
  return tables;
}

// What the rule answers, which is held to reading only.
template <class Command>
Decision decide(MemoryTables& tables, const Command& command) {
  auto rows = rows_for(tables, command);
  std::size_t before = tables.writes();
  Decision decision = on(rows, command);
  REQUIRE(tables.writes() == before);
  return decision;
}

class [[nodiscard]] When {
 public:
  using Decide = std::function<Decision(MemoryTables&)>;

  When(Events history, Decide decide)
      : history_(std::move(history)),
        decide_(std::move(decide)),
        tables_(replayed(history_)),
        decision_(decide_(tables_)) {}

  // Answers the tables afterwards, for a look at them.
  MemoryTables then(const Events& wanted) {
    require_accepted();
    std::vector<Value> values;
    for (const AnyEvent& event : wanted) values.push_back(event.value());
    REQUIRE(decision_->events == values);
    if (!wanted.empty()) CHECK(wanted.front().about() == decision_->subject);
    for (const AnyEvent& event : wanted) {
      event.apply_to(tables_);
      history_.push_back(event);
    }
    require_laws();
    return std::move(tables_);
  }

  // Of what is good once: asked for again, it is refused.
  MemoryTables then_once(const Events& wanted, const RefusalType& again) {
    require_accepted();
    std::vector<Value> values;
    for (const AnyEvent& event : wanted) values.push_back(event.value());
    REQUIRE(decision_->events == values);
    for (const AnyEvent& event : wanted) {
      event.apply_to(tables_);
      history_.push_back(event);
    }
    auto repeated = decide_(tables_);
    REQUIRE_FALSE(repeated.has_value());
    CHECK(repeated.error().type == &again);
    CHECK(replayed(history_) == tables_);
    return std::move(tables_);
  }

  // It holds already, in this entity.
  template <class Entity>
  void then_holds(const Id<Entity>& id) {
    require_accepted();
    CHECK(decision_->events.empty());
    CHECK(decision_->subject == subject_of(id));
  }

  void then_refused(const RefusalType& type, std::string_view field) {
    REQUIRE_FALSE(decision_.has_value());
    CHECK(decision_.error().type->word == type.word);
    CHECK(decision_.error().type == &type);
    CHECK(decision_.error().field == field);
    CHECK_FALSE(decision_.error().detail.empty());
  }

 private:
  void require_accepted() const {
    INFO("refused: " << (decision_ ? std::string_view{} : decision_.error().type->word));
    REQUIRE(decision_.has_value());
  }

  void require_laws() {
    auto again = decide_(tables_);
    REQUIRE(again.has_value());
    CHECK(again->events.empty());
    CHECK(again->subject == decision_->subject);
    CHECK(replayed(history_) == tables_);
  }

  Events history_;
  Decide decide_;
  MemoryTables tables_;
  Decision decision_;
};

class [[nodiscard]] Given {
 public:
  explicit Given(Events history) : history_(std::move(history)) {}

  Given& also(AnyEvent event) {
    history_.push_back(std::move(event));
    return *this;
  }
  template <class Command>
  When when(Command command) const {
    return {history_, [command = std::move(command)](MemoryTables& tables) { return decide(tables, command); }};
  }

 private:
  Events history_;
};

inline Given given(Events history) {
  return Given(std::move(history));
}

// The n-th id of its kind.
template <class Entity>
Id<Entity> id(std::uint8_t number) {
  Id<Entity> id;
  id.value.bytes = {0x01, 0x90, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number};
  return id;
}

}  // namespace tenantry::test
