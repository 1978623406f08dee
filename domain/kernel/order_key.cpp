#include "domain/kernel/order_key.hpp"

#include <limits>
#include <stdexcept>

namespace tenantry {
namespace {

constexpr std::uint64_t first_bit = std::uint64_t{1} << 63;
constexpr std::string_view escaped_zero{"\x00\xff", 2};
constexpr std::string_view text_end{"\x00\x00", 2};

[[noreturn]] void throw_no_key() {
  throw std::logic_error("bytes are no order key");
}

}  // namespace

void append_order_key(std::string& out, std::int64_t value) {
  std::uint64_t bits = static_cast<std::uint64_t>(value) ^ first_bit;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(bits >> shift);
}

void append_order_key(std::string& out, std::string_view text) {
  for (char each : text.substr(0, order_key_text_bytes_max)) {
    if (each == '\0')
      out += escaped_zero;
    else
      out += each;
  }
  out += text_end;
}

void read_order_key(std::string_view key, std::int64_t& value) {
  if (key.size() != 8) throw_no_key();
  std::uint64_t bits = 0;
  for (char each : key) bits = bits << 8 | static_cast<unsigned char>(each);
  value = static_cast<std::int64_t>(bits ^ first_bit);
}

void read_order_key(std::string_view key, int& value) {
  std::int64_t number = 0;
  read_order_key(key, number);
  if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) throw_no_key();
  value = static_cast<int>(number);
}

void read_order_key(std::string_view key, std::string& text) {
  if (!key.ends_with(text_end)) throw_no_key();
  key.remove_suffix(text_end.size());
  text.clear();
  for (std::size_t index = 0; index < key.size(); ++index) {
    text += key[index];
    if (key[index] == '\0' && !key.substr(index++).starts_with(escaped_zero)) throw_no_key();
  }
}

void read_order_key(std::string_view key, Decimal& value) {
  read_order_key(key, value.hundredths);
}

void read_order_key(std::string_view key, Quantity& value) {
  read_order_key(key, value.millionths);
}

void read_order_key(std::string_view key, Date& value) {
  int days = 0;
  read_order_key(key, days);
  value.day = std::chrono::sys_days{std::chrono::days{days}};
}

void read_order_key(std::string_view key, Instant& value) {
  read_order_key(key, value.unix_ms);
}

}  // namespace tenantry
