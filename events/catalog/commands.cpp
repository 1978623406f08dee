// Commands from requests: the body's fields, then the URL's, then a fresh id where one is wanted.
#include <stdexcept>
#include <unordered_map>

#include "events/catalog/alternatives.hpp"
#include "events/catalog/catalog.hpp"
#include "events/catalog/declarations.hpp"

namespace tenantry::events {
namespace {

using Path = std::span<const PathField>;
using Decoded = std::expected<AnyCommand, DecodeError>;
using DecodeCommand = Decoded (*)(json::Value body, Path path, const Uuid& fresh_id);

[[noreturn]] void throw_unbindable(std::string_view command, std::string_view field) {
  throw std::logic_error{std::string{command} + " has no field " + std::string{field} + " for a path to give"};
}

template <class Command, class Owner, class Value>
Problem bind(const Field<Owner, Value>& field, std::string_view text, bool in_body, Command& command) {
  if constexpr (!Scalar<Value>) {
    throw_unbindable(Describe<Command>::name, field.name);
  } else {
    Value value{};
    if (auto wrong = FieldType<Value>::parse(text, field.limits, value)) return in_field(field.name, std::move(wrong));
    if (in_body && command.*field.member != value) {
      return DecodeError{std::string{field.name}, "differs from the one in the URL"};
    }
    command.*field.member = std::move(value);
    return std::nullopt;
  }
}

template <class Command>
Problem bind_path(Path path, Partial<Command>& partial) {
  for (const PathField& given : path) {
    std::size_t place = field_place<Command>(given.name, 0);
    if (place == field_count<Command>) throw_unbindable(Describe<Command>::name, given.name);
    auto wrong = visit_field<Command>(
        place, [&](const auto& field) { return bind(field, given.value, partial.has(place), partial.value); });
    if (wrong) return wrong;
    partial.mark(place);
  }
  return std::nullopt;
}

template <class Command>
void fill_generated(const Uuid& fresh_id, Partial<Command>& partial) {
  std::size_t place = 0;
  for_each_field<Command>([&](const auto& field) {
    if constexpr (requires { (partial.value.*field.member).value = fresh_id; }) {
      if (field.is_generated && !partial.has(place)) {
        (partial.value.*field.member).value = fresh_id;
        partial.mark(place);
      }
    }
    ++place;
  });
}

template <class Context, class Command>
Decoded decode_as(json::Value body, Path path, const Uuid& fresh_id) {
  Partial<Command> partial;
  auto problem = read_members(body, partial);
  if (!problem) problem = bind_path(path, partial);
  if (problem) return std::unexpected(std::move(*problem));
  fill_generated(fresh_id, partial);
  if (auto missing = check_complete(partial)) return std::unexpected(std::move(*missing));
  return AnyCommand{Context{std::move(partial.value)}};
}

const std::unordered_map<std::string_view, DecodeCommand>& decoders() {
  static const auto decoders = [] {
    std::unordered_map<std::string_view, DecodeCommand> decoders;
    for_each_alternative<AnyCommand>(
        [&]<class Context, class Command>(std::type_identity<Context>, std::type_identity<Command>) {
          decoders.emplace(Describe<Command>::name, &decode_as<Context, Command>);
        });
    return decoders;
  }();
  return decoders;
}

}  // namespace

Decoded decode_command(std::string_view name, std::string_view json, Path path, const Uuid& fresh_id) {
  auto decoder = decoders().find(name);
  if (decoder == decoders().end()) return std::unexpected(DecodeError{"command", "is not one that exists"});
  auto body = json::scratch_document().parse(json.empty() ? "{}" : json);
  if (!body) return std::unexpected(std::move(body.error()));
  return decoder->second(*body, path, fresh_id);
}

std::string_view command_name(const AnyCommand& command) {
  return visit_nested(command, []<class Command>(const Command&) { return Describe<Command>::name; });
}

}  // namespace tenantry::events
