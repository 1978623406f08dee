// A guarded field is not read without its lock.
// EXPECT: requires holding mutex 'mutex_'
#include "domain/kernel/thread_safety.hpp"

class Counter {
 public:
  int get() {
#ifndef FORBIDDEN
    tenantry::MutexLock lock(mutex_);
#endif
    return count_;
  }

 private:
  tenantry::Mutex mutex_;
  int count_ TENANTRY_GUARDED_BY(mutex_) = 0;
};
