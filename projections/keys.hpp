// The rows of a tenant's column family: kinds, keys and the layout of their values.
//
// The first byte of a key is its kind. Numbers in keys and headers are big-endian, so that byte order is their order;
// ids are their sixteen bytes.
//
//   kind  key after the kind                     value
//   m                                            head: see head.hpp
//   e     table, id                              entity: version u64, modified (ms) i64, packed size u32, packed, JSON
//   u     index, value                           the id that holds the unique value
//   l     list, parent id, child id              empty: the child belongs to the parent's list
//   f     filter, packed value, id               empty: the entity has this value
//   o     order, order key, id                   empty: the id in the order of a value (domain/kernel/order_key.hpp)
//   h     table, id, sequence u64                empty: the event is part of the entity's history
//   s     sequence u64                           log position u64, then the audit tree's leaf hash (32 bytes)
//   i     key hash (16)                          stored answer: see answers.hpp
//   j     number u64                             key hash of the number-th stored answer, for forgetting in order
//   p     due (an order key), about (16), name
//         of a process manager                   empty: it has something to do then; see pending_rows.hpp
//
// The JSON of an entity is exactly what the API serves. Table, index, list, filter and order letters are part of the
// format, and declared with the entities (events/catalog/{context}/): never reuse one. Pure functions; any thread.
// Reading throws DamagedRows on what only damage can make.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"
#include "storage/error.hpp"

namespace tenantry::projections {

// Stored rows cannot be read: never the fault of an event.
struct StorageFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// They are not what this program writes, or their checksum is wrong: only making the tables anew mends that.
struct DamagedRows : StorageFailure {
  using StorageFailure::StorageFailure;
};
[[noreturn]] void throw_failure(const storage::StorageError& error);

std::string head_key();
std::string entity_key(char table, const Uuid& id);
std::string entity_prefix(char table);
std::string index_key(char index, std::string_view value);
std::string list_key(char list, const Uuid& parent, const Uuid& child);
std::string list_prefix(char list, const Uuid& parent);
std::string filter_key(char filter, std::string_view packed, const Uuid& id);
std::string filter_prefix(char filter, std::string_view packed);
std::string order_row_key(char order, std::string_view key, const Uuid& id);
std::string order_prefix(char order);
std::string history_key(char table, const Uuid& id, std::uint64_t sequence);
std::string history_prefix(char table, const Uuid& id);
std::string sequence_key(std::uint64_t sequence);
std::string sequence_prefix();
std::string answer_key(std::string_view key_hash);
std::string answer_order_key(std::uint64_t number);

// The last sixteen bytes of a key as an id, the last eight as a number.
Uuid id_at_end(std::string_view key);
std::uint64_t number_at_end(std::string_view key);

void append_number(std::string& bytes, std::uint64_t number);
// The number in the first eight bytes, which must be there.
std::uint64_t read_number(std::string_view bytes);

// The parts of an entity row; views into the row.
struct EntityRow {
  std::uint64_t version;
  Instant modified;
  std::string_view packed;
  std::string_view document;
};
// Throws DamagedRows on a row that is too short, which only damage can make.
EntityRow read_entity_row(std::string_view row);
void append_entity_header(std::string& row, std::uint64_t version, Instant modified, std::uint32_t packed_bytes);

}  // namespace tenantry::projections
