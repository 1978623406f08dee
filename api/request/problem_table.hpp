// The tables behind problem.hpp: status and title of each code. An answer without a title means that there is no such
// code, which only a number that is none of the enum's can make. Pure functions; any thread.
#pragma once

#include <string_view>

#include "api/request/problem.hpp"

namespace tenantry::api {

struct StatusAndTitle {
  int status = 0;
  std::string_view title = {};
};

StatusAndTitle meaning_of(directory::Refused code);
StatusAndTitle meaning_of(tenancy::Refused code);
StatusAndTitle meaning_of(roster::Refused code);
ProblemType meaning_of(Fault fault);

}  // namespace tenantry::api
