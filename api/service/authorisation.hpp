// Authorisation at the gate: whether the caller may ask for the route, by the tenant's committed rows. Commands are
// judged again when they are decided, against every earlier event of the tenant. Any thread.
#pragma once

#include "api/exchange/exchange.hpp"

namespace tenantry::api {

// Of an exchange whose tenant has been found. Fills in the id of a user whom the token names by login.
Checked<void> authorise(Exchange& exchange);

}  // namespace tenantry::api
