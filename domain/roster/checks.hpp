// The vocabulary of the rule books: how they accept and refuse, and the checks that several of them share.
// Private to domain/roster. A Problem is nothing if all is well. Pure functions; any thread.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/kernel/text.hpp"
#include "domain/roster/events.hpp"
#include "domain/roster/rules.hpp"

namespace tenantry::roster {

using Problem = std::optional<Refusal>;

template <class E>
Decision accept(E event) {
  return accept_one_of<Event>(std::move(event));
}

inline std::unexpected<Refusal> refuse(Problem& problem) {
  return std::unexpected(std::move(*problem));
}
using tenantry::refuse;

// "The id is in use for another term, or one with other values."
std::unexpected<Refusal> refuse_exists(const RefusalType& type, std::string_view what);

Problem check_text(std::string field, std::string_view normalised_text);
Problem check_email(const std::optional<std::string>& email);
Problem check_order(std::string field, const std::optional<Date>& earlier, const std::optional<Date>& later);

// An absent text is not blank.
template <std::same_as<std::string> Text>
Problem check_text(std::string field, const std::optional<Text>& normalised_text) {
  if (!normalised_text) return std::nullopt;
  return check_text(std::move(field), std::string_view{*normalised_text});
}

// Another entity than `id` holds the key that was typed: in its normal form, or as it was typed, which is how events of
// before texts were normalised hold it.
template <auto Field>
bool is_taken(const UniqueIndex<Field>& index, std::string_view typed, const Id<OwnerOf<Field>>& id) {
  auto is_anothers = [&](std::string_view value) {
    auto holder = index.holder(value);
    return holder && *holder != id;
  };
  std::string key = normalised_key(typed);
  return is_anothers(key) || (key != typed && is_anothers(typed));
}

// "Another term has this name."
template <auto Field>
Problem check_free(const UniqueIndex<Field>& index, std::string_view typed, const Id<OwnerOf<Field>>& id,
                   const RefusalType& type, std::string_view what, std::string field) {
  if (!is_taken(index, typed, id)) return std::nullopt;
  std::string detail = "Another " + std::string{what} + " has this " + field + ".";
  return Refusal{&type, std::move(field), std::move(detail)};
}

using tenantry::normalised;
using tenantry::normalised_key;
template <std::same_as<std::string> Text>
std::optional<Text> normalised(const std::optional<Text>& text) {
  if (!text) return std::nullopt;
  return normalised(std::string_view{*text});
}
template <std::same_as<std::string> Text>
std::optional<Text> normalised_key(const std::optional<Text>& text) {
  if (!text) return std::nullopt;
  return normalised_key(std::string_view{*text});
}

// Sets a field to what a Correct… command says; nothing keeps it. So does a text that is the one that is there, as it
// was typed: what a client read it may send back, also if the event is from before texts were normalised.
template <class T>
void correct(T& field, const std::optional<T>& value) {
  if (value) field = *value;
}
template <class Text>  // a std::string, or an optional one
void correct_text(Text& field, const std::optional<Text>& value) {
  if (value && *value != field) field = normalised(*value);
}
template <class Text>
void correct_key(Text& field, const std::optional<Text>& value) {
  if (value && *value != field) field = normalised_key(*value);
}

// A command that asks for what is there already may leave a value out, and is then content with the one that is there.
template <class T>
bool says_otherwise(const std::optional<T>& said, const std::optional<T>& there) {
  return said && said != there;
}

}  // namespace tenantry::roster
