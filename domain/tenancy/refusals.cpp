#include "domain/tenancy/refusals.hpp"

#include "domain/contexts.hpp"

namespace tenantry {

template <>
std::vector<RefusalType> refusals_of<tenancy::Context>() {
  return refusal_types(tenancy::refused);
}

}  // namespace tenantry
