// A tenant's committed rows as the port that rules read through (domain/kernel/table.hpp), so that what is asked of
// them while deciding can be asked by queries too. Writing throws std::logic_error, and so does asking for an order,
// which costs what a query should not. What find() gives lives as long as this. Reads that fail throw StorageFailure.
// One thread at a time.
#pragma once

#include <map>

#include "domain/kernel/table.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::projections {

class ReaderTables : public Tables {
 public:
  explicit ReaderTables(const storage::TenantStore& store) : store_(store) {}

  const void* find(const ValueKind& kind, const Uuid& id) override;
  void insert(const Uuid& id, Value entity) override;
  void put(const Uuid& id, Value entity) override;
  std::optional<Uuid> holder(const UniqueKey& key, std::string_view value) override;
  void each_member(const ParentKey& key, const Uuid& parent, const MemberVisitor& visit) override;
  std::vector<OrderedRow> in_order(const OrderKey& key, const OrderRange& range, std::size_t limit) override;

 private:
  const storage::TenantStore& store_;
  std::map<std::pair<const ValueKind*, Uuid>, Value> found_;  // nodes stay where they are
};

}  // namespace tenantry::projections
