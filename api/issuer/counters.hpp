// What an issuer counts. Atomics, written and read by any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace tenantry::api {

struct IssuerCounters {
  std::atomic<std::uint64_t> logins{0};
  std::atomic<std::uint64_t> logins_refused{0};
  std::atomic<std::uint64_t> logins_throttled{0};
  std::atomic<std::uint64_t> passwords_chosen{0};
  std::atomic<std::uint64_t> codes_exchanged{0};
  std::atomic<std::uint64_t> sessions_refreshed{0};
  std::atomic<std::uint64_t> refresh_tokens_reused{0};
  std::atomic<std::uint64_t> keys_exchanged{0};
};

}  // namespace tenantry::api
