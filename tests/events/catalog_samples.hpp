// Values of any declared type, for tests that hold for all of them: those of the catalog, whatever contexts it has, and
// those that a test declares itself.
//
// A sample is made from the fields' descriptors alone: its JSON, as it must be written, and what that is decoded to.
// Every field has a value of its type within its limits, often at their ends; optionals come empty or full by chance,
// and an optional of an optional null too. Deterministic for a seed.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "domain/kernel/value.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::test {

using Random = std::mt19937;

std::uint64_t up_to(Random& random, std::uint64_t maximum);

// The id ending in ...07, as the golden files have it.
template <class Entity>
Id<Entity> fixed_id(std::uint8_t number) {
  Uuid uuid{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80}};
  uuid.bytes[15] = number;
  return {uuid};
}

struct Sample {
  std::string json;
  Value value;
};
// Fails the test if the JSON cannot be decoded.
Sample sample(Random& random, const ValueKind& kind, events::Fields fields);
inline Sample sample(Random& random, const events::Type& type) {
  return sample(random, *type.kind, type.fields);
}

// Every command, event (each version) and entity of every catalog.
std::vector<const events::Type*> all_types();

std::string packed(events::Fields fields, const Value& value);
std::string encoded(events::Fields fields, const Value& value);

}  // namespace tenantry::test
