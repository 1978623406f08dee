// One declaration of a struct gives its JSON, its packed form, its schema and its documentation.
//
// For a T with a Describe (field.hpp):
//   decode<T>(json)    a JSON object with exactly the declared fields, in any order; unknown fields are refused
//   encode(t, out)     appends JSON: the fields in the declaration's order, empty optionals left out, no white space
//   pack(t, out)       appends the packed form (packing.hpp), which holds anything that T can hold
//   unpack<T>(bytes)   the same back; refuses trailing bytes
//   schema<T>()        a JSON Schema (draft 2020-12) object without "$schema"
// decode(encode(t)) == t and unpack(pack(t)) == t. Errors name the field by its JSON path. Decoding uses the calling
// thread's scratch document and allocates only what T's own strings need. Free functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include "events/catalog/field_types.hpp"

namespace tenantry::events {

// Whether a type is an older one kept for reading, and how many versions there are up to this one.
template <class T>
constexpr int version_of() {
  if constexpr (requires { typename Describe<T>::Former; })
    return 1 + version_of<typename Describe<T>::Former>();
  else
    return 1;
}

// Which fields of a T were given, a bit for each.
template <class T>
struct Partial {
  static_assert(field_count<T> <= 32);
  T value{};
  std::uint32_t given = 0;

  bool has(std::size_t index) const { return (given >> index & 1) != 0; }
  void mark(std::size_t index) { given |= std::uint32_t{1} << index; }
};

template <class T>
inline constexpr auto field_names =
    std::apply([](const auto&... each) { return std::array<std::string_view, sizeof...(each)>{each.name...}; },
               Describe<T>::fields);

// The place of the field `name`, looking first at `likely`; field_count<T> if there is none.
template <class T>
std::size_t field_place(std::string_view name, std::size_t likely) {
  const auto& names = field_names<T>;
  if (likely < names.size() && names[likely] == name) return likely;
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (names[index] == name) return index;
  }
  return names.size();
}

// Calls visit(field) for the field at `place`, which must exist; answers what it answers.
template <class T, class Visit>
Problem visit_field(std::size_t place, Visit&& visit) {
  return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    Problem problem;
    ((place == Index && (problem = visit(std::get<Index>(Describe<T>::fields)), true)) || ...);
    return problem;
  }
  (std::make_index_sequence<field_count<T>>{});
}

template <class T>
bool is_kept_field(std::size_t place) {
  constexpr auto kept = std::apply(
      [](const auto&... each) { return std::array<bool, sizeof...(each)>{each.is_kept...}; }, Describe<T>::fields);
  return kept[place];
}

// A problem of a field's value, with the field's name put before the path.
Problem in_field(std::string_view name, Problem problem);
Problem unknown_field(std::string_view name);
Problem null_for_kept_field(std::string_view name);

template <class T>
Problem read_members(json::Value object, Partial<T>& partial) {
  if (auto wrong = check_kind(object, json::Kind::object)) return wrong;
  std::size_t likely = 0;
  for (json::Value member : object) {
    std::size_t place = field_place<T>(member.key(), likely);
    if (place == field_count<T>) return unknown_field(member.key());
    if (member.kind() == json::Kind::null && is_kept_field<T>(place)) return null_for_kept_field(member.key());
    auto wrong = visit_field<T>(
        place, [&](const auto& field) { return read_value(member, field.limits, partial.value.*field.member); });
    if (wrong) return in_field(member.key(), std::move(wrong));
    partial.mark(place);
    likely = place + 1;
  }
  return std::nullopt;
}

template <class Owner, class Value>
constexpr bool may_be_absent(const Field<Owner, Value>& field) {
  return is_optional<Value> || field.is_defaulted;
}

// The first field that is missing, if any.
template <class T>
Problem check_complete(const Partial<T>& partial) {
  Problem problem;
  std::size_t index = 0;
  for_each_field<T>([&](const auto& field) {
    if (!problem && !partial.has(index) && !may_be_absent(field)) {
      problem = DecodeError{std::string{field.name}, "is missing"};
    }
    ++index;
  });
  return problem;
}

template <class T>
std::expected<T, DecodeError> decode(std::string_view json) {
  auto root = json::scratch_document().parse(json);
  if (!root) return std::unexpected(std::move(root.error()));
  Partial<T> partial;
  auto problem = read_members(*root, partial);
  if (!problem) problem = check_complete(partial);
  if (problem) return std::unexpected(std::move(*problem));
  return std::move(partial.value);
}

template <class T>
void encode(const T& value, std::string& out) {
  json::ObjectWriter writer{out};
  for_each_field<T>([&](const auto& field) {
    const auto& member = value.*field.member;
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (is_optional<Member>) {
      if (!member) return;
    }
    FieldType<Member>::write(member, writer.key(field.name));
  });
}

template <class T>
void pack(const T& value, std::string& out) {
  for_each_field<T>([&](const auto& field) {
    const auto& member = value.*field.member;
    FieldType<std::remove_cvref_t<decltype(member)>>::pack(member, out);
  });
}

template <class T>
std::expected<T, DecodeError> unpack(std::string_view bytes) {
  T value{};
  packing::Cursor cursor{bytes};
  std::string_view failed;
  for_each_field<T>([&](const auto& field) {
    auto& member = value.*field.member;
    using Member = std::remove_cvref_t<decltype(member)>;
    if (failed.empty() && !FieldType<Member>::unpack(cursor, member)) failed = field.name;
  });
  if (!failed.empty()) return std::unexpected(DecodeError{std::string{failed}, "is cut short or malformed"});
  if (!cursor.at_end()) return std::unexpected(DecodeError{"", "has bytes after the last field"});
  return value;
}

template <class T>
std::vector<FieldDescription> describe_fields() {
  std::vector<FieldDescription> fields;
  for_each_field<T>([&]<class Owner, class Value>(const Field<Owner, Value>& field) {
    ValueShape shape = FieldType<Value>::shape(field.limits);
    if (field.is_kept) shape.nullable = false;
    fields.push_back({.name = field.name,
                      .about = field.about,
                      .shape = std::move(shape),
                      .required = !may_be_absent(field) && !field.is_generated,
                      .personal = field.is_personal,
                      .generated = field.is_generated,
                      .from_path = field.is_from_path});
  });
  return fields;
}

template <class T>
std::string schema() {
  return schema_text(Describe<T>::name, Describe<T>::about, describe_fields<T>());
}

}  // namespace tenantry::events
