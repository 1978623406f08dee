#include "api/tenants/remembered_rights.hpp"

namespace tenantry::api {

std::size_t RememberedRights::Hash::operator()(const Key& key) const {
  constexpr std::size_t spread = 0x9e3779b97f4a7c15;  // 2^64 over the golden ratio
  return std::hash<TenantId>{}(key.tenant) * spread + std::hash<Uuid>{}(key.user);
}

std::optional<access::Rights> RememberedRights::find(TenantId tenant, const Uuid& user, std::uint64_t sequence) const {
  ReaderLock lock(mutex_);
  const Entry* found = remembered_.find(Key{tenant, user});
  if (found == nullptr || found->sequence != sequence) return std::nullopt;
  return found->rights;
}

void RememberedRights::remember(TenantId tenant, const Uuid& user, std::uint64_t sequence,
                                const access::Rights& rights) {
  WriterLock lock(mutex_);
  remembered_.put(Key{tenant, user}, Entry{sequence, rights});
}

std::size_t RememberedRights::size() const {
  ReaderLock lock(mutex_);
  return remembered_.size();
}

}  // namespace tenantry::api
