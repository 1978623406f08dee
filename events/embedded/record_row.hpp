// How a record stands in its partition's family.
//
//   key    position, 8 bytes big-endian, so that byte order is log order
//   value  the record's bytes, then 4 bytes big-endian: CRC-32C over key and bytes, so that a record that was altered
//          anywhere between append() and read(), or stands at another position, is found
//
// Pure functions; any thread. check_row() returns why a row is not the record at a position, or its bytes.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "events/log.hpp"

namespace tenantry::events::embedded {

std::string row_key(Position position);
// The key's position; nothing if it is not 8 bytes.
std::expected<Position, std::string> row_position(std::string_view key);

// Writes the value for a record into `value`, reusing its memory.
void make_row_value(std::string_view key, std::string_view record, std::string& value);
std::expected<std::string_view, std::string> check_row(Position position, std::string_view key, std::string_view value);

}  // namespace tenantry::events::embedded
