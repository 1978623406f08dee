// The vocabulary of the rule books: how they accept and refuse, and the checks that several of them share.
// Private to domain/roster. A Problem is nothing if all is well. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/kernel/text.hpp"
#include "domain/roster/rules.hpp"

namespace tenantry::roster {

using Problem = std::optional<Refusal<Refused>>;

template <class E>
Decision accept(E event) {
  Subject about = subject(event);
  return Accepted<Event>{about, {Event{std::move(event)}}};
}

// What was asked for holds already, in this entity.
template <class Entity>
Decision holds(const Id<Entity>& id) {
  return Accepted<Event>{subject_of(id), {}};
}

inline std::unexpected<Refusal<Refused>> refuse(Problem& problem) {
  return std::unexpected(std::move(*problem));
}
using tenantry::refuse;

// "There is no such term." and "The id is in use for a term with other values."
std::unexpected<Refusal<Refused>> refuse_unknown(Refused code, std::string_view what, std::string field = "id");
std::unexpected<Refusal<Refused>> refuse_exists(Refused code, std::string_view what);

Problem check_text(std::string field, std::string_view trimmed_text);
Problem check_email(const std::optional<std::string>& email);
Problem check_order(std::string field, const std::optional<Date>& earlier, const std::optional<Date>& later);

// Of a Student or a Teacher.
template <class Person>
Problem check_person(const Person& person) {
  if (auto problem = check_text("number", person.number)) return problem;
  if (auto problem = check_text("givenName", person.given_name)) return problem;
  if (auto problem = check_text("familyName", person.family_name)) return problem;
  return check_email(person.email);
}

// Another entity than `id` holds the value.
template <class Entity>
bool is_taken(UniqueIndex<Entity>& index, std::string_view value, const Id<Entity>& id) {
  auto holder = index.holder(value);
  return holder && *holder != id;
}

template <class Entity>
void reassign(UniqueIndex<Entity>& index, std::string_view former, std::string_view value, const Id<Entity>& id) {
  if (former == value) return;
  index.release(former);
  index.assign(value, id);
}

inline std::string trim(const std::string& text) {
  return std::string{trimmed(text)};
}
inline std::optional<std::string> trim(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return trim(*text);
}

// Sets a field to what a Correct… command says; nothing keeps it.
template <class T>
void correct(T& field, const std::optional<T>& value) {
  if (value) field = *value;
}
inline void correct_text(std::string& field, const std::optional<std::string>& value) {
  if (value) field = trim(*value);
}
inline void correct_text(std::optional<std::string>& field, const std::optional<std::optional<std::string>>& value) {
  if (value) field = trim(*value);
}

}  // namespace tenantry::roster
