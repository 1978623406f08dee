// Which events of a tenant a feed shows. Plain value; any thread.
//
// `type` and `subject` are exact, or prefixes if they end in "*": "tenantry.roster.*", "students/*". `actor` is the
// events' authid. `from` (inclusive) and `to` (exclusive) bound their time.
#pragma once

#include <optional>
#include <string>

#include "api/request/headers.hpp"
#include "domain/kernel/date.hpp"
#include "events/record.hpp"

namespace tenantry::api {

struct EventFilter {
  std::string type;
  std::string subject;
  std::string actor;
  std::optional<Instant> from;
  std::optional<Instant> to;

  bool shows(const events::AttributesView& event) const;
};

// From the query parameters of these names.
Checked<EventFilter> read_event_filter(const http::Request& request);

}  // namespace tenantry::api
