// Admission: what a request may be refused for by itself, before it is known what it is about: site, caller, role,
// query parameters, encoding, conditions. Pure function of the route, the request and the service's options; any
// thread.
#pragma once

#include "api/exchange/exchange.hpp"

namespace tenantry::api {

// Fills in the exchange's caller and conditions. A refusal's answer carries what was filled in before.
Checked<void> admit(Exchange& exchange);

}  // namespace tenantry::api
