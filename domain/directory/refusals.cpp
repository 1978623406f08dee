#include "domain/directory/refusals.hpp"

#include "domain/contexts.hpp"

namespace tenantry {

template <>
std::vector<RefusalType> refusals_of<directory::Context>() {
  return refusal_types(directory::refused);
}

}  // namespace tenantry
