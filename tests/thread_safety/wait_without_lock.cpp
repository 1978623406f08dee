// Nobody waits by a mutex that is not held.
// EXPECT: calling function 'wait' requires holding mutex 'mutex_'
#include "domain/kernel/thread_safety.hpp"

class Gate {
 public:
  void pass() {
    tenantry::MutexLock lock(mutex_);
    while (!open_) mutex_.wait(opened_);
    lock.unlock();
#ifdef FORBIDDEN
    mutex_.wait(opened_);
#endif
  }

 private:
  tenantry::Mutex mutex_;
  std::condition_variable opened_;
  bool open_ TENANTRY_GUARDED_BY(mutex_) = false;
};
