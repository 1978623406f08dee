#include "api/issuer/login_throttle.hpp"

#include <algorithm>

#include "domain/access/authorisation.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api {
namespace {

constexpr int free_failures = 5;
constexpr std::int64_t first_ms = 10'000;
constexpr std::int64_t longest_ms = 900'000;

std::string key_of(TenantId tenant, std::string_view login) {
  return std::string{events::bytes_of(events::sha256({tenant.value.view(), access::login_of(login)}))};
}

std::int64_t closed_for_ms(int failures) {
  constexpr int doublings_max = 16;
  if (failures < free_failures) return 0;
  return std::min(longest_ms, first_ms << std::min(failures - free_failures, doublings_max));
}

}  // namespace

bool LoginThrottle::is_open(TenantId tenant, std::string_view login, Instant now) const {
  std::string key = key_of(tenant, login);
  MutexLock lock(mutex_);
  const Tried* found = tried_.find(key);
  return found == nullptr || found->closed_until <= now;
}

void LoginThrottle::failed(TenantId tenant, std::string_view login, Instant now) {
  std::string key = key_of(tenant, login);
  MutexLock lock(mutex_);
  const Tried* found = tried_.find(key);
  int failures = found == nullptr ? 1 : found->failures + 1;
  tried_.put(key, {failures, {now.unix_ms + closed_for_ms(failures)}});
}

void LoginThrottle::succeeded(TenantId tenant, std::string_view login) {
  std::string key = key_of(tenant, login);
  MutexLock lock(mutex_);
  if (tried_.find(key) != nullptr) tried_.put(key, {});
}

}  // namespace tenantry::api
