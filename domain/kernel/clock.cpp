#include "domain/kernel/clock.hpp"

#include <algorithm>

#include "domain/kernel/thread_safety.hpp"

namespace tenantry {
namespace {

// Somebody may set the machine's clock, which wakes no thread: so nobody sleeps longer than this without looking at it.
constexpr std::int64_t looks_apart_ms = 30'000;

class SystemClock : public Clock {
 public:
  Instant now() const override { return Instant::now(); }
  void wait_until(Mutex& mutex, std::condition_variable& changed, Instant due) override TENANTRY_REQUIRES(mutex) {
    Instant time = now();
    if (due <= time) return;
    // Unsigned: the distance of two instants may be more than fits.
    auto left = static_cast<std::uint64_t>(due.unix_ms) - static_cast<std::uint64_t>(time.unix_ms);
    auto slice = std::min<std::uint64_t>(left, looks_apart_ms);
    mutex.wait_for(changed, std::chrono::milliseconds(static_cast<std::int64_t>(slice)));
  }
};

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

}  // namespace tenantry
