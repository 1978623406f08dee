// TenantStore: one tenant's rows, and no other's. The only way in which code that serves requests reads a tenant.
//
// Opened with a TenantScope, which only the gate can make; no method takes a tenant. Cheap to make for each request.
// Several threads may read through one store. The Database outlives it. A tenant that has no family yet reads as empty,
// and goes on doing so in this store if the family is made later. A store that outlives the drop of its tenant still
// reads what was there.
// at_one_moment() gives a store whose every read sees the same state, however long ago the first one was.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/tenant_scope.hpp"
#include "storage/database.hpp"

namespace tenantry::storage {

// "t:" and the tenant's id as text.
std::string tenant_family_name(TenantId tenant);
// The tenant of a family of such a name; nothing for any other.
std::optional<TenantId> tenant_of_family(std::string_view name);

class TenantStore {
 public:
  TenantStore(const Database& database, TenantScope scope);

  TenantScope scope() const { return scope_; }
  // False for a tenant that has no rows yet because nothing of it was projected here.
  bool exists() const { return family_ != nullptr; }
  TenantStore at_one_moment() const;

  Result<std::optional<std::string>> get(std::string_view key) const;
  Result<std::vector<std::optional<std::string>>> multi_get(const std::vector<std::string>& keys) const;

  // Visits at most `limit` rows whose keys begin with the prefix, in order, beginning after `start_after` (a whole key;
  // empty for the start).
  Result<void> scan(std::string_view prefix, std::string_view start_after, std::size_t limit,
                    const RowVisitor& visit) const;

 private:
  const Database* database_;
  TenantScope scope_;
  FamilyPointer family_;
  SnapshotPointer snapshot_;
};

}  // namespace tenantry::storage
