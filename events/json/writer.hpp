// JSON writing: each function appends a value to `out`, without white space.
//
// Text must be valid UTF-8 (the reader lets in nothing else); it goes out as it is, except for the characters that JSON
// makes an escape of: quotation mark, reverse solidus and U+0000 to U+001F. Free functions; any thread; cannot fail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"

namespace tenantry::events::json {

void append_text(std::string& out, std::string_view text);
void append_integer(std::string& out, std::int64_t value);
void append_integer(std::string& out, std::uint64_t value);
void append_boolean(std::string& out, bool value);
// The id's text without quotation marks.
void append_uuid(std::string& out, const Uuid& id);

// Members of an object, one after another: {"a":1,"b":"x"}. The caller appends the value after each key.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;
  ~ObjectWriter() { out_ += '}'; }

  // The key must need no escape.
  std::string& key(std::string_view name) {
    out_ += first_ ? "\"" : ",\"";
    first_ = false;
    out_ += name;
    out_ += "\":";
    return out_;
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace tenantry::events::json
