#include "events/catalog/catalog.hpp"

#include "domain/contexts.hpp"
#include "domain/facilities/commands.hpp"
#include "domain/facilities/events.hpp"
#include "events/catalog/make_catalog.hpp"

namespace tenantry::events {

template <>
struct Describe<facilities::Room> {
  using T = facilities::Room;
  static constexpr char table = 'R';
  static constexpr std::string_view name = "Room";
  static constexpr std::string_view about = "A room of the school.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the room"),
                 field<&T::code>("code", "its code, unique in the tenant").length(1, 20).unique('R'),
                 field<&T::open>("open", "whether it may be used"),
                 field<&T::inspected>("inspected", "whether somebody has looked at it"),
                 field<&T::opens_at>("opensAt", "when a closed room is opened again")};
};

template <>
struct Describe<facilities::AddRoom> {
  using T = facilities::AddRoom;
  static constexpr std::string_view name = "AddRoom";
  static constexpr std::string_view about = "Adds a room.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&facilities::Room::id>).generated(),
                                            field<&T::code>(like<&facilities::Room::code>)};
};

template <>
struct Describe<facilities::CloseRoom> {
  using T = facilities::CloseRoom;
  static constexpr std::string_view name = "CloseRoom";
  static constexpr std::string_view about = "Closes a room, for good or until an instant.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&facilities::Room::id>).from_path(),
                                            field<&T::opens_at>(like<&facilities::Room::opens_at>)};
};

template <>
struct Describe<facilities::InspectRoom> {
  using T = facilities::InspectRoom;
  static constexpr std::string_view name = "InspectRoom";
  static constexpr std::string_view about = "Says that a room was looked at.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&facilities::Room::id>).from_path()};
};

template <>
struct Describe<facilities::OpenRoom> {
  using T = facilities::OpenRoom;
  static constexpr std::string_view name = "OpenRoom";
  static constexpr std::string_view about = "Opens a closed room again.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&facilities::Room::id>).from_path()};
};

template <>
struct Describe<facilities::RoomAdded> {
  using T = facilities::RoomAdded;
  static constexpr std::string_view name = "tenantry.facilities.room-added";
  static constexpr std::string_view about = "A room was added.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&facilities::Room::id>), field<&T::code>(like<&facilities::Room::code>)};
};

template <>
struct Describe<facilities::RoomClosed> {
  using T = facilities::RoomClosed;
  static constexpr std::string_view name = "tenantry.facilities.room-closed";
  static constexpr std::string_view about = "A room was closed, for good or until an instant.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&facilities::Room::id>), field<&T::opens_at>(like<&facilities::Room::opens_at>)};
};

template <>
struct Describe<facilities::RoomInspected> {
  using T = facilities::RoomInspected;
  static constexpr std::string_view name = "tenantry.facilities.room-inspected";
  static constexpr std::string_view about = "A room was looked at.";
  static constexpr auto fields = std::array{field<&T::id>(like<&facilities::Room::id>)};
};

template <>
struct Describe<facilities::RoomOpened> {
  using T = facilities::RoomOpened;
  static constexpr std::string_view name = "tenantry.facilities.room-opened";
  static constexpr std::string_view about = "A closed room was opened again.";
  static constexpr auto fields = std::array{field<&T::id>(like<&facilities::Room::id>)};
};

template <>
const Catalog& catalog_of<facilities::Context>() {
  static const Catalog catalog =
      make_catalog<facilities::Command, facilities::Event, facilities::Entities>("facilities", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
