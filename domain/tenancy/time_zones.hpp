// The names of the IANA time zone database that a tenant may have, its links ("Europe/Kiev") included.
//
// Source: tzdata 2025b, as Debian 12 packages it, without "localtime", "Factory" and the "posix/" and "right/" trees.
// Embedded, because a rule must decide the same wherever and whenever it runs: a node's own database may be missing or
// of another year. When IANA adds a zone, a release of the product does. Pure; any thread. Case matters.
//
// To make the list of time_zones.cpp again: sorted(zoneinfo.available_timezones()) of Python 3, less the above.
#pragma once

#include <string_view>

namespace tenantry::tenancy {

bool is_time_zone(std::string_view name);

}  // namespace tenantry::tenancy
