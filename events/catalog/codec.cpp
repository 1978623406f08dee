#include "events/catalog/codec.hpp"

namespace tenantry::events {
namespace {

constexpr Limits no_limits{.within = Limited::no};

const Limits& limits_of(const Field& field, Limited limited) {
  return limited == Limited::yes ? field.limits : no_limits;
}

Problem unknown_field(std::string_view name) {
  constexpr std::size_t shown_bytes_max = 80;
  if (name.size() > shown_bytes_max) return DecodeError{"", "has a field with a very long unknown name"};
  if (name.empty()) return DecodeError{"", "has a field without a name"};
  return DecodeError{std::string{name}, "is not a field here"};
}

Problem null_for_kept_field(std::string_view name) {
  return DecodeError{std::string{name}, "cannot be null; leave it out to keep what is there",
                     DecodeError::Kind::not_nullable};
}

bool may_be_absent(const Field& field) {
  return field.type->is_optional || field.is_defaulted || field.is_from_server;
}

}  // namespace

std::size_t field_place(Fields fields, std::string_view name, std::size_t likely) {
  if (likely < fields.size() && fields[likely].name == name) return likely;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (fields[index].name == name) return index;
  }
  return fields.size();
}

Problem in_field(std::string_view name, Problem problem) {
  if (problem) problem->field.insert(0, name);
  return problem;
}

Problem read_members(json::Value object, Limited limited, Partial& partial) {
  if (auto wrong = check_kind(object, json::Kind::object)) return wrong;
  std::size_t likely = 0;
  for (json::Value member : object) {
    std::size_t place = field_place(partial.fields, member.key(), likely);
    if (place == partial.fields.size()) return unknown_field(member.key());
    const Field& field = partial.fields[place];
    if (field.is_kept && member.kind() == json::Kind::null) return null_for_kept_field(member.key());
    auto wrong = field.type->read(member, limits_of(field, limited), field.in(partial.value));
    if (wrong) return in_field(member.key(), std::move(wrong));
    partial.mark(place);
    likely = place + 1;
  }
  return std::nullopt;
}

Problem check_complete(const Partial& partial) {
  for (std::size_t index = 0; index < partial.fields.size(); ++index) {
    const Field& field = partial.fields[index];
    if (!partial.has(index) && !may_be_absent(field)) return DecodeError{std::string{field.name}, "is missing"};
  }
  return std::nullopt;
}

Problem decode(Fields fields, std::string_view json, Limited limited, void* value) {
  auto root = json::scratch_document().parse(json);
  if (!root) return std::move(root.error());
  Partial partial{fields, value};
  if (auto problem = read_members(*root, limited, partial)) return problem;
  return check_complete(partial);
}

void encode(Fields fields, const void* value, std::string& out) {
  json::ObjectWriter writer{out};
  for (const Field& field : fields) {
    const void* member = field.in(value);
    if (field.type->is_optional && field.type->is_empty(member)) continue;
    field.type->write(member, writer.key(field.name));
  }
}

void pack(Fields fields, const void* value, std::string& out) {
  for (const Field& field : fields) field.type->pack(field.in(value), out);
}

namespace {

Problem unpack_each(Fields fields, packing::Cursor& bytes, void* value) {
  for (const Field& field : fields) {
    if (!field.type->unpack(bytes, field.in(value))) {
      return DecodeError{std::string{field.name}, "is cut short or malformed"};
    }
  }
  return std::nullopt;
}

}  // namespace

Problem unpack(Fields fields, std::string_view bytes, void* value) {
  packing::Cursor cursor{bytes};
  if (auto problem = unpack_each(fields, cursor, value)) return problem;
  if (!cursor.at_end()) return DecodeError{"", "has bytes after the last field"};
  return std::nullopt;
}

namespace {

// A command need not hold the id of whom it speaks: what is stored of it does.
std::string_view person_in(Fields fields, const Field& field) {
  for (const Field& each : fields) {
    if (each.name == field.person) return field.person;
  }
  return {};
}

}  // namespace

std::vector<FieldDescription> describe_fields(Fields fields, Limited limited) {
  std::vector<FieldDescription> descriptions;
  for (const Field& field : fields) {
    if (field.is_from_server) continue;
    ValueShape shape = field.type->shape(limits_of(field, limited));
    if (field.is_kept) shape.nullable = false;
    descriptions.push_back({.name = field.name,
                            .about = field.about,
                            .shape = std::move(shape),
                            .required = !may_be_absent(field) && !field.is_generated,
                            .personal = !field.person.empty(),
                            .person = person_in(fields, field),
                            .generated = field.is_generated,
                            .from_path = field.is_from_path});
  }
  return descriptions;
}

Problem read_record(json::Value object, const Limits& limits, Fields fields, void* record) {
  Partial partial{fields, record};
  auto problem = read_members(object, limits.within, partial);
  if (!problem) problem = check_complete(partial);
  if (problem && !problem->field.empty()) problem->field.insert(0, ".");
  return problem;
}

void write_record(Fields fields, const void* record, std::string& out) {
  encode(fields, record, out);
}

void pack_record(Fields fields, const void* record, std::string& out) {
  pack(fields, record, out);
}

bool unpack_record(Fields fields, packing::Cursor& bytes, void* record) {
  return !unpack_each(fields, bytes, record);
}

std::vector<FieldDescription> describe_record(Fields fields, const Limits& limits) {
  return describe_fields(fields, limits.within);
}

}  // namespace tenantry::events
