#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"
#include "events/catalog/roster/commands.hpp"
#include "events/catalog/roster/entities.hpp"
#include "events/catalog/roster/events.hpp"

namespace tenantry::events {

template <>
const Catalog& catalog_of<roster::Context>() {
  using Entities = std::tuple<roster::Term, roster::Course, roster::Class, roster::Student, roster::Teacher,
                              roster::Enrolment, roster::TeachingAssignment, roster::Assessment, roster::Result>;
  static const Catalog catalog = make_catalog<roster::Command, roster::Event, Entities>("roster", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
