// The characters that RFC 3986 section 2.3 calls unreserved: A-Z a-z 0-9 - . _ ~, and its percent-encoding of all
// others. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace tenantry::api::tokens {

inline bool is_unreserved(unsigned char each) {
  return (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-' ||
         each == '.' || each == '_' || each == '~';
}

inline void append_percent_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (unsigned char each : text) {
    if (is_unreserved(each)) {
      out += static_cast<char>(each);
    } else {
      out += {'%', hex[each >> 4], hex[each & 15]};
    }
  }
}

}  // namespace tenantry::api::tokens
