// Only texts and ids can be unique: a number's bytes are no key that rules could ask for.
// EXPECT: only a text or an id can be unique
#include "events/catalog/field.hpp"

using namespace tenantry;

struct Room {
  static constexpr std::string_view collection = "rooms";
  Id<Room> id;
  std::string name;
  int seats = 0;
};

constexpr auto name = events::field<&Room::name>("name", "its name").unique('r');
#ifdef FORBIDDEN
constexpr auto seats = events::field<&Room::seats>("seats", "how many").unique('s');
#endif
