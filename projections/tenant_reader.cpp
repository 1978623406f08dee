#include "projections/tenant_reader.hpp"

#include <utility>

#include "domain/kernel/text.hpp"
#include "projections/head.hpp"
#include "projections/keys.hpp"
#include "projections/pending_rows.hpp"
#include "projections/reader_tables.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::projections {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::size_t sequence_bytes = 8;

storage::StorageError damaged(std::string detail) {
  return {storage::StorageError::Kind::corrupt, std::move(detail)};
}

// What damaged rows throw, as the error that it is.
template <class Reading>
auto guarded(const Reading& reading) -> decltype(reading()) {
  try {
    return reading();
  } catch (const DamagedRows& damage) {
    return std::unexpected(damaged(damage.what()));
  }
}

std::uint64_t sequence_in(const std::optional<std::string>& head_row) {
  return head_row ? read_head(*head_row).sequence : 0;
}

std::string_view place_in(std::string_view key, const ListOf& list) {
  if (key.size() < list.place_bytes) throw DamagedRows("a key of a list is cut short");
  return key.substr(key.size() - list.place_bytes);
}

// Visits so many rows at most, or until `visit` answers false, and reads one more, to tell whether there is another
// page.
template <class Visit>
Read<std::string> scan_page(const storage::TenantStore& store, const ListOf& list, const PageOf& page,
                            std::size_t rows_max, const Visit& visit) {
  return guarded([&]() -> Read<std::string> {
    std::size_t count = 0;
    bool is_full = false, more = false;
    std::string last;
    auto scanned = store.scan(list.name, page.after.empty() ? "" : list.name + std::string{page.after}, rows_max + 1,
                              [&](std::string_view key, std::string_view row) {
                                more = is_full || count == rows_max;
                                if (more) return false;
                                ++count;
                                is_full = !visit(key, row);
                                last = place_in(key, list);
                                return true;
                              });
    if (!scanned) return std::unexpected(std::move(scanned.error()));
    return more ? std::move(last) : std::string{};
  });
}

template <class Visit>
Read<std::string> scan_page(const storage::TenantStore& store, const ListOf& list, const PageOf& page,
                            const Visit& visit) {
  return scan_page(store, list, page, page.limit, [&](std::string_view key, std::string_view row) {
    visit(key, row);
    return true;
  });
}

}  // namespace

ListOf list_of_all(const events::EntityType& type) {
  return {entity_prefix(type.table), id_bytes};
}

ListOf list_of_members(const events::EntityType::List& list, const Uuid& parent) {
  return {list_prefix(list.letter, parent), id_bytes};
}

ListOf list_of_filtered(const events::EntityType::Filter& filter, std::string_view packed) {
  return {filter_prefix(filter.letter, packed), id_bytes};
}

ListOf list_of_events(const events::EntityType& type, const Uuid& id) {
  return {history_prefix(type.table, id), sequence_bytes};
}

Read<std::uint64_t> TenantReader::sequence() const {
  return guarded([&]() -> Read<std::uint64_t> {
    auto head = store_.get(head_key());
    if (!head) return std::unexpected(std::move(head.error()));
    return sequence_in(*head);
  });
}

// Whether the entity, of a stored row, is one that a narrowed reader shows.
Read<bool> TenantReader::shows(const events::EntityType& type, std::string_view row) const {
  auto is_own = stored_type(*type.kind).is_own;
  if (is_own == nullptr) return false;
  bool is = false;
  auto asked = ask_tables([&](Tables& tables) {
    Value entity = read_entity(type, row);
    is = is_own(tables, *own_of_, *type.kind, entity.data());
  });
  if (!asked) return std::unexpected(std::move(asked.error()));
  return is;
}

