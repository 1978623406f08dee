#include "events/catalog/catalog.hpp"
#include "domain/contexts.hpp"
#include "events/catalog/directory/declarations.hpp"
#include "events/catalog/make_catalog.hpp"

namespace tenantry::events {

template <>
const Catalog& catalog_of<directory::Context>() {
  static const Catalog catalog =
      make_catalog<directory::Command, directory::Event, directory::Entities>("directory", Stream::platform);
  return catalog;
}

}  // namespace tenantry::events
