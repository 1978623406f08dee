#include "events/catalog/catalog.hpp"
#include "domain/contexts.hpp"
#include "events/catalog/make_catalog.hpp"
#include "events/catalog/roster/declarations.hpp"

namespace tenantry::events {

template <>
const Catalog& catalog_of<roster::Context>() {
  static const Catalog catalog =
      make_catalog<roster::Command, roster::Event, roster::Entities>("roster", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