// The entity's row, if there is one and this reader shows it.
Read<std::optional<std::string>> TenantReader::entity_row(const events::EntityType& type, const Uuid& id) const {
  auto row = store_.get(entity_key(type.table, id));
  if (!row || !*row || !own_of_) return row;
  auto shown = shows(type, **row);
  if (!shown) return std::unexpected(std::move(shown.error()));
  return *shown ? std::move(row) : std::nullopt;
}

Read<bool> TenantReader::exists(const events::EntityType& type, const Uuid& id) const {
  auto row = entity_row(type, id);
  if (!row) return std::unexpected(std::move(row.error()));
  return row->has_value();
}

Read<std::optional<Document>> TenantReader::document(const events::EntityType& type, const Uuid& id) const {
  return guarded([&]() -> Read<std::optional<Document>> {
    auto row = entity_row(type, id);
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row) return std::nullopt;
    EntityRow parts = read_entity_row(**row);
    Document document{.version = parts.version, .modified = parts.modified, .json = {}};
    (*row)->erase(0, (*row)->size() - parts.document.size());
    document.json = std::move(**row);
    return document;
  });
}

Read<std::string> TenantReader::statistics(const StatisticsType& type, const Uuid& id) const {
  auto row = store_.get(entity_key(type.table, id));
  if (!row) return std::unexpected(std::move(row.error()));
  if (*row) return guarded([&]() -> Read<std::string> { return std::string{read_entity_row(**row).document}; });
  std::string json;
  events::encode(type.fields, type.zero(id).data(), json);
  return json;
}

Read<Value> TenantReader::read(const ValueKind& kind, const Uuid& id) const {
  return guarded([&]() -> Read<Value> {
    const events::EntityType& type = *stored_type(kind).type;
    auto row = entity_row(type, id);
    if (!row) return std::unexpected(std::move(row.error()));
    return *row ? read_entity(type, **row) : Value{};
  });
}

Read<TenantReader::ValueAtSequence> TenantReader::read_at_sequence(const ValueKind& kind, const Uuid& id) const {
  return guarded([&]() -> Read<ValueAtSequence> {
    const events::EntityType& type = *stored_type(kind).type;
    auto rows = store_.multi_get({head_key(), entity_key(type.table, id)});
    if (!rows) return std::unexpected(std::move(rows.error()));
    ValueAtSequence found{.sequence = sequence_in(rows->front())};
    if (rows->back()) found.entity = read_entity(type, *rows->back());
    return found;
  });
}

Read<std::optional<Uuid>> TenantReader::holder(const UniqueKey& key, std::string_view value) const {
  return guarded([&]() -> Read<std::optional<Uuid>> {
    auto row = store_.get(index_key(letter_of(key), value));
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row) return std::nullopt;
    return id_at_end(**row);
  });
}

Read<std::optional<Uuid>> TenantReader::holder_as_asked(const UniqueKey& key, std::string_view text) const {
  auto found = holder(key, text);
  if (!found || *found) return found;
  std::string normal = normalised_key(text);
  return normal == text ? found : holder(key, normal);
}

// Row by row, as it cannot be told before how many of them are shown.
Read<std::string> TenantReader::narrowed_page(const ListOf& list, const events::EntityType& type, const PageOf& page,
                                              const DocumentVisitor& visit) const {
  std::size_t shown = 0;
  std::optional<storage::StorageError> failure;
  auto next = scan_page(store_, list, page, narrowed_rows_max, [&](std::string_view key, std::string_view) {
    auto row = entity_row(type, id_at_end(key));
    if (!row) failure = std::move(row.error());
    if (row && *row) visit(read_entity_row(**row).document), ++shown;
    return !failure && shown < page.limit;
  });
  if (failure) return std::unexpected(std::move(*failure));
  return next;
}

Read<std::string> TenantReader::collection(const ListOf& list, const events::EntityType& type, const PageOf& page,
                                           const DocumentVisitor& visit) const {
  if (own_of_) return narrowed_page(list, type, page, visit);
  return scan_page(store_, list, page,
                   [&](std::string_view, std::string_view row) { visit(read_entity_row(row).document); });
}

