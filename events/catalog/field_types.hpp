// The types that a field can have, and how each looks in JSON and packed: FieldType<T> for each, and the same as a
// value for what walks over fields: value_type<T>.
//
// A new field type is one more specialisation. parse() takes a string's characters or another scalar's literal; a
// Problem's field is relative to the value ("" or ".a[2]"). write() and pack() append. Static functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decimal.hpp"
#include "domain/kernel/id.hpp"
#include "domain/kernel/long_text.hpp"
#include "domain/kernel/metadata.hpp"
#include "domain/kernel/quantity.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/packing.hpp"
#include "events/catalog/type_description.hpp"
#include "events/decode_error.hpp"
#include "events/json/reader.hpp"
#include "events/json/writer.hpp"

namespace tenantry::events {

using Problem = std::optional<DecodeError>;

template <class T>
struct FieldType;

// Whether a value has the JSON kind that its field wants.
Problem check_kind(json::Value value, json::Kind wanted);

template <>
struct FieldType<Uuid> {
  static constexpr json::Kind kind = json::Kind::text;
  static Problem parse(std::string_view text, const Limits&, Uuid& out);
  static void write(const Uuid& value, std::string& out);
  static void pack(const Uuid& value, std::string& out) { out += value.view(); }
  static bool unpack(packing::Cursor& bytes, Uuid& out);
  static ValueShape shape(const Limits&) { return {.kind = ValueShape::Kind::uuid}; }
};

template <class Named>
struct FieldType<Id<Named>> {
  using Raw = FieldType<Uuid>;
  static constexpr json::Kind kind = Raw::kind;
  static Problem parse(std::string_view text, const Limits& limits, Id<Named>& out) {
    return Raw::parse(text, limits, out.value);
  }
  static void write(const Id<Named>& value, std::string& out) { Raw::write(value.value, out); }
  static void pack(const Id<Named>& value, std::string& out) { Raw::pack(value.value, out); }
  static bool unpack(packing::Cursor& bytes, Id<Named>& out) { return Raw::unpack(bytes, out.value); }
  static ValueShape shape(const Limits&) { return {.kind = ValueShape::Kind::uuid, .names = Named::collection}; }
};

template <>
struct FieldType<std::string> {
  static constexpr json::Kind kind = json::Kind::text;
  static Problem parse(std::string_view text, const Limits& limits, std::string& out);
  static void write(const std::string& value, std::string& out) { json::append_text(out, value); }
  static void pack(const std::string& value, std::string& out) { packing::append_text(out, value); }
  static bool unpack(packing::Cursor& bytes, std::string& out);
  static ValueShape shape(const Limits& limits);
};

template <>
struct FieldType<LongText> {
  static constexpr json::Kind kind = json::Kind::text;
  static Problem parse(std::string_view text, const Limits& limits, LongText& out);
  static void write(const LongText& value, std::string& out) { json::append_text(out, value.text); }
  static void pack(const LongText& value, std::string& out) { packing::append_text(out, value.text); }
  static bool unpack(packing::Cursor& bytes, LongText& out);
  static ValueShape shape(const Limits& limits);
};

template <>
struct FieldType<bool> {
  static constexpr json::Kind kind = json::Kind::boolean;
  static Problem parse(std::string_view literal, const Limits&, bool& out);
  static void write(bool value, std::string& out) { json::append_boolean(out, value); }
  static void pack(bool value, std::string& out) { out += value ? '\1' : '\0'; }
  static bool unpack(packing::Cursor& bytes, bool& out) { return bytes.take_boolean(out); }
  static ValueShape shape(const Limits&) { return {.kind = ValueShape::Kind::boolean}; }
};

template <>
struct FieldType<int> {
  static constexpr json::Kind kind = json::Kind::number;
  static Problem parse(std::string_view literal, const Limits& limits, int& out);
  static void write(int value, std::string& out) { json::append_integer(out, static_cast<std::int64_t>(value)); }
  static void pack(int value, std::string& out) { packing::append_signed(out, value); }
  static bool unpack(packing::Cursor& bytes, int& out);
  static ValueShape shape(const Limits& limits);
};

template <>
struct FieldType<std::uint64_t> {
  static constexpr json::Kind kind = json::Kind::number;
  static Problem parse(std::string_view literal, const Limits&, std::uint64_t& out);
  static void write(std::uint64_t value, std::string& out) { json::append_integer(out, value); }
  static void pack(std::uint64_t value, std::string& out) { packing::append_unsigned(out, value); }
  static bool unpack(packing::Cursor& bytes, std::uint64_t& out) { return bytes.take_unsigned(out); }
  static ValueShape shape(const Limits&);
};

template <>
struct FieldType<Date> {
  static constexpr json::Kind kind = json::Kind::text;
  static Problem parse(std::string_view text, const Limits&, Date& out);
  static void write(const Date& value, std::string& out);
  static void pack(const Date& value, std::string& out);
  static bool unpack(packing::Cursor& bytes, Date& out);
  static ValueShape shape(const Limits&) { return {.kind = ValueShape::Kind::date}; }
};

template <>
struct FieldType<Instant> {
  static constexpr json::Kind kind = json::Kind::text;
  static Problem parse(std::string_view text, const Limits&, Instant& out);
  static void write(const Instant& value, std::string& out);
  static void pack(const Instant& value, std::string& out) { packing::append_signed(out, value.unix_ms); }
  static bool unpack(packing::Cursor& bytes, Instant& out) { return bytes.take_signed(out.unix_ms); }
  static ValueShape shape(const Limits&) { return {.kind = ValueShape::Kind::instant}; }
};

// A JSON number, read from its literal so that no binary fraction comes between.
template <>
struct FieldType<Decimal> {
  static constexpr json::Kind kind = json::Kind::number;
  static Problem parse(std::string_view literal, const Limits& limits, Decimal& out);
  static void write(const Decimal& value, std::string& out) { out += value.text(); }
  static void pack(const Decimal& value, std::string& out) { packing::append_signed(out, value.hundredths); }
  static bool unpack(packing::Cursor& bytes, Decimal& out) { return bytes.take_signed(out.hundredths); }
  static ValueShape shape(const Limits& limits);
};

// The same with six decimal places.
template <>
struct FieldType<Quantity> {
  static constexpr json::Kind kind = json::Kind::number;
  static Problem parse(std::string_view literal, const Limits& limits, Quantity& out);
  static void write(const Quantity& value, std::string& out) { out += value.text(); }
  static void pack(const Quantity& value, std::string& out) { packing::append_signed(out, value.millionths); }
  static bool unpack(packing::Cursor& bytes, Quantity& out);
  static ValueShape shape(const Limits& limits);
};

// Any JSON object, made canonical: members sorted by the bytes of their keys, no white space, numbers with a fraction
// or exponent as they were written. At most 8 levels, 16 KiB; texts without control characters but tab and line ends.
template <>
struct FieldType<Metadata> {
  static constexpr json::Kind kind = json::Kind::object;
  static Problem read(json::Value value, const Limits&, Metadata& out);
  static void write(const Metadata& value, std::string& out) { out += value.json; }
  static void pack(const Metadata& value, std::string& out) { packing::append_text(out, value.json); }
  static bool unpack(packing::Cursor& bytes, Metadata& out);
  static ValueShape shape(const Limits&) { return {.kind = ValueShape::Kind::metadata}; }
};

// An enum, by the names of its Describe.
Problem not_a_choice(const std::vector<std::string_view>& names);
[[noreturn]] void throw_unnamed_choice();

template <class Enum>
requires std::is_enum_v<Enum>
struct FieldType<Enum> {
  static constexpr json::Kind kind = json::Kind::text;
  static Problem parse(std::string_view text, const Limits&, Enum& out) {
    for (const auto& each : Describe<Enum>::choices) {
      if (each.name != text) continue;
      out = each.value;
      return std::nullopt;
    }
    return not_a_choice(names());
  }
  static std::string_view name(Enum value) { return Describe<Enum>::choices[place(value)].name; }
  static void write(Enum value, std::string& out) { json::append_text(out, name(value)); }
  static void pack(Enum value, std::string& out) { packing::append_unsigned(out, place(value)); }
  static bool unpack(packing::Cursor& bytes, Enum& out) {
    std::uint64_t place = 0;
    if (!bytes.take_unsigned(place) || place >= Describe<Enum>::choices.size()) return false;
    out = Describe<Enum>::choices[place].value;
    return true;
  }
  static ValueShape shape(const Limits&) { return {.kind = ValueShape::Kind::choice, .choices = names()}; }

