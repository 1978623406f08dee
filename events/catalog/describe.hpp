// Describe<T>: how a type is declared to the catalog. The words that its fields are declared in: field.hpp.
//
//   template <> struct Describe<roster::TermAdded> {
//     using T = roster::TermAdded;
//     static constexpr std::string_view name = "tenantry.roster.term-added", about = "A term was added.";
//     static constexpr auto fields = std::array{field<&T::id>("id", "the term"),
//                                               field<&T::name>("name", "its name")};
//   };
//   template <> struct Describe<roster::Outcome> {   // an enum: the names of its values, in the order of packing
//     static constexpr auto choices = std::array{choice(roster::Outcome::pass, "pass"), ...};
//   };
//
// An event of a second or later version also has `using Former = <struct of the version before>`, with its own
// Describe, and `static T upcast(Former)`, with `upcast_about` in words. A published struct and its Describe never
// change again. Commands and entities say which `permission` it takes to ask for them, or to read them. An entity has
// `table` and perhaps `keys` (type.hpp), and `noun` where one of its collection is not called as the collection is
// without its last letter ("class" of "classes"). A record, a small struct that fields of others hold, alone or as a
// list of them, has a name, what it is about, and fields. Compile-time values.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "domain/kernel/long_text.hpp"
#include "domain/kernel/permission.hpp"

namespace tenantry::events {

template <class T>
struct Describe;

// Whether the limits of fields hold: they bind what a request may say, not what is stored.
enum class Limited { no, yes };

// What a value must keep to besides its type. Characters are Unicode characters of a text, bytes those of a long text
// in UTF-8.
struct Limits {
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::uint32_t characters_min = 0;
  std::uint32_t characters_max = 10'000;
  std::uint32_t bytes_min = 0;
  std::uint32_t bytes_max = LongText::bytes_max;
  std::uint32_t items_max = 0;    // of a list; 0: not declared
  Limited within = Limited::yes;  // of records: whether the limits of their fields hold
  // What a rule holds the value to when it decides: told in schemas, not looked at when the value is read.
  std::int64_t judged_minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t judged_maximum = std::numeric_limits<std::int64_t>::max();
  bool judged_above = false;             // the minimum itself is refused too
  std::string_view judged_pattern = {};  // of a text: a regular expression of JSON Schema
};

template <class Enum>
struct Choice {
  Enum value;
  std::string_view name;
};

template <class Enum>
constexpr Choice<Enum> choice(Enum value, std::string_view name) {
  return {value, name};
}

}  // namespace tenantry::events
