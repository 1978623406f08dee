// A field cannot be like one that the entity does not declare.
// EXPECT: the entity declares no such field
#include <array>

#include "events/catalog/field.hpp"

using namespace tenantry;

struct Room {
  static constexpr std::string_view collection = "rooms";
  Id<Room> id;
  std::string name;
  int seats = 0;
};

template <>
struct tenantry::events::Describe<Room> {
  static constexpr auto fields = std::array{field<&Room::id>("id", "the room"), field<&Room::name>("name", "its name")};
};

struct BuildRoom {
  std::string name;
  int seats = 0;
};

constexpr auto name = events::field<&BuildRoom::name>(events::like<&Room::name>);
#ifdef FORBIDDEN
constexpr auto seats = events::field<&BuildRoom::seats>(events::like<&Room::seats>);
#endif
