// Which rulebooks there are. A unit of its own: a test program that defines rulebooks() itself has other contexts.
#include "domain/contexts.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::projections {

std::span<const Rulebook* const> rulebooks() {
  static const auto all = [] {
    std::vector<const Rulebook*> all;
    for_each_context([&]<class Context>() { all.push_back(&rulebook_of<Context>()); });
    return all;
  }();
  return all;
}

}  // namespace tenantry::projections
