#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"
#include "events/catalog/roster/commands.hpp"
#include "events/catalog/roster/entities.hpp"
#include "events/catalog/roster/events.hpp"

namespace tenantry::events {

template <>
const Catalog& catalog_of<roster::Context>() {
  static const Catalog catalog =
      make_catalog<roster::Command, roster::Event, roster::Entities>("roster", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
