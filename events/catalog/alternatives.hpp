// Walking over the types that the catalog's variants of variants hold. Compile-time helpers.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

namespace tenantry::events {

template <class Variant>
struct Alternatives;

template <class... Types>
struct Alternatives<std::variant<Types...>> {
  // Calls visit(std::type_identity<T>{}) for each T.
  template <class Visit>
  static void for_each(Visit&& visit) {
    (visit(std::type_identity<Types>{}), ...);
  }
};

// For each T of each context of a variant of variants: visit(std::type_identity<Context>{}, std::type_identity<T>{}).
template <class Nested, class Visit>
void for_each_alternative(Visit&& visit) {
  Alternatives<Nested>::for_each([&]<class Context>(std::type_identity<Context> context) {
    Alternatives<Context>::for_each([&](auto type) { visit(context, type); });
  });
}

// Calls visit with the innermost value.
template <class Nested, class Visit>
decltype(auto) visit_nested(const Nested& nested, Visit&& visit) {
  return std::visit([&](const auto& context) -> decltype(auto) { return std::visit(visit, context); }, nested);
}

}  // namespace tenantry::events
