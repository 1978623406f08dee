// The words in which a type is declared: Describe<T> with a tuple of Field.
//
//   template <> struct Describe<roster::TermAdded> {
//     static constexpr std::string_view name = "tenantry.roster.term-added", about = "A term was added.";
//     using T = roster::TermAdded;
//     static constexpr auto fields = std::tuple{field("id", &T::id, "the term"),
//                                               field("name", &T::name, "its name").length(1, 100)};
//   };
//   template <> struct Describe<roster::Outcome> {   // an enum: the names of its values, in the order of packing
//     static constexpr auto choices = std::array{choice(roster::Outcome::pass, "pass"), ...};
//   };
//
// An event of a second or later version also has `using Former = <struct of the version before>`, with its own
// Describe, and `static T upcast(Former)`, with `upcast_about` in words. A published struct and its Describe never
// change again. Compile-time values.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>

namespace tenantry::events {

template <class T>
struct Describe;

// What a value must keep to besides its type. Characters are Unicode characters of a text.
struct Limits {
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::uint32_t characters_min = 0;
  std::uint32_t characters_max = 10'000;
  // What a rule holds the value to when it decides: told in schemas, not looked at when the value is read.
  std::int64_t judged_minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t judged_maximum = std::numeric_limits<std::int64_t>::max();
  bool judged_above = false;             // the minimum itself is refused too
  std::string_view judged_pattern = {};  // of a text: a regular expression of JSON Schema
};

template <class Owner, class Value>
struct Field {
  std::string_view name;
  Value Owner::*member;
  std::string_view about;
  Limits limits = {};
  bool is_personal = false;
  bool is_generated = false;
  bool is_from_path = false;
  bool is_defaulted = false;
  bool is_kept = false;

  // Tells something about a person.
  constexpr Field personal() const { return with(&Field::is_personal); }
  // An id of what the command makes: the server makes one if the command has none.
  constexpr Field generated() const { return with(&Field::is_generated); }
  // Given by the URL's path in the REST API.
  constexpr Field from_path() const { return with(&Field::is_from_path); }
  // May be left out; then the struct's own initial value holds.
  constexpr Field defaulted() const { return with(&Field::is_defaulted); }
  // An optional of a correction: left out, what is there stays. It is never empty, so null is refused.
  constexpr Field kept() const { return with(&Field::is_kept); }
  constexpr Field length(std::uint32_t minimum, std::uint32_t maximum) const {
    Field changed = *this;
    changed.limits.characters_min = minimum;
    changed.limits.characters_max = maximum;
    return changed;
  }
  // Of integers and decimals, in whole units.
  constexpr Field range(std::int64_t minimum, std::int64_t maximum) const {
    Field changed = *this;
    changed.limits.minimum = minimum;
    changed.limits.maximum = maximum;
    return changed;
  }
  // The same, where a rule refuses what lies outside.
  constexpr Field judged(std::int64_t minimum, std::int64_t maximum) const {
    Field changed = *this;
    changed.limits.judged_minimum = minimum;
    changed.limits.judged_maximum = maximum;
    return changed;
  }
  constexpr Field judged_above(std::int64_t minimum) const {
    Field changed = *this;
    changed.limits.judged_minimum = minimum;
    changed.limits.judged_above = true;
    return changed;
  }
  constexpr Field judged_by(std::string_view pattern) const {
    Field changed = *this;
    changed.limits.judged_pattern = pattern;
    return changed;
  }

 private:
  constexpr Field with(bool Field::*flag) const {
    Field changed = *this;
    changed.*flag = true;
    return changed;
  }
};

template <class Owner, class Value>
constexpr Field<Owner, Value> field(std::string_view name, Value Owner::*member, std::string_view about) {
  return {name, member, about};
}

template <class Enum>
struct Choice {
  Enum value;
  std::string_view name;
};

template <class Enum>
constexpr Choice<Enum> choice(Enum value, std::string_view name) {
  return {value, name};
}

template <class T>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(Describe<T>::fields)>;

// Calls visit(field) for each field of T, in order.
template <class T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... each) { (visit(each), ...); }, Describe<T>::fields);
}

}  // namespace tenantry::events
