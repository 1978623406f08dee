// The parts of the packed form, in which the tables hold entities (describe.hpp: pack, unpack).
//
//   packed    = field*                     each field of the declaration, in its order, without names
//   uuid      = 16 bytes                   unsigned = LEB128, least significant group first, at most 10 bytes
//   text      = unsigned(size) byte*       signed   = unsigned of (value << 1) ^ (value >> 63)  (zigzag)
//   boolean   = %x00 / %x01                date     = signed(days since 1970-01-01)
//   choice    = unsigned(place in the declaration)      instant = signed(ms since 1970)
//   decimal   = signed(hundredths)         metadata = text
//   quantity  = signed(millionths)         long text = text
//   record    = field*                     list     = unsigned(number of records) record*
//   optional  = %x00 / %x01 value          (an optional optional has one such byte for each)
//
// The form holds no version: tables carry one and are rebuilt from the log when a declaration changes.
// Free functions and a cursor; any thread, one at a time for a cursor. Taking answers false when bytes run out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tenantry::events::packing {

void append_unsigned(std::string& out, std::uint64_t value);
inline void append_signed(std::string& out, std::int64_t value) {
  append_unsigned(out, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}
inline void append_text(std::string& out, std::string_view text) {
  append_unsigned(out, text.size());
  out += text;
}

// Takes values from the front of bytes that outlive it.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  bool take_bytes(std::size_t count, std::string_view& bytes) {
    if (count > rest_.size()) return false;
    bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return true;
  }
  bool take_unsigned(std::uint64_t& value);
  bool take_signed(std::int64_t& value) {
    std::uint64_t zigzag = 0;
    if (!take_unsigned(zigzag)) return false;
    value = static_cast<std::int64_t>((zigzag >> 1) ^ (0 - (zigzag & 1)));
    return true;
  }
  bool take_text(std::string_view& text) {
    std::uint64_t size = 0;
    return take_unsigned(size) && take_bytes(size, text);
  }
  bool take_boolean(bool& value) {
    std::string_view byte;
    if (!take_bytes(1, byte) || static_cast<unsigned char>(byte[0]) > 1) return false;
    value = byte[0] == 1;
    return true;
  }

 private:
  std::string_view rest_;
};

}  // namespace tenantry::events::packing
