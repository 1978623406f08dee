#include "events/embedded/record_row.hpp"

#include "storage/crc32c.hpp"

namespace tenantry::events::embedded {
namespace {

constexpr std::size_t key_bytes = 8;
constexpr std::size_t checksum_bytes = 4;

std::uint32_t checksum(std::string_view key, std::string_view record) {
  return storage::crc32c(record, storage::crc32c(key));
}

std::uint32_t stored_checksum(std::string_view bytes) {
  std::uint32_t number = 0;
  for (char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace

std::string row_key(Position position) {
  std::string key(key_bytes, '\0');
  for (std::size_t index = 0; index < key_bytes; ++index) key[index] = static_cast<char>(position >> (56 - 8 * index));
  return key;
}

std::expected<Position, std::string> row_position(std::string_view key) {
  if (key.size() != key_bytes) return std::unexpected("a key of " + std::to_string(key.size()) + " bytes");
  Position position = 0;
  for (char byte : key) position = position << 8 | static_cast<unsigned char>(byte);
  return position;
}

void make_row_value(std::string_view key, std::string_view record, std::string& value) {
  std::uint32_t sum = checksum(key, record);
  value.assign(record);
  for (int shift = 24; shift >= 0; shift -= 8) value.push_back(static_cast<char>(sum >> shift));
}

std::expected<std::string_view, std::string> check_row(Position position, std::string_view key,
                                                       std::string_view value) {
  auto found = row_position(key);
  if (!found) return std::unexpected(found.error());
  if (*found != position) return std::unexpected("the next record found is " + std::to_string(*found));
  if (value.size() < checksum_bytes) return std::unexpected("the record is cut short");
  auto record = value.substr(0, value.size() - checksum_bytes);
  if (stored_checksum(value.substr(record.size())) != checksum(key, record)) {
    return std::unexpected("the record's checksum does not match its bytes");
  }
  return record;
}

}  // namespace tenantry::events::embedded
