// What may stand as a host: a name of letters, digits, hyphens and underscores in labels of 1 to 63 joined by dots, 253
// characters at most, or an IP address, of version 6 in brackets. RFC 1123 has no underscores, but names of containers
// do. Without a port and without a dot at the end. Pure functions.
#pragma once

#include <string_view>

namespace tenantry::api::client {

bool is_host_name(std::string_view text);
bool is_host(std::string_view text);

}  // namespace tenantry::api::client
