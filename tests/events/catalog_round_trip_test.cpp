#include <catch2/catch.hpp>
#include <tuple>

#include "events/catalog/alternatives.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"

using namespace tenantry;
using namespace tenantry::events;
using testing::Random;
using testing::sample;

namespace {

constexpr int samples_of_each = 50;

template <class T>
std::string packed(const T& value) {
  std::string bytes;
  pack(value, bytes);
  return bytes;
}

template <class T>
std::string encoded(const T& value) {
  std::string json;
  encode(value, json);
  return json;
}

// The packed form tells values of commands apart, which have no equality of their own.
template <class T>
void check_round_trips(Random& random) {
  INFO(Describe<T>::name);
  for (int count = 0; count < samples_of_each; ++count) {
    T value = sample<T>(random);
    auto unpacked = unpack<T>(packed(value));
    REQUIRE(unpacked);
    CHECK(encoded(*unpacked) == encoded(value));
    INFO(encoded(value));
    auto decoded = decode<T>(encoded(value));
    REQUIRE(decoded);
    CHECK(packed(*decoded) == packed(value));
    if constexpr (requires { value == value; }) {
      CHECK(*unpacked == value);
      CHECK(*decoded == value);
    }
  }
}

template <class T>
void check_damaged_packing(Random& random) {
  INFO(Describe<T>::name);
  std::string bytes = packed(sample<T>(random));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(unpack<T>(std::string_view{bytes}.substr(0, size)));
  CHECK(unpack<T>(bytes + '\0').error() == DecodeError{"", "has bytes after the last field"});
}

template <class... Types>
void for_each_type(std::type_identity<std::tuple<Types...>>, auto&& visit) {
  (visit(std::type_identity<Types>{}), ...);
}

void for_every_declared_type(auto&& visit) {
  auto inner = [&](auto, auto type) { visit(type); };
  for_each_alternative<AnyCommand>(inner);
  for_each_alternative<AnyEvent>(inner);
  for_each_type(std::type_identity<DirectoryEntities>{}, visit);
  for_each_type(std::type_identity<TenancyEntities>{}, visit);
  for_each_type(std::type_identity<RosterEntities>{}, visit);
  visit(std::type_identity<AssessmentAddedV1>{});
}

}  // namespace

TEST_CASE("every command, event and entity survives JSON and packing", "[catalog]") {
  Random random{20240618};
  for_every_declared_type([&]<class T>(std::type_identity<T>) { check_round_trips<T>(random); });
}

TEST_CASE("packed bytes that are cut or followed by more are refused", "[catalog]") {
  Random random{7};
  for_every_declared_type([&]<class T>(std::type_identity<T>) { check_damaged_packing<T>(random); });
}

TEST_CASE("random bytes never unpack into something that packs differently", "[catalog]") {
  Random random{11};
  for (int count = 0; count < 20'000; ++count) {
    std::string bytes(testing::up_to(random, 90), '\0');
    for (char& byte : bytes) byte = static_cast<char>(testing::up_to(random, 2) == 0 ? random() : random() % 3);
    if (auto value = unpack<roster::Enrolment>(bytes)) CHECK(packed(*value) == bytes);
    if (auto value = unpack<roster::CorrectResult>(bytes)) CHECK(packed(*value) == bytes);
  }
}

TEST_CASE("every event goes through its type and JSON and comes back", "[catalog]") {
  Random random{3};
  for_each_alternative<AnyEvent>([&]<class Context, class T>(std::type_identity<Context>, std::type_identity<T>) {
    AnyEvent event{Context{sample<T>(random)}};
    EncodedEvent encoded = encode_event(event);
    auto decoded = decode_event(encoded.type, encoded.data);
    REQUIRE(decoded);
    CHECK(*decoded == event);
  });
}

TEST_CASE("every command is found by its name", "[catalog]") {
  Random random{5};
  Uuid fresh = testing::fixed_id<tenancy::Tenant>(9).value;
  for_each_alternative<AnyCommand>([&]<class Context, class T>(std::type_identity<Context>, std::type_identity<T>) {
    T command = sample<T>(random);
    INFO(encoded(command));
    auto decoded = decode_command(Describe<T>::name, encoded(command), {}, fresh);
    REQUIRE(decoded);
    CHECK(command_name(*decoded) == Describe<T>::name);
    CHECK(packed(std::get<T>(std::get<Context>(*decoded))) == packed(command));
  });
}
