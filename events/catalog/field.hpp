// Field: one field of a declared type, the same value for every type, so that what walks over fields (codec.hpp) is
// compiled once.
//
//   field<&T::name>("name", "its name").length(1, 100).unique('t')   // of an entity: everything that is true of it
//   field<&T::name>(like<&E::name>).kept()    // of a command or event: as the entity E declares it, but kept
//   field<&T::reason>("reason", like<&E::status_reason>)    // the same, called otherwise
//
// An entity declares a field, commands and events say which one they mean and what is different there. What is said of
// an entity's field is what follows for everybody: its rows in the tables (`unique`, `listed`, `ordered`,
// `filtered`), whose data it is (`personal`). Limits bind what a request may say; what is stored is read whatever it
// is. Compile-time values; a declaration that makes no sense does not compile.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <source_location>
#include <string_view>
#include <type_traits>

#include "domain/kernel/table.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/field_types.hpp"

namespace tenantry::events {

// Where a field is in the struct that has it.
template <auto Member>
void* locate(void* owner) {
  return &(static_cast<OwnerOf<Member>*>(owner)->*Member);
}

// Which member a field is, told from others at compile time: a text that names it. (GCC 12 does not compare addresses
// of functions there where it sanitizes.)
template <auto Member>
constexpr std::string_view name_of_member() {
  return std::source_location::current().function_name();
}

struct Field {
  std::string_view name;
  std::string_view about;
  const ValueType* type = nullptr;
  void* (*locate)(void* owner) = nullptr;
  std::string_view member = {};  // name_of_member()
  Limits limits = {};
  // Of what tells something about a person: the field of the same type that holds the person's id. Else empty.
  std::string_view person = {};
  bool is_like_entity = false;  // declared by like<>
  bool is_generated = false;
  bool is_from_path = false;
  bool is_from_server = false;
  bool is_defaulted = false;
  bool is_kept = false;
  bool is_unmentioned = false;
  // Of an event: the collection that its subject is of, where its id names something else.
  std::string_view subject_collection = {};
  // Letters of rows (projections/keys.hpp), or none.
  const UniqueKey* key = nullptr;
  char key_letter = '\0';
  const ParentKey* parent = nullptr;
  char list_letter = '\0';
  const OrderKey* order = nullptr;
  char order_letter = '\0';
  char filter_letter = '\0';
  // Whether there are the three; asked at compile time, as above.
  bool can_be_unique = false;
  bool can_be_listed = false;
  bool can_be_ordered = false;
  bool can_be_filtered = false;

  const void* in(const void* owner) const { return locate(const_cast<void*>(owner)); }
  void* in(void* owner) const { return locate(owner); }

  // Tells something about a person: the one that the type's own id names, or another one of its fields. A stored type
  // that lacks that field does not compile, nor one where it names no person (make_catalog.hpp).
  constexpr Field personal() const { return personal_of("id"); }
  constexpr Field personal_of(std::string_view id_field) const { return with(&Field::person, id_field); }
  // An id of what the command makes: the server makes one if the command has none.
  constexpr Field generated() const {
    if (type->names.empty()) throw "only an id can be generated";
    return with(&Field::is_generated, true);
  }
  // Given by the URL's path in the REST API.
  constexpr Field from_path() const { return with(&Field::is_from_path, true); }
  // Of a command: put in by the server when it has read the rest. No request gives it.
  constexpr Field from_server() const { return with(&Field::is_from_server, true); }
  // May be left out; then the struct's own initial value holds.
  constexpr Field defaulted() const { return with(&Field::is_defaulted, true); }
  // An optional of a correction: left out, what is there stays. It is never empty, so null is refused.
  constexpr Field kept() const { return with(&Field::is_kept, true); }
  // Of an event: what the id names does not show the event in its history.
  constexpr Field unmentioned() const { return with(&Field::is_unmentioned, true); }
  // Of an event: it is about the entity of this collection with this id.
  constexpr Field subject(std::string_view collection) const { return with(&Field::subject_collection, collection); }
  constexpr Field described(std::string_view text) const { return with(&Field::about, text); }

  constexpr Field length(std::uint32_t minimum, std::uint32_t maximum) const {
    if (type->is_long_text) throw "a long text is limited by its bytes";
    Field changed = *this;
    changed.limits.characters_min = minimum;
    changed.limits.characters_max = maximum;
    return changed;
  }
  // Of long texts.
  constexpr Field bytes(std::uint32_t minimum, std::uint32_t maximum) const {
    if (!type->is_long_text) throw "only a long text is limited by its bytes";
    if (minimum > maximum || maximum > LongText::bytes_max) throw "no long text is of this size";
    Field changed = *this;
    changed.limits.bytes_min = minimum;
    changed.limits.bytes_max = maximum;
    return changed;
  }
  // Of lists, whose declarations must say so.
  constexpr Field at_most(std::uint32_t items) const {
    if (!type->is_list || items == 0) throw "only a list can have a number of items";
    Field changed = *this;
    changed.limits.items_max = items;
    return changed;
  }
  // Of integers, decimals and quantities, in whole units.
  constexpr Field range(std::int64_t minimum, std::int64_t maximum) const {
    Field changed = *this;
    changed.limits.minimum = minimum;
    changed.limits.maximum = maximum;
    return changed;
  }
  // The same, where a rule refuses what lies outside.
  constexpr Field judged(std::int64_t minimum, std::int64_t maximum) const {
    Field changed = *this;
    changed.limits.judged_minimum = minimum;
    changed.limits.judged_maximum = maximum;
    return changed;
  }
  constexpr Field judged_above(std::int64_t minimum) const {
    Field changed = *this;
    changed.limits.judged_minimum = minimum;
    changed.limits.judged_above = true;
    return changed;
  }
  constexpr Field judged_by(std::string_view pattern) const {
    Field changed = *this;
    changed.limits.judged_pattern = pattern;
    return changed;
  }

