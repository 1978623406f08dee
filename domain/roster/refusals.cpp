#include "domain/roster/refusals.hpp"

#include "domain/contexts.hpp"

namespace tenantry {

template <>
std::vector<RefusalType> refusals_of<roster::Context>() {
  return refusal_types(roster::refused);
}

}  // namespace tenantry
