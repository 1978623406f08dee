// One declaration of a struct gives its JSON, its packed form, its schema and its documentation.
//
// For the fields of a declared type (field.hpp), and for a T with a Describe:
//   decode             a JSON object with exactly the declared fields, in any order; unknown fields are refused
//   encode             appends JSON: the fields in the declaration's order, empty optionals left out, no white space
//   pack               appends the packed form (packing.hpp), which holds anything that the struct can hold
//   unpack             the same back; refuses trailing bytes
//   describe_fields    what they are, as data
// decode(encode(t)) == t and unpack(pack(t)) == t. Errors name the field by its JSON path. Decoding uses the calling
// thread's scratch document and allocates only what the struct's own texts need. A `value` is what `fields` are the
// fields of. Free functions; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalog/field.hpp"

namespace tenantry::events {

// A struct that is being decoded, and which of its fields were given, a bit for each.
struct Partial {
  Fields fields;
  void* value;
  std::uint32_t given = 0;

  bool has(std::size_t index) const { return (given >> index & 1) != 0; }
  void mark(std::size_t index) { given |= std::uint32_t{1} << index; }
};
inline constexpr std::size_t fields_max = 32;

// The place of the field `name`, looking first at `likely`; the number of fields if there is none.
std::size_t field_place(Fields fields, std::string_view name, std::size_t likely);
// A problem of a field's value, with the field's name put before the path.
Problem in_field(std::string_view name, Problem problem);
Problem read_members(json::Value object, Limited limited, Partial& partial);
// The first field that is missing, if any.
Problem check_complete(const Partial& partial);

Problem decode(Fields fields, std::string_view json, Limited limited, void* value);
void encode(Fields fields, const void* value, std::string& out);
void pack(Fields fields, const void* value, std::string& out);
Problem unpack(Fields fields, std::string_view bytes, void* value);
std::vector<FieldDescription> describe_fields(Fields fields, Limited limited);

template <class T>
std::expected<T, DecodeError> decode(std::string_view json, Limited limited = Limited::yes) {
  T value{};
  if (auto problem = decode(Describe<T>::fields, json, limited, &value)) return std::unexpected(std::move(*problem));
  return value;
}

template <class T>
void encode(const T& value, std::string& out) {
  encode(Describe<T>::fields, &value, out);
}

template <class T>
void pack(const T& value, std::string& out) {
  pack(Describe<T>::fields, &value, out);
}

template <class T>
std::expected<T, DecodeError> unpack(std::string_view bytes) {
  T value{};
  if (auto problem = unpack(Describe<T>::fields, bytes, &value)) return std::unexpected(std::move(*problem));
  return value;
}

// A JSON Schema (draft 2020-12) object without "$schema".
template <class T>
std::string schema(Limited limited = Limited::yes) {
  return schema_text(Describe<T>::name, Describe<T>::about, describe_fields(Describe<T>::fields, limited));
}

}  // namespace tenantry::events
