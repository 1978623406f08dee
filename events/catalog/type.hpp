// What the catalog holds of each type, the same for every context: descriptors of commands, events and entities.
//
// A descriptor is made from the type's Describe (make_catalog.hpp), once, and lives until the process ends; its address
// may be kept. Plain values; any thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/permission.hpp"
#include "domain/kernel/subject.hpp"
#include "domain/kernel/value.hpp"
#include "events/catalog/codec.hpp"
#include "events/stream.hpp"

namespace tenantry::events {

struct Type {
  const ValueKind* kind = nullptr;
  std::string_view context;  // "roster"
  std::string name;          // "EnrolStudent", "tenantry.roster.student-enrolled.v1", "Student"
  std::string_view about;
  Fields fields;
};

struct CommandType : Type {
  Permission permission{};  // what it takes to ask for it
  // It makes something, or changes what is there already under another id. Every other command that makes something
  // leaves alone what is there.
  bool may_change_what_is_there = false;

  // Some of it is put in by the server, which a request alone cannot ask for.
  bool is_completed_by_server() const { return std::ranges::any_of(fields, &Field::is_from_server); }
};

// One version of an event.
struct EventType : Type {
  int version = 1;
  bool newest = true;
  std::string_view upcast_about = {};        // what the step from the version before does; empty if there is none
  Value (*upcast)(Value version) = nullptr;  // to the next version; null of the newest
  const Field* subject = nullptr;            // the id of what it is about
  std::string_view subject_collection = {};
  std::vector<const Field*> mentions = {};  // ids of what else it speaks of, and records that may hold some

  Subject subject_of(const void* event) const { return {subject_collection, *subject->type->id(subject->in(event))}; }
};

struct EntityType : Type {
  // What no two entities of a tenant have in common, and under which letter it is indexed.
  struct Key {
    char letter;
    const UniqueKey* key;
    std::string_view field;  // its name in the API; empty for a key of several fields
  };
  // To what an entity belongs, and under which letter it is listed there.
  struct List {
    char letter;
    const ParentKey* key;
    std::string_view parent;  // the parent's collection
  };
  // By which of its values its entities can be listed, and under which letter.
  struct Filter {
    char letter;
    const Field* field;
  };
  // In which order its entities can be visited, and under which letter.
  struct Order {
    char letter;
    const OrderKey* key;
    std::string_view field;
  };

  std::string_view collection;  // its name in the API ("students")
  std::string noun;             // for one of them in a sentence ("student")
  char table = '\0';            // the letter of its rows
  Permission permission{};      // what it takes to read them
  std::vector<Key> keys = {};
  std::vector<List> lists = {};
  std::vector<Filter> filters = {};
  std::vector<Order> orders = {};
};

// A key of several fields, declared beside them: `static constexpr auto keys = std::array{key<&T::a, &T::b>('e')}`.
template <auto... Members>
constexpr EntityType::Key key(char letter) {
  return {letter, &unique_key<Members...>, {}};
}

// What a context knows: its commands and entities, and each version of each event, the newest first, in the order of
// declaration.
struct Catalog {
  std::string_view context;
  Stream stream = Stream::tenants;  // in which its commands are decided: the platform's own, or each tenant's
  std::vector<CommandType> commands = {};
  std::vector<EventType> events = {};
  std::vector<EntityType> entities = {};
};

}  // namespace tenantry::events