Read<std::string> TenantReader::members(const ListOf& list, const events::EntityType& type, const PageOf& page,
                                        const DocumentVisitor& visit) const {
  if (own_of_) return narrowed_page(list, type, page, visit);
  std::vector<std::string> keys;
  auto next = scan_page(store_, list, page, [&](std::string_view key, std::string_view) {
    keys.push_back(entity_key(type.table, id_at_end(key)));
  });
  if (!next) return next;
  return guarded([&]() -> Read<std::string> {
    auto rows = store_.multi_get(keys);
    if (!rows) return std::unexpected(std::move(rows.error()));
    for (const auto& row : *rows) {
      if (!row) return std::unexpected(damaged("a list names an entity that is not there"));
      visit(read_entity_row(*row).document);
    }
    return std::move(*next);
  });
}

Read<std::string> TenantReader::entities(const ValueKind& kind, const PageOf& page, const EntityVisitor& visit) const {
  const events::EntityType& type = *stored_type(kind).type;
  return scan_page(store_, list_of_all(type), page,
                   [&](std::string_view, std::string_view row) { visit(read_entity(type, row)); });
}

Read<void> TenantReader::ask_tables(const std::function<void(Tables& tables)>& ask) const {
  ReaderTables tables(store_);
  return guarded([&]() -> Read<void> {
    ask(tables);
    return {};
  });
}

Read<TenantReader::Sequences> TenantReader::sequences(const ListOf& list, const PageOf& page) const {
  Sequences read;
  auto next = scan_page(store_, list, page,
                        [&](std::string_view key, std::string_view) { read.numbers.push_back(number_at_end(key)); });
  if (!next) return std::unexpected(std::move(next.error()));
  read.next = std::move(*next);
  return read;
}

Read<std::uint64_t> TenantReader::first_sequence(const events::EntityType& type, const Uuid& id) const {
  return guarded([&]() -> Read<std::uint64_t> {
    std::uint64_t first = 0;
    auto scanned = store_.scan(history_prefix(type.table, id), "", 1, [&](std::string_view key, std::string_view) {
      first = number_at_end(key);
      return true;
    });
    if (!scanned) return std::unexpected(std::move(scanned.error()));
    return first;
  });
}

Read<std::vector<events::engine::PendingWork>> TenantReader::pending(std::size_t limit) const {
  return guarded([&]() -> Read<std::vector<events::engine::PendingWork>> {
    std::vector<events::engine::PendingWork> pending;
    auto scanned = store_.scan(pending_prefix(), "", limit, [&](std::string_view key, std::string_view) {
      pending.push_back(read_pending_key(key));
      return true;
    });
    if (!scanned) return std::unexpected(std::move(scanned.error()));
    return pending;
  });
}

Read<TenantReader::Positions> TenantReader::positions_after(std::uint64_t sequence, std::size_t limit) const {
  return guarded([&]() -> Read<Positions> {
    Positions read{.last = sequence};
    auto scanned =
        store_.scan(sequence_prefix(), sequence_key(sequence), limit, [&](std::string_view key, std::string_view row) {
          read.last = number_at_end(key);
          read.positions.push_back(read_number(row));
          return true;
        });
    if (!scanned) return std::unexpected(std::move(scanned.error()));
    return read;
  });
}

Read<std::vector<std::uint64_t>> TenantReader::positions_of(const std::vector<std::uint64_t>& sequences) const {
  return guarded([&]() -> Read<std::vector<std::uint64_t>> {
    std::vector<std::string> keys;
    for (std::uint64_t sequence : sequences) keys.push_back(sequence_key(sequence));
    auto rows = store_.multi_get(keys);
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::vector<std::uint64_t> positions;
    for (const auto& row : *rows) {
      if (!row) return std::unexpected(damaged("an event has no position"));
      positions.push_back(read_number(*row));
    }
    return positions;
  });
}

}  // namespace tenantry::projections
