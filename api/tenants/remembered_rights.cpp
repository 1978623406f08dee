#include "api/tenants/remembered_rights.hpp"

namespace tenantry::api {

std::size_t RememberedRights::Hash::operator()(const Key& key) const {
  constexpr std::size_t spread = 0x9e3779b97f4a7c15;  // 2^64 over the golden ratio
  std::size_t whom = std::hash<Uuid>{}(key.principal) * spread + std::hash<Uuid>{}(key.session);
  return std::hash<TenantId>{}(key.tenant) * spread + whom;
}

std::optional<access::Rights> RememberedRights::find(TenantId tenant, const Principal& principal,
                                                     std::uint64_t sequence) const {
  ReaderLock lock(mutex_);
  const Entry* found = remembered_.find(Key{tenant, principal.id, principal.session.value_or(Uuid{})});
  if (found == nullptr || found->sequence != sequence) return std::nullopt;
  return found->rights;
}

void RememberedRights::remember(TenantId tenant, const Principal& principal, std::uint64_t sequence,
                                const access::Rights& rights) {
  WriterLock lock(mutex_);
  remembered_.put(Key{tenant, principal.id, principal.session.value_or(Uuid{})}, Entry{sequence, rights});
}

std::size_t RememberedRights::size() const {
  ReaderLock lock(mutex_);
  return remembered_.size();
}

}  // namespace tenantry::api
