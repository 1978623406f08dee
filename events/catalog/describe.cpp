#include "events/catalog/describe.hpp"

namespace tenantry::events {

Problem in_field(std::string_view name, Problem problem) {
  if (problem) problem->field.insert(0, name);
  return problem;
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

}  // namespace tenantry::events
