// What holds for every command, event and entity of every context, whatever there are: it goes out and comes back.
#include <catch2/catch.hpp>

#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::test;

namespace {

constexpr int samples_of_each = 50;

Problem unpack_into(const Type& type, std::string_view bytes, Value& value) {
  value = Value::of_kind(*type.kind);
  return unpack(type.fields, bytes, value.data());
}

// The packed form tells values of commands apart, which have no equality of their own.
void check_round_trips(Random& random, const Type& type) {
  INFO(type.name);
  for (int count = 0; count < samples_of_each; ++count) {
    auto [json, value] = sample(random, type);
    INFO(json);
    CHECK(encoded(type.fields, value) == json);
    std::string bytes = packed(type.fields, value);
    Value unpacked;
    REQUIRE_FALSE(unpack_into(type, bytes, unpacked));
    CHECK(encoded(type.fields, unpacked) == json);
    CHECK(packed(type.fields, unpacked) == bytes);
    Value decoded = Value::of_kind(*type.kind);
    REQUIRE_FALSE(decode(type.fields, json, Limited::no, decoded.data()));
    CHECK(packed(type.fields, decoded) == bytes);
  }
}

void check_equality(Random& random, const Type& type) {
  INFO(type.name);
  auto [json, value] = sample(random, type);
  Value unpacked;
  REQUIRE_FALSE(unpack_into(type, packed(type.fields, value), unpacked));
  CHECK(unpacked == value);
  for (int count = 0; count < samples_of_each; ++count) {
    auto [other_json, other] = sample(random, type);
    CHECK((other == value) == (other_json == json));
  }
}

void check_damaged_packing(Random& random, const Type& type) {
  INFO(type.name);
  std::string bytes = packed(type.fields, sample(random, type).value);
  Value value;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK(unpack_into(type, std::string_view{bytes}.substr(0, size), value));
  }
  CHECK(unpack_into(type, bytes + '\0', value) == DecodeError{"", "has bytes after the last field"});
}

}  // namespace

TEST_CASE("every command, event and entity survives JSON and packing", "[catalog]") {
  Random random{20240618};
  CHECK(all_types().size() > 80);
  for (const Type* type : all_types()) check_round_trips(random, *type);
}

TEST_CASE("packed bytes that are cut or followed by more are refused", "[catalog]") {
  Random random{7};
  for (const Type* type : all_types()) check_damaged_packing(random, *type);
}

TEST_CASE("random bytes never unpack into something that packs differently", "[catalog]") {
  Random random{11};
  std::size_t unpacked = 0;
  for (int count = 0; count < 4'000; ++count) {
    std::string bytes(up_to(random, 90), '\0');
    for (char& byte : bytes) byte = static_cast<char>(up_to(random, 2) == 0 ? random() : random() % 3);
    for (const Type* type : all_types()) {
      INFO(type->name);
      Value value;
      if (unpack_into(*type, bytes, value)) continue;
      CHECK(packed(type->fields, value) == bytes);
      ++unpacked;
    }
  }
  CHECK(unpacked > 100);
}

TEST_CASE("values of entities and events of the newest version are equal if all of their fields are", "[catalog]") {
  Random random{13};
  for (const Catalog* catalog : catalogs()) {
    for (const EntityType& type : catalog->entities) check_equality(random, type);
    for (const EventType& type : catalog->events) {
      if (type.newest) check_equality(random, type);
    }
  }
}

TEST_CASE("every event goes through its type and JSON and comes back as the newest version", "[catalog]") {
  Random random{3};
  for (const Catalog* catalog : catalogs()) {
    for (const EventType& type : catalog->events) {
      INFO(type.name);
      auto [json, event] = sample(random, type);
      EncodedEvent encoded = encode_event(event);
      CHECK(encoded.type == type.name);
      CHECK(encoded.data == json);
      auto decoded = decode_event(encoded.type, encoded.data);
      REQUIRE(decoded);
      CHECK(event_type_of(*decoded).newest);
      if (type.newest) CHECK(*decoded == event);
    }
  }
}

TEST_CASE("what the server puts into a command no request gives", "[catalog]") {
  Random random{17};
  std::size_t looked_at = 0;
  for (const Catalog* catalog : catalogs()) {
    for (const CommandType& type : catalog->commands) {
      if (!type.is_completed_by_server()) continue;
      auto [json, command] = sample(random, type);
      INFO(type.name << ' ' << json);
      auto decoded = decode_command(type.name, json, {}, fixed_id<tenancy::Tenant>(9).value);
      REQUIRE_FALSE(decoded);
      CHECK(decoded.error().detail == "is not a field here");
      for (const FieldDescription& each : describe_fields(type.fields, Limited::yes)) {
        CHECK(each.name != decoded.error().field);
      }
      ++looked_at;
    }
  }
  CHECK(looked_at > 0);
}

TEST_CASE("every command is found by its name", "[catalog]") {
  Random random{5};
  Uuid fresh = fixed_id<tenancy::Tenant>(9).value;
  for (const Catalog* catalog : catalogs()) {
    for (const CommandType& type : catalog->commands) {
      if (type.is_completed_by_server()) continue;
      auto [json, command] = sample(random, type);
      INFO(type.name << ' ' << json);
      auto decoded = decode_command(type.name, json, {}, fresh);
      REQUIRE(decoded);
      CHECK(command_name(*decoded) == type.name);
      CHECK(decoded->kind() == type.kind);
      CHECK(packed(type.fields, *decoded) == packed(type.fields, command));
    }
  }
}
