// The value of a unique index over a pair of ids: their bytes, one after the other. Injective. Pure; any thread.
#pragma once

#include <string>

#include "domain/kernel/id.hpp"

namespace tenantry {

template <class First, class Second>
std::string pair_key(const Id<First>& first, const Id<Second>& second) {
  return std::string{first.value.view()}.append(second.value.view());
}

}  // namespace tenantry
