#include "events/catalog/catalog.hpp"
#include "domain/contexts.hpp"
#include "events/catalog/make_catalog.hpp"
#include "events/catalog/tenancy/declarations.hpp"

namespace tenantry::events {

template <>
const Catalog& catalog_of<tenancy::Context>() {
  static const Catalog catalog =
      make_catalog<tenancy::Command, tenancy::Event, tenancy::Entities>("tenancy", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
