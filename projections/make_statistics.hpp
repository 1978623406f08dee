// A statistics type, made from its Describe, which says with `of` to which collection's entities it belongs; without
// it, it is the tenant's. Included by projections/{context}/rulebook.cpp alone. Pure function.
#pragma once

#include "events/catalog/make_catalog.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::projections {

template <class T>
StatisticsType make_statistics_type(std::string_view context) {
  StatisticsType type{events::make_entity_type<T>(context)};
  if constexpr (requires { events::Describe<T>::of; }) type.of = events::Describe<T>::of;
  type.zero = [](const Uuid& id) {
    T none;
    none.id.value = id;
    return Value{std::move(none)};
  };
  return type;
}

}  // namespace tenantry::projections
