// Why bytes that came from outside, or from the log, could not be understood. Plain value.
#pragma once

#include <string>

namespace tenantry::events {

struct DecodeError {
  enum class Kind {
    malformed,
    not_nullable  // null asks for clearing what is never empty: understood, and not to be had
  };
  std::string field;   // JSON path of what is wrong ("email", "metadata.a", "metadata.list[2]"); empty: the whole
  std::string detail;  // a sentence's end: "is missing", "must be a date like 2014-10-01"
  Kind kind = Kind::malformed;

  bool operator==(const DecodeError&) const = default;
};

}  // namespace tenantry::events
