// Order keys: values as bytes whose order is the values' own, for rows that are kept in that order.
//
//   whole number, decimal, quantity,    8 bytes, big-endian, with the first bit turned over: the number itself, its
//   date, instant                       hundredths, its millionths, days since 1970, milliseconds since 1970
//   text                                its first 64 bytes, of which %x00 is written %x00 %xff, then %x00 %x00
//
// No key begins another, so that what follows a key in a row's key does not disturb the order. Texts are in the order
// of their bytes, as UTF-8 that of their code points; those that are alike in their first 64 bytes are equal here.
// append_order_key() appends; read_order_key() reads back exactly one key and throws std::logic_error on bytes that are
// none. Of a text it gives what the key holds of it, which may end within a character. Free functions; any thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decimal.hpp"
#include "domain/kernel/quantity.hpp"

namespace tenantry {

inline constexpr std::size_t order_key_text_bytes_max = 64;

void append_order_key(std::string& out, std::int64_t value);
void append_order_key(std::string& out, std::string_view text);
inline void append_order_key(std::string& out, int value) {
  append_order_key(out, std::int64_t{value});
}
inline void append_order_key(std::string& out, Decimal value) {
  append_order_key(out, value.hundredths);
}
inline void append_order_key(std::string& out, Quantity value) {
  append_order_key(out, value.millionths);
}
inline void append_order_key(std::string& out, Date value) {
  append_order_key(out, std::int64_t{value.day.time_since_epoch().count()});
}
inline void append_order_key(std::string& out, Instant value) {
  append_order_key(out, value.unix_ms);
}

void read_order_key(std::string_view key, std::int64_t& value);
void read_order_key(std::string_view key, int& value);
void read_order_key(std::string_view key, std::string& text);
void read_order_key(std::string_view key, Decimal& value);
void read_order_key(std::string_view key, Quantity& value);
void read_order_key(std::string_view key, Date& value);
void read_order_key(std::string_view key, Instant& value);

// What there is an order key of.
template <class T>
concept HasOrder = std::same_as<T, int> || std::same_as<T, std::string> || std::same_as<T, Decimal> ||
    std::same_as<T, Quantity> || std::same_as<T, Date> || std::same_as<T, Instant>;

}  // namespace tenantry
