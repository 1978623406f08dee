#include "projections/registry.hpp"

#include <array>

#include "projections/history.hpp"
#include "projections/rosters.hpp"
#include "projections/statistics.hpp"

namespace tenantry::projections {

std::span<const Projection> projections() {
  static constexpr std::array<Projection, 3> all{&project_history, &project_rosters, &project_statistics};
  return all;
}

}  // namespace tenantry::projections
