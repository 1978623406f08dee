// Whether a request may come from where it says that it comes from. Until access is controlled, whoever reaches the
// port is believed, and a web page in the browser of somebody on this machine does reach it.
//
// Refused are requests addressed to a name that is none of the server's, as a page sends them whose own name was made
// to resolve to this machine, and requests that a browser marks as made by a page of another site (Fetch Metadata's
// Sec-Fetch-Site, or an Origin that is none of the server's names). Programs send neither mark.
// The server's names are the loopback addresses, the base domains of the gate with all that is under them, and those
// that it is configured with; ports make no difference, as they make none to a browser's notion of a site.
// Pure functions; any thread.
#pragma once

#include "api/exchange/service_options.hpp"
#include "api/request/headers.hpp"

namespace tenantry::api {

// Whether the address can only be reached from this machine.
bool is_loopback(const std::string& address);
// Behind a proxy: that the client did not come to it in the clear, if it says how it came (X-Forwarded-Proto).
Checked<void> check_transport(const http::Request& request, const ServiceOptions& options);
// Whether it is addressed to the server.
Checked<void> check_host(const http::Request& request, const ServiceOptions& options);
// Whether a browser makes it for a page of another site.
Checked<void> check_site(const http::Request& request, const ServiceOptions& options);

}  // namespace tenantry::api
