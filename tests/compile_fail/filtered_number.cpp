// A collection is listed by choices alone: a number has too many values, each of which would be a list.
// EXPECT: only a choice can be filtered by
#include "events/catalog/field.hpp"

using namespace tenantry;

struct Room {
  static constexpr std::string_view collection = "rooms";
  Id<Room> id;
  bool open = true;
  int seats = 0;
};

constexpr auto open_rooms = events::field<&Room::open>("open", "whether it may be used").filtered('o');
#ifdef FORBIDDEN
constexpr auto seats = events::field<&Room::seats>("seats", "how many").filtered('s');
#endif
