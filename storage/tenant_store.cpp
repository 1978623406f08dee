#include "storage/tenant_store.hpp"

#include <algorithm>

namespace tenantry::storage {
namespace {

// The smallest key after this one.
std::string successor(std::string_view key) {
  std::string next{key};
  next.push_back('\0');
  return next;
}

RowVisitor at_most(std::size_t limit, const RowVisitor& visit) {
  return [limit, &visit](std::string_view key, std::string_view value) mutable {
    --limit;
    return visit(key, value) && limit > 0;
  };
}

}  // namespace

std::string tenant_family_name(TenantId tenant) {
  return "t:" + tenant.text();
}

std::optional<TenantId> tenant_of_family(std::string_view name) {
  return name.starts_with("t:") ? TenantId::parse(name.substr(2)) : std::nullopt;
}

TenantStore::TenantStore(const Database& database, TenantScope scope)
    : database_(&database), scope_(scope), family_(database.family(tenant_family_name(scope.tenant()))) {}

TenantStore TenantStore::at_one_moment() const {
  TenantStore store = *this;
  if (!store.snapshot_) store.snapshot_ = database_->snapshot();
  return store;
}

Result<std::optional<std::string>> TenantStore::get(std::string_view key) const {
  if (!family_) return std::nullopt;
  return database_->get(*family_, key, snapshot_);
}

Result<std::vector<std::optional<std::string>>> TenantStore::multi_get(const std::vector<std::string>& keys) const {
  if (!family_) return std::vector<std::optional<std::string>>(keys.size());
  return database_->multi_get(*family_, keys, snapshot_);
}

Result<void> TenantStore::scan(std::string_view prefix, std::string_view start_after, std::size_t limit,
                               const RowVisitor& visit) const {
  if (!family_ || limit == 0) return {};
  auto range = prefix_range(prefix);
  if (!start_after.empty()) range.from = std::max(range.from, successor(start_after));
  return database_->scan(*family_, range, at_most(limit, visit), {.snapshot = snapshot_});
}

}  // namespace tenantry::storage