  // Of an entity: no two of a tenant have the same value. Only of texts and ids.
  constexpr Field unique(char letter) const {
    if (!can_be_unique) throw "only a text or an id can be unique";
    return with(&Field::key_letter, letter);
  }
  // Of an entity: it belongs to what the id names, and is listed there. Only of ids.
  constexpr Field listed(char letter) const {
    if (!can_be_listed) throw "only an id can name a parent";
    return with(&Field::list_letter, letter);
  }
  // Of an entity: entities can be visited in the order of its values; those without the value are passed over. Only of
  // numbers, dates, instants and texts.
  constexpr Field ordered(char letter) const {
    if (!can_be_ordered) throw "values of this type have no order";
    return with(&Field::order_letter, letter);
  }
  // Of an entity: the collection can be listed by its value, `?status=active`. Only of choices and of what is or is
  // not.
  constexpr Field filtered(char letter) const {
    if (!can_be_filtered) throw "only a choice can be filtered by";
    return with(&Field::filter_letter, letter);
  }

 private:
  template <class Member>
  constexpr Field with(Member Field::*member, Member value) const {
    Field changed = *this;
    changed.*member = value;
    return changed;
  }
};

template <auto Member>
constexpr Field field(std::string_view name, std::string_view about) {
  using Value = ValueOf<Member>;
  Field made{.name = name,
             .about = about,
             .type = &value_type<Value>,
             .locate = &locate<Member>,
             .member = name_of_member<Member>()};
  if constexpr (requires { OwnerOf<Member>::collection; }) {  // of an entity, which has rows
    if constexpr (std::is_same_v<Value, std::string> || is_id<Value>) {
      made.key = &unique_key<Member>;
      made.can_be_unique = true;
    }
    if constexpr (is_id<Value>) {
      made.parent = &parent_key<Member>;
      made.can_be_listed = true;
    }
    if constexpr (HasOrder<typename WithoutOptional<Value>::Type>) {
      made.order = &order_key<Member>;
      made.can_be_ordered = true;
    }
    made.can_be_filtered = std::is_enum_v<Value> || std::is_same_v<Value, bool>;
  }
  return made;
}

template <auto Member>
inline constexpr Field declared = [] {
  for (const Field& each : Describe<OwnerOf<Member>>::fields) {
    if (each.member == name_of_member<Member>()) return each;
  }
  throw "the entity declares no such field";
}();

// An entity's field, as it is declared there.
template <auto Member>
struct Like {
  static_assert(
      requires { OwnerOf<Member>::collection; }, "only entities declare fields for others");
};
template <auto Member>
inline constexpr Like<Member> like{};

// The field is the member's, with what is true of the other wherever it occurs: name, meaning, limits, whose data it
// is.
template <auto Member, auto Other>
constexpr Field field(std::string_view name, Like<Other>) {
  static_assert(std::is_same_v<Innermost<ValueOf<Member>>, Innermost<ValueOf<Other>>>,
                "a field is like another of the same type, optional or not");
  Field made = field<Member>(name, declared<Other>.about);
  made.limits = declared<Other>.limits;
  made.person = declared<Other>.person;
  made.is_like_entity = true;
  return made;
}

template <auto Member, auto Other>
constexpr Field field(Like<Other> other) {
  return field<Member>(declared<Other>.name, other);
}

// Levels of records within a record, itself the first; what makes no sense in one does not compile.
template <class Record>
constexpr int levels_of_record() {
  static_assert(Describe<Record>::fields.size() > 0 && Describe<Record>::fields.size() <= 32);
  int levels = 1;
  for (const Field& each : Describe<Record>::fields) {
    if (each.type->is_list) throw "a record holds no lists";
    if (each.is_generated || each.is_from_path || each.is_from_server || each.is_kept ||
        !each.subject_collection.empty()) {
      throw "a record is given as a whole, by the body";
    }
    levels = std::max(levels, 1 + each.type->record_levels);
  }
  if (levels > 2) throw "a record holds no records that hold records";
  return levels;
}

// Whether the fields can be those of a command, an event or an entity.
template <class T>
constexpr bool lists_are_limited() {
  for (const Field& each : Describe<T>::fields) {
    if (each.type->is_list && each.limits.items_max == 0) return false;
  }
  return true;
}

template <class T>
inline constexpr std::size_t field_count = Describe<T>::fields.size();

}  // namespace tenantry::events
