// The characters that RFC 3986 section 2.3 calls unreserved: A-Z a-z 0-9 - . _ ~
#pragma once

namespace tenantry::api::tokens {

inline bool is_unreserved(unsigned char each) {
  return (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-' ||
         each == '.' || each == '_' || each == '~';
}

}  // namespace tenantry::api::tokens
