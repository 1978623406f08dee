#include "projections/reader_tables.hpp"

#include <limits>
#include <stdexcept>

#include "projections/keys.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::projections {

const void* ReaderTables::find(const ValueKind& kind, const Uuid& id) {
  if (auto found = found_.find({&kind, id}); found != found_.end()) return found->second.data();
  const events::EntityType& type = *stored_type(kind).type;
  auto row = store_.get(entity_key(type.table, id));
  if (!row) throw_failure(row.error());
  if (!*row) return nullptr;
  return found_.emplace(std::pair{&kind, id}, read_entity(type, **row)).first->second.data();
}

void ReaderTables::insert(const Uuid&, Value) {
  throw std::logic_error("a query writes nothing");
}

void ReaderTables::put(const Uuid&, Value) {
  throw std::logic_error("a query writes nothing");
}

std::optional<Uuid> ReaderTables::holder(const UniqueKey& key, std::string_view value) {
  auto row = store_.get(index_key(letter_of(key), value));
  if (!row) throw_failure(row.error());
  if (!*row) return std::nullopt;
  return id_at_end(**row);
}

void ReaderTables::each_member(const ParentKey& key, const Uuid& parent, const MemberVisitor& visit) {
  auto scanned = store_.scan(list_prefix(letter_of(key), parent), "", std::numeric_limits<std::size_t>::max(),
                             [&](std::string_view row, std::string_view) { return visit(id_at_end(row)); });
  if (!scanned) throw_failure(scanned.error());
}

std::vector<OrderedRow> ReaderTables::in_order(const OrderKey&, const OrderRange&, std::size_t) {
  throw std::logic_error("a query asks for no order");
}

}  // namespace tenantry::projections
