// Values of any declared type, for tests that hold for all of them.
//
// sample<T>(random) fills every field by its type and limits; optionals come empty or full by chance. Deterministic for
// a seed. fixed_id<T>(7) is the id ending in ...07, as the golden files have it.
#pragma once

#include <random>
#include <string>

#include "events/catalog/declarations.hpp"

namespace tenantry::events::testing {

using Random = std::mt19937;

template <class Entity>
Id<Entity> fixed_id(std::uint8_t number) {
  Uuid uuid{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80}};
  uuid.bytes[15] = number;
  return {uuid};
}

inline std::uint64_t up_to(Random& random, std::uint64_t maximum) {
  return std::uniform_int_distribution<std::uint64_t>{0, maximum}(random);
}

inline void fill(Random& random, const Limits&, Uuid& out) {
  for (auto& byte : out.bytes) byte = static_cast<std::uint8_t>(up_to(random, 255));
  out.bytes[0] |= 1;  // never nil
}
template <class Entity>
void fill(Random& random, const Limits& limits, Id<Entity>& out) {
  fill(random, limits, out.value);
}
inline void fill(Random& random, const Limits& limits, std::string& out) {
  static const std::string_view characters[] = {"a", "Z", "9", " ", "\"", "\\", "/", "\u00e9", "\u20ac", "\U0001F600"};
  std::uint64_t count =
      limits.characters_min + up_to(random, std::min(30u, limits.characters_max - limits.characters_min));
  out.clear();
  for (std::uint64_t index = 0; index < count; ++index) out += characters[up_to(random, std::size(characters) - 1)];
}
inline void fill(Random& random, const Limits&, bool& out) {
  out = up_to(random, 1) == 1;
}
inline void fill(Random& random, const Limits&, int& out) {
  out = static_cast<int>(random());
}
inline void fill(Random& random, const Limits&, std::uint64_t& out) {
  out = up_to(random, ~std::uint64_t{0});
}
inline void fill(Random& random, const Limits&, Date& out) {
  out = Date::parse("1900-01-01")->plus_days(static_cast<int>(up_to(random, 400'000)));
}
inline void fill(Random& random, const Limits&, Instant& out) {
  out.unix_ms = static_cast<std::int64_t>(up_to(random, 4'000'000'000'000));
}
inline void fill(Random& random, const Limits&, Decimal& out) {
  out.hundredths = static_cast<std::int64_t>(up_to(random, 199'999'999'998)) - 99'999'999'999;
}
inline void fill(Random& random, const Limits&, Metadata& out) {
  out.json = up_to(random, 1) == 0 ? "{}" : R"({"a":[1,2.50,null,"x\n"],"b":{"c":true}})";
}
template <class Enum>
requires std::is_enum_v<Enum>
void fill(Random& random, const Limits&, Enum& out) {
  const auto& choices = Describe<Enum>::choices;
  out = choices[up_to(random, choices.size() - 1)].value;
}
template <class T>
void fill(Random& random, const Limits& limits, std::optional<T>& out) {
  if (up_to(random, 2) == 0)
    out.reset();
  else
    fill(random, limits, out.emplace());
}

template <class T>
T sample(Random& random) {
  T value{};
  for_each_field<T>([&](const auto& field) { fill(random, field.limits, value.*field.member); });
  return value;
}

}  // namespace tenantry::events::testing
