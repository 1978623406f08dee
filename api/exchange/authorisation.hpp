// Authorisation at the gate: whether the caller may ask for the route, by the tenant's committed rows. Commands are
// judged again when they are decided, against every earlier event of the tenant. Any thread.
#pragma once

#include <functional>

#include "api/exchange/exchange.hpp"

namespace tenantry::api {

// Of an exchange whose tenant has been found. Fills in the id of a user whom the token names by login.
Checked<void> authorise(Exchange& exchange);

// Whether it is the tenant's rows that know it: a user, or a service.
bool is_of_tenant(const Principal& principal);

// Of an operator who shows a key of the platform's: whether it is good. Of everybody else there is nothing to be seen.
Checked<void> authorise_operator(const Exchange& exchange);

// Whether the caller of an exchange that was let in may still ask for its route: for what goes on after its first
// answer. Asks the tables at each call; false once the token has expired. Any thread, for as long as the context lives.
std::function<bool()> goes_on_being_allowed(const Exchange& exchange);

}  // namespace tenantry::api
