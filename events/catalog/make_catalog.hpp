// A context's catalog, made from the Describe of each of its types. Included by events/catalog/{context}/catalog.cpp
// alone: it is what costs time to compile. A declaration that cannot be does not compile, or throws std::logic_error at
// the start.
#pragma once

#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <variant>

#include "events/catalog/type.hpp"

namespace tenantry::events {

template <class T>
inline constexpr bool has_former = requires {
  typename Describe<T>::Former;
};

template <class T>
constexpr int version_of() {
  if constexpr (has_former<T>)
    return 1 + version_of<typename Describe<T>::Former>();
  else
    return 1;
}

// Personal data can be sealed for its person alone: what is stored with it holds the person's id.
template <class T>
consteval bool check_persons() {
  for (const Field& each : Describe<T>::fields) {
    bool found = each.person.empty();
    for (const Field& other : Describe<T>::fields) found |= other.name == each.person && other.type->names_person;
    if (!found) throw "a personal field is stored without the id of a person in the field that it names";
  }
  return true;
}

// Nobody forgets to say that a text is about a person: an entity has declared it, or it is personal here.
template <class T>
consteval bool check_texts() {
  for (const Field& each : Describe<T>::fields) {
    if (!each.type->is_free_text || each.is_like_entity || !each.person.empty()) continue;
    throw "a text is neither like an entity's field nor personal";
  }
  return true;
}

// Whatever is written of a person is personal.
template <class T>
consteval bool check_texts_of_person() {
  if constexpr (names_person<Id<T>>) {
    for (const Field& each : Describe<T>::fields) {
      if (each.type->is_free_text && each.person.empty()) throw "a text of a person is not personal";
    }
  }
  return true;
}

template <class T>
Type make_type(std::string_view context, std::string name) {
  static_assert(field_count<T> <= fields_max);
  static_assert(lists_are_limited<T>(), "a list is declared at_most() so many items");
  return {&kind_of<T>, context, std::move(name), Describe<T>::about, Describe<T>::fields};
}

template <class T>
CommandType make_command_type(std::string_view context) {
  static_assert(check_texts<T>());
  CommandType type{make_type<T>(context, std::string{Describe<T>::name}), Describe<T>::permission};
  type.may_change_what_is_there = requires {
    Describe<T>::may_change_what_is_there;
  };
  return type;
}

// "teaching assignment" of "teaching-assignments".
std::string singular_of(std::string_view collection);

template <class T>
EntityType make_entity_type(std::string_view context) {
  static_assert(check_persons<T>() && check_texts_of_person<T>());
  EntityType type{make_type<T>(context, std::string{Describe<T>::name})};
  type.collection = T::collection;
  type.table = Describe<T>::table;
  type.permission = Describe<T>::permission;
  if constexpr (requires { Describe<T>::noun; })
    type.noun = Describe<T>::noun;
  else
    type.noun = singular_of(type.collection);
  for (const Field& each : type.fields) {
    if (each.key_letter != '\0') type.keys.push_back({each.key_letter, each.key, each.name});
    if (each.list_letter != '\0') type.lists.push_back({each.list_letter, each.parent, each.type->names});
    if (each.filter_letter != '\0') type.filters.push_back({each.filter_letter, &each});
    if (each.order_letter != '\0') type.orders.push_back({each.order_letter, each.order, each.name});
  }
  if constexpr (requires { Describe<T>::keys; }) {
    type.keys.insert(type.keys.end(), Describe<T>::keys.begin(), Describe<T>::keys.end());
  }
  return type;
}

void find_subject(EventType& type);

// `Event` is the newest version, `Version` this one.
template <class Event, class Version>
EventType make_event_type(std::string_view context) {
  static_assert(check_persons<Version>());
  if constexpr (std::is_same_v<Event, Version>) static_assert(check_texts<Version>());
  EventType type{
      make_type<Version>(context, std::string{Describe<Version>::name} + ".v" + std::to_string(version_of<Version>()))};
  type.version = version_of<Version>();
  type.newest = std::is_same_v<Event, Version>;
  if constexpr (has_former<Version>) type.upcast_about = Describe<Version>::upcast_about;
  find_subject(type);
  return type;
}

template <class Event, class Version>
void add_versions(std::string_view context, std::vector<EventType>& types) {
  types.push_back(make_event_type<Event, Version>(context));
  if constexpr (has_former<Version>) {
    using Former = typename Describe<Version>::Former;
    add_versions<Event, Former>(context, types);
    for (EventType& each : types) {
      if (each.kind != &kind_of<Former>) continue;
      each.upcast = [](Value former) {
        return Value{Describe<Version>::upcast(std::move(*static_cast<Former*>(former.data())))};
      };
    }
  }
}

template <class Commands, class Events, class Entities>
class CatalogMaker;

template <class... Commands, class... Events, class... Entities>
class CatalogMaker<std::variant<Commands...>, std::variant<Events...>, std::tuple<Entities...>> {
 public:
  static Catalog make(std::string_view context, Stream stream) {
    Catalog catalog{.context = context, .stream = stream};
    (catalog.commands.push_back(make_command_type<Commands>(context)), ...);
    (add_versions<Events, Events>(context, catalog.events), ...);
    (catalog.entities.push_back(make_entity_type<Entities>(context)), ...);
    return catalog;
  }
};

// `Commands` and `Events` are the context's variants, `Entities` a tuple of its entities.
template <class Commands, class Events, class Entities>
Catalog make_catalog(std::string_view context, Stream stream) {
  return CatalogMaker<Commands, Events, Entities>::make(context, stream);
}

}  // namespace tenantry::events