 private:
  // A value without a name is a fault of the declaration.
  static std::size_t place(Enum value) {
    const auto& choices = Describe<Enum>::choices;
    for (std::size_t index = 0; index < choices.size(); ++index) {
      if (choices[index].value == value) return index;
    }
    throw_unnamed_choice();
  }
  static std::vector<std::string_view> names() {
    std::vector<std::string_view> names;
    for (const auto& each : Describe<Enum>::choices) names.push_back(each.name);
    return names;
  }
};

// Types whose values are scalars in JSON (all but metadata and records); a URL's path can give them too.
template <class T>
concept Scalar = requires(std::string_view text, const Limits& limits, T& out) {
  FieldType<T>::parse(text, limits, out);
};

// Absent or null is empty. An optional optional tells them apart: absent is empty, null holds an empty one, and that is
// how a correction clears a field. What a correction cannot clear is declared kept() (field.hpp), and refuses null.
template <class T>
struct FieldType<std::optional<T>> {
  static constexpr json::Kind kind = FieldType<T>::kind;
  static Problem parse(std::string_view text, const Limits& limits, std::optional<T>& out) requires Scalar<T> {
    return FieldType<T>::parse(text, limits, out.emplace());
  }
  static void write(const std::optional<T>& value, std::string& out) {
    if (value) return FieldType<T>::write(*value, out);
    out += "null";
  }
  static void pack(const std::optional<T>& value, std::string& out) {
    out += value ? '\1' : '\0';
    if (value) FieldType<T>::pack(*value, out);
  }
  static bool unpack(packing::Cursor& bytes, std::optional<T>& out) {
    bool present = false;
    if (!bytes.take_boolean(present)) return false;
    if (present) return FieldType<T>::unpack(bytes, out.emplace());
    out.reset();
    return true;
  }
  static ValueShape shape(const Limits& limits) {
    ValueShape shape = FieldType<T>::shape(limits);
    shape.nullable = true;
    return shape;
  }
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
struct InnermostOf {
  using Type = T;
};
template <class T>
struct InnermostOf<std::optional<T>> : InnermostOf<T> {};
// What is in it, however often it is optional.
template <class T>
using Innermost = typename InnermostOf<T>::Type;

template <class T>
inline constexpr bool is_long_text = std::is_same_v<Innermost<T>, LongText>;

// Reads a field's value from JSON.
template <class T>
Problem read_value(json::Value value, const Limits& limits, T& out) {
  if (auto wrong = check_kind(value, FieldType<T>::kind)) return wrong;
  if constexpr (Scalar<T>)
    return FieldType<T>::parse(value.text(), limits, out);
  else
    return FieldType<T>::read(value, limits, out);
}

template <class T>
Problem read_value(json::Value value, const Limits& limits, std::optional<T>& out) {
  if constexpr (is_optional<T>)
    return read_value(value, limits, out.emplace());
  else if (value.kind() != json::Kind::null)
    return read_value(value, limits, out.emplace());
  out.reset();
  return std::nullopt;
}

// Records: structs with a Describe, other than entities, which are found by their id. A list of them needs at_most().
struct Field;
using Fields = std::span<const Field>;

template <class T>
inline constexpr bool is_record = requires {
  Describe<T>::fields;
  requires !requires {
    T::collection;
  };
};

// Of a record with these fields (codec.cpp); a problem's field begins with a dot.
Problem read_record(json::Value object, const Limits& limits, Fields fields, void* record);
void write_record(Fields fields, const void* record, std::string& out);
void pack_record(Fields fields, const void* record, std::string& out);
bool unpack_record(Fields fields, packing::Cursor& bytes, void* record);
std::vector<FieldDescription> describe_record(Fields fields, const Limits& limits);

template <class Record>
requires is_record<Record>
struct FieldType<Record> {
  static constexpr json::Kind kind = json::Kind::object;
  static Problem read(json::Value object, const Limits& limits, Record& out) {
    return read_record(object, limits, Describe<Record>::fields, &out);
  }
  static void write(const Record& value, std::string& out) { write_record(Describe<Record>::fields, &value, out); }
  static void pack(const Record& value, std::string& out) { pack_record(Describe<Record>::fields, &value, out); }
  static bool unpack(packing::Cursor& bytes, Record& out) {
    return unpack_record(Describe<Record>::fields, bytes, &out);
  }
  static ValueShape shape(const Limits& limits) {
    return {.kind = ValueShape::Kind::record, .fields = describe_record(Describe<Record>::fields, limits)};
  }
};

// What is wrong with a list that has one item more, or within an item of it.
Problem check_room(const Limits& limits, std::size_t items);
Problem in_item(std::size_t place, Problem problem);

template <class Record>
requires is_record<Record>
struct FieldType<std::vector<Record>> {
  using Item = FieldType<Record>;
  static constexpr json::Kind kind = json::Kind::list;
  static Problem read(json::Value list, const Limits& limits, std::vector<Record>& out) {
    out.clear();
    for (json::Value item : list) {
      if (auto full = check_room(limits, out.size())) return full;
      if (auto wrong = read_value(item, limits, out.emplace_back())) return in_item(out.size() - 1, std::move(wrong));
    }
    return std::nullopt;
  }
  static void write(const std::vector<Record>& value, std::string& out) {
    out += '[';
    for (std::size_t place = 0; place < value.size(); ++place) {
      if (place > 0) out += ',';
      Item::write(value[place], out);
    }
    out += ']';
  }
  static void pack(const std::vector<Record>& value, std::string& out) {
    packing::append_unsigned(out, value.size());
    for (const Record& item : value) Item::pack(item, out);
  }
  static bool unpack(packing::Cursor& bytes, std::vector<Record>& out) {
    std::uint64_t count = 0;
    if (!bytes.take_unsigned(count)) return false;
    out.clear();
    for (; count > 0; --count) {
      if (!Item::unpack(bytes, out.emplace_back())) return false;
    }
    return true;
  }
  static ValueShape shape(const Limits& limits) {
    return {.kind = ValueShape::Kind::records,
            .items_max = limits.items_max,
            .fields = describe_record(Describe<Record>::fields, limits)};
  }
};

template <class T>
inline constexpr bool is_id = false;
template <class Named>
inline constexpr bool is_id<Id<Named>> = true;
// An entity that is a person says so: `static constexpr bool is_person = true`.
template <class T>
inline constexpr bool names_person = false;
template <class Named>
inline constexpr bool names_person<Id<Named>> = requires {
  requires Named::is_person;
};
template <class T>
inline constexpr bool is_free_text =
    std::is_same_v<T, std::string> || std::is_same_v<T, LongText> || std::is_same_v<T, Metadata>;
template <class T>
inline constexpr std::string_view collection_named_by = {};
template <class Named>
inline constexpr std::string_view collection_named_by<Id<Named>> = Named::collection;

// Of the records that a value is or holds: their type's fields, and each of them.
using VisitRecord = std::function<void(const void* record)>;
struct RecordType {
  Fields (*fields)();
  void (*each)(const void* value, const VisitRecord& visit);
};

// What can be done with the values of one C++ type; `void*` is a T*.
struct ValueType {
  bool is_optional;
  bool is_long_text;
  bool is_list;
  int record_levels;  // of records: one more than those of their fields
  Problem (*read)(json::Value value, const Limits& limits, void* out);
  Problem (*parse)(std::string_view text, const Limits& limits, void* out);  // null of what is no scalar in JSON
  void (*write)(const void* value, std::string& out);
  void (*pack)(const void* value, std::string& out);
  bool (*unpack)(packing::Cursor& bytes, void* out);
  bool (*is_empty)(const void* value);  // of an optional
  bool (*equal)(const void* one, const void* other);
  ValueShape (*shape)(const Limits& limits);
  // Of ids, else null: the UUID, or nothing if it is optional and empty; and where it is kept.
  const Uuid* (*id)(const void* value);
  std::string_view names;  // the collection of what an id names
  bool names_person;       // an id, never empty, of an entity that is a person
  bool is_free_text;       // people write into it what they like
  std::optional<RecordType> records;
};

template <class T>
struct RecordOf {
  static constexpr int levels = 0;
  static constexpr bool is_list = false;
};
// The fields' own declarations are looked at by field.hpp, where they are known.
template <class Record>
constexpr int levels_of_record();

template <class T>
requires is_record<T>
struct RecordOf<T> {
  using Record = T;
  static constexpr int levels = levels_of_record<T>();
  static constexpr bool is_list = false;
  static void each(const T& value, const VisitRecord& visit) { visit(&value); }
};
template <class T>
requires is_record<T>
struct RecordOf<std::vector<T>> {
  using Record = T;
  static constexpr int levels = levels_of_record<T>();
  static constexpr bool is_list = true;
  static void each(const std::vector<T>& value, const VisitRecord& visit) {
    for (const T& item : value) visit(&item);
  }
};
template <class T>
struct RecordOf<std::optional<T>> : RecordOf<T> {
  static void each(const std::optional<T>& value, const VisitRecord& visit) {
    if (value) RecordOf<T>::each(*value, visit);
  }
};

template <class T>
constexpr RecordType make_record_type() {
  return {.fields = [] { return Fields{Describe<typename RecordOf<T>::Record>::fields}; },
          .each = [](const void* value,
                     const VisitRecord& visit) { RecordOf<T>::each(*static_cast<const T*>(value), visit); }};
}

template <class T>
constexpr ValueType make_value_type() {
  using Type = FieldType<T>;
  ValueType type{
      .is_optional = is_optional<T>,
      .is_long_text = is_long_text<T>,
      .is_list = RecordOf<T>::is_list,
      .record_levels = RecordOf<T>::levels,
      .read = [](json::Value value, const Limits& limits,
                 void* out) { return read_value(value, limits, *static_cast<T*>(out)); },
      .parse = nullptr,
      .write = [](const void* value, std::string& out) { Type::write(*static_cast<const T*>(value), out); },
      .pack = [](const void* value, std::string& out) { Type::pack(*static_cast<const T*>(value), out); },
      .unpack = [](packing::Cursor& bytes, void* out) { return Type::unpack(bytes, *static_cast<T*>(out)); },
      .is_empty = [](const void*) { return false; },
      .equal = [](const void* one,
                  const void* other) { return *static_cast<const T*>(one) == *static_cast<const T*>(other); },
      .shape = &Type::shape,
      .id = nullptr,
      .names = {},
      .names_person = names_person<T>,
      .is_free_text = is_free_text<Innermost<T>>,
      .records = {}};
  if constexpr (RecordOf<T>::levels > 0) type.records = make_record_type<T>();
  if constexpr (Scalar<T>) {
    type.parse = [](std::string_view text, const Limits& limits, void* out) {
      return Type::parse(text, limits, *static_cast<T*>(out));
    };
  }
  if constexpr (is_optional<T>) {
    type.is_empty = [](const void* value) { return !static_cast<const T*>(value)->has_value(); };
    if constexpr (is_id<typename T::value_type>) {
      type.id = [](const void* value) -> const Uuid* {
        const T& id = *static_cast<const T*>(value);
        return id ? &id->value : nullptr;
      };
      type.names = collection_named_by<typename T::value_type>;
    }
  }
  if constexpr (is_id<T>) {
    type.id = [](const void* value) -> const Uuid* { return &static_cast<const T*>(value)->value; };
    type.names = collection_named_by<T>;
  }
  return type;
}

template <class T>
inline constexpr ValueType value_type = make_value_type<T>();

}  // namespace tenantry::events
