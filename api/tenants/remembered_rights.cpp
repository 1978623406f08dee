#include "api/tenants/remembered_rights.hpp"

#include <utility>

namespace tenantry::api {

std::size_t RememberedRights::Hash::operator()(const Key& key) const {
  constexpr std::size_t spread = 0x9e3779b97f4a7c15;  // 2^64 over the golden ratio
  return std::hash<TenantId>{}(key.tenant) * spread + std::hash<Uuid>{}(key.user);
}

std::optional<access::Rights> RememberedRights::find(TenantId tenant, const Uuid& user, std::uint64_t sequence) const {
  const Key key{tenant, user};
  ReaderLock lock(mutex_);
  for (const Generation* each : {&younger_, &older_}) {
    auto found = each->find(key);
    if (found == each->end()) continue;
    if (found->second.sequence == sequence) return found->second.rights;
    return std::nullopt;  // the younger one is the later one
  }
  return std::nullopt;
}

void RememberedRights::remember(TenantId tenant, const Uuid& user, std::uint64_t sequence,
                                const access::Rights& rights) {
  WriterLock lock(mutex_);
  if (younger_.size() >= generation_max_) older_ = std::exchange(younger_, {});
  younger_.insert_or_assign(Key{tenant, user}, Entry{sequence, rights});
}

std::size_t RememberedRights::size() const {
  ReaderLock lock(mutex_);
  return younger_.size() + older_.size();
}

}  // namespace tenantry::api
