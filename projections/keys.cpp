#include "projections/keys.hpp"

#include <cstring>
#include <utility>

namespace tenantry::projections {
namespace {

constexpr std::size_t entity_header_bytes = 20;

std::string key_of_kind(char kind, std::size_t size) {
  std::string key;
  key.reserve(size);
  key += kind;
  return key;
}

}  // namespace

std::string head_key() {
  return "m";
}

std::string entity_prefix(char table) {
  std::string key = key_of_kind('e', 18);
  key += table;
  return key;
}

std::string entity_key(char table, const Uuid& id) {
  return entity_prefix(table).append(id.view());
}

std::string index_key(char index, std::string_view value) {
  std::string key = key_of_kind('u', 2 + value.size());
  key += index;
  return key.append(value);
}

std::string filter_prefix(char filter, std::string_view packed) {
  std::string key = key_of_kind('f', 2 + packed.size() + 16);
  key += filter;
  return key.append(packed);
}

std::string filter_key(char filter, std::string_view packed, const Uuid& id) {
  return filter_prefix(filter, packed).append(id.view());
}

std::string list_prefix(char list, const Uuid& parent) {
  std::string key = key_of_kind('l', 34);
  key += list;
  return key.append(parent.view());
}

std::string list_key(char list, const Uuid& parent, const Uuid& child) {
  return list_prefix(list, parent).append(child.view());
}

std::string order_prefix(char order) {
  std::string key = key_of_kind('o', 26);
  key += order;
  return key;
}

std::string order_row_key(char order, std::string_view key, const Uuid& id) {
  return order_prefix(order).append(key).append(id.view());
}

std::string history_prefix(char table, const Uuid& id) {
  std::string key = key_of_kind('h', 26);
  key += table;
  return key.append(id.view());
}

std::string history_key(char table, const Uuid& id, std::uint64_t sequence) {
  std::string key = history_prefix(table, id);
  append_number(key, sequence);
  return key;
}

std::string sequence_prefix() {
  return "s";
}

std::string sequence_key(std::uint64_t sequence) {
  std::string key = key_of_kind('s', 9);
  append_number(key, sequence);
  return key;
}

std::string answer_key(std::string_view key_hash) {
  return key_of_kind('i', 17).append(key_hash);
}

std::string answer_order_key(std::uint64_t number) {
  std::string key = key_of_kind('j', 9);
  append_number(key, number);
  return key;
}

Uuid id_at_end(std::string_view key) {
  Uuid id;
  if (key.size() < id.bytes.size()) throw DamagedRows("a key is too short to end in an id");
  std::memcpy(id.bytes.data(), key.data() + key.size() - id.bytes.size(), id.bytes.size());
  return id;
}

std::uint64_t number_at_end(std::string_view key) {
  if (key.size() < 8) throw DamagedRows("a key is too short to end in a number");
  return read_number(key.substr(key.size() - 8));
}

void append_number(std::string& bytes, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
}

std::uint64_t read_number(std::string_view bytes) {
  if (bytes.size() < 8) throw DamagedRows("a row is too short to hold a number");
  std::uint64_t number = 0;
  for (std::size_t index = 0; index < 8; ++index) number = number << 8 | static_cast<unsigned char>(bytes[index]);
  return number;
}

EntityRow read_entity_row(std::string_view row) {
  if (row.size() < entity_header_bytes) throw DamagedRows("an entity row is cut short");
  std::uint32_t packed_bytes = 0;
  for (std::size_t index = 16; index < entity_header_bytes; ++index) {
    packed_bytes = packed_bytes << 8 | static_cast<unsigned char>(row[index]);
  }
  if (row.size() - entity_header_bytes < packed_bytes) throw DamagedRows("an entity row is cut short");
  return {.version = read_number(row),
          .modified = Instant{static_cast<std::int64_t>(read_number(row.substr(8)))},
          .packed = row.substr(entity_header_bytes, packed_bytes),
          .document = row.substr(entity_header_bytes + packed_bytes)};
}

void append_entity_header(std::string& row, std::uint64_t version, Instant modified, std::uint32_t packed_bytes) {
  append_number(row, version);
  append_number(row, static_cast<std::uint64_t>(modified.unix_ms));
  for (int shift = 24; shift >= 0; shift -= 8) row += static_cast<char>(packed_bytes >> shift);
}

void throw_failure(const storage::StorageError& error) {
  if (error.kind == storage::StorageError::Kind::corrupt) throw DamagedRows(error.detail);
  throw StorageFailure(error.detail);
}

}  // namespace tenantry::projections
