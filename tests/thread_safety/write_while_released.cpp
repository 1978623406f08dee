// Where a held mutex is released for a while, its fields are not touched.
// EXPECT: requires holding mutex 'mutex_'
#include "domain/kernel/thread_safety.hpp"

class Counter {
 public:
  void count() TENANTRY_REQUIRES(mutex_) {
    {
      tenantry::MutexUnlock released(mutex_);
#ifdef FORBIDDEN
      ++count_;
#endif
    }
    ++count_;
  }

 private:
  tenantry::Mutex mutex_;
  int count_ TENANTRY_GUARDED_BY(mutex_) = 0;
};
