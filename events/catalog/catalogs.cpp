// Which catalogs there are. A unit of its own: a test program that defines catalogs() itself has other contexts.
#include "domain/contexts.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::events {

std::span<const Catalog* const> catalogs() {
  static const auto all = [] {
    std::vector<const Catalog*> all;
    for_each_context([&]<class Context>() { all.push_back(&catalog_of<Context>()); });
    return all;
  }();
  return all;
}

}  // namespace tenantry::events
