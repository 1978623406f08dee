#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"
#include "events/catalog/tenancy/declarations.hpp"

namespace tenantry::events {

template <>
const Catalog& catalog_of<tenancy::Context>() {
  using Entities = std::tuple<tenancy::Tenant>;
  static const Catalog catalog = make_catalog<tenancy::Command, tenancy::Event, Entities>("tenancy", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
