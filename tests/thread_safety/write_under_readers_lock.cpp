// Under a reader's lock nothing is written.
// EXPECT: requires holding shared mutex 'mutex_' exclusively
#include "domain/kernel/thread_safety.hpp"

class Counter {
 public:
  int get() {
    tenantry::ReaderLock lock(mutex_);
#ifdef FORBIDDEN
    ++count_;
#endif
    return count_;
  }
  void count() {
    tenantry::WriterLock lock(mutex_);
    ++count_;
  }

 private:
  tenantry::SharedMutex mutex_;
  int count_ TENANTRY_GUARDED_BY(mutex_) = 0;
};
