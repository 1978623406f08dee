// The table behind problem.hpp: status and title of each fault. An answer without a title means that there is no such
// fault, which only a number that is none of the enum's can make. Pure function; any thread.
#pragma once

#include "api/request/problem.hpp"

namespace tenantry::api {

ProblemType meaning_of(Fault fault);

}  // namespace tenantry::api
