// How often a login may be tried: what guesses of passwords and codes cost.
//
// Five in a row may fail; from then on each failure closes the login for a while, 10 s at first and twice as long each
// time, at most 15 minutes. It is closed for everybody who tries it, whether or not there is such a user, so that
// nothing is told by it. A login that succeeds opens it again. Kept in memory, of a bounded number of logins: those
// that failed last. Any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/tenants/generations.hpp"
#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

class LoginThrottle {
 public:
  explicit LoginThrottle(std::size_t logins_max = 100'000) : tried_(logins_max) {}

  bool is_open(TenantId tenant, std::string_view login, Instant now) const;
  void failed(TenantId tenant, std::string_view login, Instant now);
  void succeeded(TenantId tenant, std::string_view login);

 private:
  struct Tried {
    int failures = 0;
    Instant closed_until;
  };

  mutable Mutex mutex_;
  // By a hash of both, so that no login is kept.
  Generations<std::string, Tried> tried_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
