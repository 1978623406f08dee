// Commands from requests: the body's fields, then the URL's, then a fresh id where one is wanted.
#include <stdexcept>

#include "events/catalog/catalog.hpp"

namespace tenantry::events {
namespace {

using Path = std::span<const PathField>;

const Field& bindable(const CommandType& type, std::size_t place, std::string_view name) {
  if (place < type.fields.size() && type.fields[place].type->parse != nullptr) return type.fields[place];
  throw std::logic_error(type.name + " has no field " + std::string{name} + " for a path to give");
}

// What the URL says, where the body may have said it before.
Problem bind(const CommandType& type, const PathField& given, Partial& partial) {
  std::size_t place = field_place(type.fields, given.name, 0);
  const Field& field = bindable(type, place, given.name);
  bool in_body = partial.has(place);
  Value other = in_body ? Value::of_kind(*type.kind) : Value{};
  void* parsed = field.in(in_body ? other.data() : partial.value);
  if (auto wrong = field.type->parse(given.value, field.limits, parsed)) return in_field(field.name, std::move(wrong));
  if (in_body && !field.type->equal(parsed, field.in(partial.value))) {
    return DecodeError{std::string{field.name}, "differs from the one in the URL"};
  }
  partial.mark(place);
  return std::nullopt;
}

Problem bind_path(const CommandType& type, Path path, Partial& partial) {
  for (const PathField& given : path) {
    if (auto wrong = bind(type, given, partial)) return wrong;
  }
  return std::nullopt;
}

// What the server puts in is no field of a request.
Problem check_nothing_of_server(const Partial& partial) {
  for (std::size_t place = 0; place < partial.fields.size(); ++place) {
    const Field& field = partial.fields[place];
    if (field.is_from_server && partial.has(place)) return DecodeError{std::string{field.name}, "is not a field here"};
  }
  return std::nullopt;
}

void fill_generated(const Uuid& fresh_id, Partial& partial) {
  for (std::size_t place = 0; place < partial.fields.size(); ++place) {
    const Field& field = partial.fields[place];
    if (!field.is_generated || partial.has(place)) continue;
    *const_cast<Uuid*>(field.type->id(field.in(partial.value))) = fresh_id;
    partial.mark(place);
  }
}

}  // namespace

std::expected<Value, DecodeError> decode_command(std::string_view name, std::string_view json, Path path,
                                                 const Uuid& fresh_id) {
  const CommandType* type = find_command_type(name);
  if (type == nullptr) return std::unexpected(DecodeError{"command", "is not one that exists"});
  auto body = json::scratch_document().parse(json.empty() ? "{}" : json);
  if (!body) return std::unexpected(std::move(body.error()));
  Value command = Value::of_kind(*type->kind);
  Partial partial{type->fields, command.data()};
  auto problem = read_members(*body, Limited::yes, partial);
  if (!problem) problem = check_nothing_of_server(partial);
  if (!problem) problem = bind_path(*type, path, partial);
  if (problem) return std::unexpected(std::move(*problem));
  fill_generated(fresh_id, partial);
  if (auto missing = check_complete(partial)) return std::unexpected(std::move(*missing));
  return command;
}

std::string_view command_name(const Value& command) {
  return command_type_of(command).name;
}

}  // namespace tenantry::events
