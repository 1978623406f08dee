// The clock by which a program decides and waits: the machine's, or in tests one that is moved by hand.
//
// A program has one, given to whatever asks for the time of day (events/engine, processes); how long something takes is
// measured by std::chrono::steady_clock as everywhere. now() may be called by any thread and may go back, as the
// machine's clock does when it is set. wait_until() is for a thread that has something to do at an instant.
#pragma once

#include <condition_variable>

#include "domain/kernel/date.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  // Blocks, with `mutex` (held on entry and on return) released, until `changed` is notified or it may be `due`. May
  // return before either: whoever waits looks again.
  virtual void wait_until(Mutex& mutex, std::condition_variable& changed, Instant due) TENANTRY_REQUIRES(mutex) = 0;
};

// The machine's. Lives as long as the program.
Clock& system_clock();

}  // namespace tenantry
