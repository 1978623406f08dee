// The rules of people, which are the same for students and for teachers: a number of their own among their kind in the
// tenant, which stays theirs when they are deactivated; a name or two; nothing of an inactive one is corrected until it
// is made active again. Private to domain/roster. Pure functions; any thread.
#pragma once

#include "domain/kernel/existing.hpp"
#include "domain/roster/checks.hpp"

namespace tenantry::roster {

// What a kind of people differs by from the other.
template <class Person>
struct People {
  std::string_view noun;
  Table<Person> Rows::*table;
  UniqueIndex<&Person::number> Rows::*numbers;
  const RefusalType& unknown;
  const RefusalType& exists;
  const RefusalType& number_taken;
  const RefusalType& inactive;
};

// `nameless_field` is the field to name if there is neither name.
template <class Person>
Problem check_person(const Person& person, std::string nameless_field) {
  if (auto problem = check_text("number", person.number)) return problem;
  if (auto problem = check_text("givenName", person.given_name)) return problem;
  if (auto problem = check_text("familyName", person.family_name)) return problem;
  if (!person.given_name && !person.family_name) {
    return Refusal{&refused.name_missing, std::move(nameless_field),
                   "A person has a given name, a family name or both."};
  }
  return check_email(person.email);
}

template <class Person>
Problem check_number(Rows& rows, const People<Person>& people, const std::string& typed, const Id<Person>& id) {
  return check_free(rows.*people.numbers, typed, id, people.number_taken, people.noun, "number");
}

// What is registered by a command, or was by what became this person: active, whatever it is now.
template <class Person, class From>
Person registered(const From& from) {
  return {.id = from.id,
          .number = normalised_key(from.number),
          .given_name = normalised(from.given_name),
          .family_name = normalised(from.family_name),
          .email = normalised_key(from.email),
          .active = true};
}

// A person to an event, or an event to a person.
template <class To, class From>
To with_texts(To to, const From& from) {
  to.number = from.number;
  to.given_name = from.given_name;
  to.family_name = from.family_name;
  to.email = from.email;
  return to;
}

template <class Registered, class Person, class Command>
Decision register_person(Rows& rows, const People<Person>& people, const Command& command) {
  auto wanted = registered<Person>(command);
  if (const Person* found = (rows.*people.table).find(command.id)) {
    if (registered<Person>(*found) == wanted) return holds(found->id);
    return refuse_exists(people.exists, people.noun);
  }
  if (auto problem = check_person(wanted, "familyName")) return refuse(problem);
  if (auto problem = check_number(rows, people, command.number, wanted.id)) return refuse(problem);
  return accept(with_texts(Registered{.id = wanted.id}, wanted));
}

template <class Corrected, class Person, class Command>
Decision correct_person(Rows& rows, const People<Person>& people, const Command& command) {
  const Person* found = (rows.*people.table).find(command.id);
  if (!found) return refuse(people.unknown, "id");
  Person wanted = *found;
  correct_key(wanted.number, command.number);
  correct_text(wanted.given_name, command.given_name);
  correct_text(wanted.family_name, command.family_name);
  correct_key(wanted.email, command.email);
  if (wanted == *found) return holds(found->id);
  if (!found->active) return refuse(people.inactive, "");
  if (auto problem = check_person(wanted, command.family_name ? "familyName" : "givenName")) return refuse(problem);
  if (wanted.number != found->number) {
    if (auto problem = check_number(rows, people, *command.number, wanted.id)) return refuse(problem);
  }
  return accept(with_texts(Corrected{.id = wanted.id}, wanted));
}

// `change` is the event that makes a person as active as is asked for.
template <class Person, class Change>
Decision make_active(Rows& rows, const People<Person>& people, bool active, Change change) {
  const Person* found = (rows.*people.table).find(change.id);
  if (!found) return refuse(people.unknown, "id");
  if (found->active == active) return holds(found->id);
  return accept(std::move(change));
}

template <class Person>
void set_active(Table<Person>& table, const Id<Person>& id, bool active) {
  Person changed = existing(table, id);
  changed.active = active;
  table.put(std::move(changed));
}

}  // namespace tenantry::roster
