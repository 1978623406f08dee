// HTTP's dates (RFC 9110 5.6.7): always UTC, to the second. Free functions; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry::api::http {

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::chrono::sys_seconds second);

// Any of the three forms that recipients must take: the one above, RFC 850's ("Sunday, 06-Nov-94 08:49:37 GMT", whose
// year is never more than 50 years after `now`) and asctime's ("Sun Nov  6 08:49:37 1994"). Nothing if it is none, or
// names a day that does not exist; that it names the right day of the week is not checked.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text, std::chrono::sys_seconds now);

// Now, for an answer's Date. Written once a second on each thread; valid until the thread's next call.
const std::string& date_of_now();

}  // namespace tenantry::api::http
