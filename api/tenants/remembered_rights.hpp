// Remembered rights: what the rows of a tenant said of a principal, for as long as nothing has moved the tenant.
//
// Kept under the tenant's sequence at which they were asked for: a request that finds the tenant anywhere else asks the
// rows again, so nothing is believed that a commit has changed. Only for nodes that are told of each commit of the
// tenant before it is answered, which is where its partition is served (standings.hpp). Bounded (generations.hpp).
// Any thread.
#pragma once

#include <optional>

#include "api/tenants/generations.hpp"
#include "domain/access/authorisation.hpp"
#include "domain/kernel/id.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

class RememberedRights {
 public:
  explicit RememberedRights(std::size_t principals_max = 100'000) : remembered_(principals_max) {}

  // Without the token's scopes, which are the request's own.
  std::optional<access::Rights> find(TenantId tenant, const Principal& principal, std::uint64_t sequence) const;
  void remember(TenantId tenant, const Principal& principal, std::uint64_t sequence, const access::Rights& rights);
  std::size_t size() const;

 private:
  struct Key {
    TenantId tenant;
    Uuid principal;  // a user's id or a key's, of which no two are the same
    Uuid session;    // nil: none
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  struct Entry {
    std::uint64_t sequence = 0;
    access::Rights rights;
  };

  mutable SharedMutex mutex_;
  Generations<Key, Entry, Hash> remembered_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
