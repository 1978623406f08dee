#include "projections/tenant_changes.hpp"

#include <stdexcept>
#include <utility>

#include "projections/pending_rows.hpp"

namespace tenantry::projections {

namespace {

// The packed value of each field that is filtered by, a byte for each.
std::string choices_of(const events::EntityType& type, const void* entity) {
  std::string choices;
  for (const auto& [letter, field] : type.filters) field->type->pack(field->in(entity), choices);
  return choices;
}

}  // namespace

TenantChanges::TenantChanges(TenantId tenant, const storage::Database& database, storage::FamilyPointer family,
                             const TenantChanges* pending)
    : tenant_(tenant), database_(&database), family_(std::move(family)), pending_(pending) {}

const TenantChanges::Cell* TenantChanges::known_cell(const EntityKey& key) const {
  if (auto found = cells_.find(key); found != cells_.end()) return &found->second;
  if (pending_ == nullptr) return nullptr;
  // Only what the pending batch changed: what it merely read is in storage, and may be absent there by now.
  auto found = pending_->cells_.find(key);
  return found != pending_->cells_.end() && found->second.dirty ? &found->second : nullptr;
}

std::optional<std::string> TenantChanges::stored(const std::string& key) const {
  if (family_ == nullptr) return std::nullopt;
  auto value = database_->get(*family_, key);
  if (!value) throw_failure(value.error());
  return std::move(*value);
}

void TenantChanges::replace_cell(const EntityKey& key, Cell cell) {
  auto [found, inserted] = cells_.try_emplace(key);
  Cell former = std::exchange(found->second, std::move(cell));
  if (undo_.is_active) undo_.cells.emplace_back(key, inserted ? Cell{} : std::move(former));
}

const void* TenantChanges::find(const ValueKind& kind, const Uuid& id) {
  EntityKey key{&kind, id};
  if (const Cell* cell = known_cell(key)) return cell->entity.data();
  const events::EntityType& type = *stored_type(kind).type;
  Cell cell{.entity = {}, .version = 0, .modified = {}, .dirty = false, .type = &type};
  if (auto row = stored(entity_key(type.table, id))) {
    EntityRow parts = read_entity_row(*row);
    cell.entity = read_entity(type, *row);
    cell.version = parts.version;
    cell.modified = parts.modified;
  }
  return cells_.emplace(key, std::move(cell)).first->second.entity.data();
}

void TenantChanges::insert(const Uuid& id, Value entity) {
  const StoredType& type = stored_type(*entity.kind());
  const Cell* known = known_cell({entity.kind(), id});
  replace(type, known ? known->entity.data() : nullptr, id, std::move(entity));
}

void TenantChanges::put(const Uuid& id, Value entity) {
  const StoredType& type = stored_type(*entity.kind());
  const void* former = find(*entity.kind(), id);
  replace(type, former, id, std::move(entity));
}

void TenantChanges::replace(const StoredType& type, const void* former, const Uuid& id, Value entity) {
  put_rows_of(*type.type, id, former, entity.data());
  put_deadlines_of(type, id, former, entity.data());
  if (type.count != nullptr) {
    Counting counting(*this, tenant_);
    if (former != nullptr) type.count(counting, former, -1);
    type.count(counting, entity.data(), 1);
    counting.write();
  }
  EntityKey key{entity.kind(), id};
  replace_cell(key, {.entity = std::move(entity),
                     .version = sequence_,
                     .modified = time_,
                     .dirty = true,
                     .type = type.type,
                     .former_choices = former_choices(*type.type, key, former)});
}

// Which values an entity had before this batch.
std::string TenantChanges::former_choices(const events::EntityType& type, const EntityKey& key,
                                          const void* former) const {
  if (type.filters.empty() || former == nullptr) return {};
  if (auto found = cells_.find(key); found != cells_.end() && found->second.dirty) return found->second.former_choices;
  return choices_of(type, former);
}

// The rows that follow from the entity, where they are others than those of what it was.
void TenantChanges::put_rows_of(const events::EntityType& type, const Uuid& id, const void* former, const void* now) {
  for (const auto& [letter, key, field] : type.keys) {
    std::string value, former_value;
    key->append(now, value);
    if (former != nullptr) key->append(former, former_value);
    if (former != nullptr && value == former_value) continue;
    if (former != nullptr) put_row(index_key(letter, former_value), std::nullopt);
    put_row(index_key(letter, value), std::string{id.view()});
  }
  for (const auto& [letter, key, collection] : type.lists) {
    Uuid parent = key->parent(now);
    if (former == nullptr) {
      append_row(list_key(letter, parent, id));
    } else if (Uuid former_parent = key->parent(former); former_parent != parent) {
      move_row(list_key(letter, former_parent, id), false);
      move_row(list_key(letter, parent, id), true);
    }
  }
  if (!type.orders.empty()) move_in_order(type, id, former, now);
}

void TenantChanges::move_in_order(const events::EntityType& type, const Uuid& id, const void* former, const void* now) {
  for (const auto& [letter, key, field] : type.orders) {
    std::string value, former_value;
    bool is_there = key->append(now, value);
    bool was_there = former != nullptr && key->append(former, former_value);
    if (is_there == was_there && value == former_value) continue;
    if (was_there) move_row(order_row_key(letter, former_value, id), false);
    if (is_there) move_row(order_row_key(letter, value, id), true);
  }
}

void TenantChanges::put_deadlines_of(const StoredType& type, const Uuid& id, const void* former, const void* now) {
  for (const Deadline* deadline : type.deadlines) {
    auto due = deadline->due(now);
    auto former_due = former == nullptr ? std::nullopt : deadline->due(former);
    if (due == former_due) continue;
    if (former_due) erase_pending({*former_due, id, std::string{deadline->name}});
    if (due) put_pending({*due, id, std::string{deadline->name}});
  }
}

void TenantChanges::put_pending(const events::engine::PendingWork& work) {
  put_row(pending_key(work), std::string{});
  first_due_ = events::engine::earlier(first_due_, work.due);
}

void TenantChanges::erase_pending(const events::engine::PendingWork& work) {
  put_row(pending_key(work), std::nullopt);
}

bool TenantChanges::is_pending(const events::engine::PendingWork& work) {
  return row(pending_key(work)).has_value();
}

std::optional<Uuid> TenantChanges::holder(const UniqueKey& key, std::string_view value) {
  auto found = row(index_key(letter_of(key), value));
  if (!found) return std::nullopt;
  return id_at_end(*found);
}

void TenantChanges::each_member(const ParentKey& key, const Uuid& parent, const MemberVisitor& visit) {
  each_appended(list_prefix(letter_of(key), parent), [&](std::string_view row) { return visit(id_at_end(row)); });
}

// The first of the range that this batch and the pending one made, at most `limit` of each.
void TenantChanges::add_moved_in(const storage::KeyRange& range, std::size_t limit, SortedKeys& found) const {
  for (const TenantChanges* changes : {this, pending_}) {
    if (changes == nullptr) continue;
    std::size_t room = limit;
    for (auto key = changes->moved_.lower_bound(range.from); room > 0 && key != changes->moved_.end(); ++key) {
      if (*key >= range.until) break;
      if (!changes->rows_.contains(*key) || is_moved_away(*key)) continue;
      found.insert(*key);
      --room;
    }
  }
}

void TenantChanges::add_stored_in(const storage::KeyRange& range, std::size_t limit, SortedKeys& found) const {
  if (family_ == nullptr || limit == 0) return;
  std::size_t room = limit;
  auto scanned = database_->scan(*family_, range, [&](std::string_view key, std::string_view) {
    if (is_moved_away(key)) return true;
    found.emplace(key);
    return --room > 0;
  });
  if (!scanned) throw_failure(scanned.error());
}

// The first of all are among the first of each place that rows are in.
std::vector<OrderedRow> TenantChanges::in_order(const OrderKey& key, const OrderRange& range, std::size_t limit) {
  std::string prefix = order_prefix(letter_of(key));
  storage::KeyRange keys{prefix + range.from, storage::prefix_range(prefix + range.up_to.value_or("")).until};
  SortedKeys found;
  add_moved_in(keys, limit, found);
  add_stored_in(keys, limit, found);
  std::vector<OrderedRow> rows;
  for (const std::string& each : found) {
    if (rows.size() == limit) break;
    Uuid id = id_at_end(each);
    rows.push_back({each.substr(prefix.size(), each.size() - prefix.size() - id.bytes.size()), id});
  }
  return rows;
}

std::optional<events::engine::EntityVersion> TenantChanges::version(const events::EntityType& type, const Uuid& id) {
  using events::engine::EntityVersion;
  if (const Cell* cell = known_cell({type.kind, id})) {
    return cell->entity.empty() ? std::nullopt : std::optional{EntityVersion{cell->version, cell->modified}};
  }
  auto row = stored(entity_key(type.table, id));
  if (!row) return std::nullopt;
  auto entity = read_entity_row(*row);
  return EntityVersion{entity.version, entity.modified};
}

std::optional<std::string> TenantChanges::row(const std::string& key) {
  if (auto found = rows_.find(key); found != rows_.end()) return found->second;
  if (pending_ != nullptr) {
    if (auto found = pending_->rows_.find(key); found != pending_->rows_.end()) return found->second;
  }
  return stored(key);
}

void TenantChanges::put_row(const std::string& key, std::optional<std::string> value) {
  auto [found, inserted] = rows_.try_emplace(key);
  auto former = std::exchange(found->second, std::move(value));
  if (!undo_.is_active) return;
  undo_.rows.emplace_back(&*found, inserted ? std::optional<std::optional<std::string>>{} : std::move(former));
}

void TenantChanges::append_row(std::string_view key) {
  if (key.size() > 0xff) throw std::logic_error("a key of an appended row is too long");
  appended_.keys += static_cast<char>(key.size());
  appended_.keys += key;
  ++appended_.count;
}

void TenantChanges::move_row(const std::string& key, bool is_there) {
  put_row(key, is_there ? std::optional{std::string{}} : std::nullopt);
  moved_.insert(key);
}

// Whether the newest that is known of an appended row is that it was taken away.
bool TenantChanges::is_moved_away(std::string_view key) const {
  for (const TenantChanges* changes : {this, pending_}) {
    if (changes == nullptr || changes->moved_.empty() || !changes->moved_.contains(key)) continue;
    auto found = changes->rows_.find(std::string{key});
    if (found != changes->rows_.end()) return !found->second.has_value();
  }
  return false;
}

bool TenantChanges::each_key(const AppendedRows& rows, const KeyVisitor& visit) {
  std::string_view rest = rows.keys;
  while (!rest.empty()) {
    std::size_t size = static_cast<unsigned char>(rest.front());
    if (!visit(rest.substr(1, size))) return false;
    rest.remove_prefix(1 + size);
  }
  return true;
}

void TenantChanges::each_appended(std::string_view prefix, const KeyVisitor& visit) const {
  auto visit_there = [&](std::string_view key) { return is_moved_away(key) || visit(key); };
  auto visit_fitting = [&](std::string_view key) { return !key.starts_with(prefix) || visit_there(key); };
  for (const TenantChanges* changes : {this, pending_}) {
    if (changes == nullptr) continue;
    if (!each_key(changes->appended_, visit_fitting)) return;
    for (auto key = changes->moved_.lower_bound(prefix); key != changes->moved_.end(); ++key) {
      if (!key->starts_with(prefix)) break;
      if (changes->rows_.contains(*key) && !visit_there(*key)) return;
    }
  }
  if (family_ == nullptr) return;
  auto scanned = database_->scan(*family_, storage::prefix_range(prefix),
                                 [&](std::string_view key, std::string_view) { return visit_there(key); });
  if (!scanned) throw_failure(scanned.error());
}

void TenantChanges::append_event(std::uint64_t sequence, const Sha256& leaf, std::size_t record) {
  events_.push_back({sequence, leaf, record});
}

const Head& TenantChanges::head() {
  if (head_) return *head_;
  if (pending_ != nullptr && pending_->head_) {
    head_ = pending_->head_;
  } else if (auto row = stored(head_key())) {
    head_ = read_head(*row);
  } else {
    head_ = Head{};
  }
  return *head_;
}

void TenantChanges::set_head(Head head) {
  auto former = std::exchange(head_, std::move(head));
  head_changed_ = true;
  if (!undo_.is_active || undo_.has_head) return;
  undo_.has_head = true;
  undo_.head = std::move(former);
}

void TenantChanges::begin_group() {
  undo_.is_active = true;
  undo_.cells.clear();
  undo_.rows.clear();
  undo_.appended_bytes = appended_.keys.size();
  undo_.appended_count = appended_.count;
  undo_.events = events_.size();
  undo_.has_head = false;
  undo_.head_changed = head_changed_;
}

void TenantChanges::undo_group() {
  undo_.is_active = false;
  // Newest first, so that a key changed twice ends with what it was before the first change.
  for (auto cell = undo_.cells.rbegin(); cell != undo_.cells.rend(); ++cell) {
    if (cell->second.type == nullptr) {
      cells_.erase(cell->first);
    } else {
      cells_[cell->first] = std::move(cell->second);
    }
  }
  for (auto row = undo_.rows.rbegin(); row != undo_.rows.rend(); ++row) {
    if (row->second) {
      row->first->second = std::move(*row->second);
    } else {
      rows_.erase(rows_.find(row->first->first));
    }
  }
  appended_.keys.resize(undo_.appended_bytes);
  appended_.count = undo_.appended_count;
  events_.resize(undo_.events);
  if (undo_.has_head) head_ = std::move(undo_.head);
  head_changed_ = undo_.head_changed;
}

// However often a value changed in the batch, what it was before it and what it is now is all that makes rows.
void TenantChanges::visit_choices(const Uuid& id, const Cell& cell, const ChangeVisitor& visit) {
  const auto& filters = cell.type->filters;
  std::string choices = choices_of(*cell.type, cell.entity.data());
  for (std::size_t index = 0; index < filters.size(); ++index) {
    std::string_view now = std::string_view{choices}.substr(index, 1);
    std::string_view former = std::string_view{cell.former_choices}.substr(cell.former_choices.empty() ? 0 : index, 1);
    if (now == former) continue;
    if (!former.empty()) visit(filter_key(filters[index].letter, former, id), std::nullopt);
    visit(filter_key(filters[index].letter, now, id), std::string_view{});
  }
}

void TenantChanges::each_row(const PositionOf& position_of, const ChangeVisitor& visit) const {
  if (!head_changed_) return;
  std::string packed;
  std::string document;
  std::string value;
  for (const auto& [key, cell] : cells_) {
    if (!cell.dirty) continue;
    packed.clear();
    document.clear();
    value.clear();
    events::pack(cell.type->fields, cell.entity.data(), packed);
    events::encode(cell.type->fields, cell.entity.data(), document);
    append_entity_header(value, cell.version, cell.modified, static_cast<std::uint32_t>(packed.size()));
    value.append(packed).append(document);
    visit(entity_key(cell.type->table, key.id), value);
    if (!cell.type->filters.empty()) visit_choices(key.id, cell, visit);
  }
  each_key(appended_, [&](std::string_view key) {
    visit(key, std::string_view{});
    return true;
  });
  for (const auto& [key, content] : rows_) visit(key, content);  // last, since an appended row may have been moved
  for (const PlacedEvent& event : events_) {
    value.clear();
    append_number(value, position_of(event.record));
    value += events::bytes_of(event.leaf);
    visit(sequence_key(event.sequence), value);
  }
  visit(head_key(), write_head(*head_));
}

}  // namespace tenantry::projections
