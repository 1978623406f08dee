#include "events/catalog/packing.hpp"

namespace tenantry::events::packing {

void append_unsigned(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

bool Cursor::take_unsigned(std::uint64_t& value) {
  value = 0;
  for (std::size_t index = 0; index < rest_.size() && index < 10; ++index) {
    auto byte = static_cast<unsigned char>(rest_[index]);
    if (index == 9 && byte > 1) return false;  // beyond 64 bits
    if (index > 0 && byte == 0) return false;  // not the fewest bytes
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * index);
    if (byte < 0x80) {
      rest_.remove_prefix(index + 1);
      return true;
    }
  }
  return false;
}

}  // namespace tenantry::events::packing
