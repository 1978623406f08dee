// A field is like one of its own type alone.
// EXPECT: a field is like another of the same type, optional or not
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
  static constexpr auto fields = std::array{field<&Room::id>("id", "the room"), field<&Room::name>("name", "its name"),
                                            field<&Room::seats>("seats", "how many sit there")};
};

struct BuildRoom {
  std::optional<int> seats;
};

constexpr auto seats = events::field<&BuildRoom::seats>(events::like<&Room::seats>);
#ifdef FORBIDDEN
constexpr auto wrong = events::field<&BuildRoom::seats>(events::like<&Room::name>);
#endif
