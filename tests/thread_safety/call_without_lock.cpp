// What expects a lock to be held is not called without it.
// EXPECT: calling function 'add' requires holding mutex 'mutex_'
#include "domain/kernel/thread_safety.hpp"

class Counter {
 public:
  void count() {
#ifndef FORBIDDEN
    tenantry::MutexLock lock(mutex_);
#endif
    add();
  }

 private:
  void add() TENANTRY_REQUIRES(mutex_) {
    ++count_;
  }

  tenantry::Mutex mutex_;
  int count_ TENANTRY_GUARDED_BY(mutex_) = 0;
};
