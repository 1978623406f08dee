// Mutexes whose use is checked at compile time: what is guarded is said in the types, and clang's thread safety
// analysis (tests/thread_safety/run) refuses a field that is touched without its lock. Under other compilers the macros
// are empty.
//
// The product has no other mutexes (tests/check). A field says TENANTRY_GUARDED_BY(mutex_), a function that is called
// with the lock held TENANTRY_REQUIRES(mutex_), one that must not be TENANTRY_EXCLUDES(mutex_). The analysis does not
// see what a lambda's caller holds: waits are loops (`while (!ready_) mutex_.wait(changed_);`), not predicates.
// Attributes: https://clang.llvm.org/docs/ThreadSafetyAnalysis.html
//
// Any thread; not recursive. A lock is released by the thread that took it, and ends before its mutex.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#ifdef __clang__
#define TENANTRY_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define TENANTRY_THREAD_SAFETY(attribute)
#endif

#define TENANTRY_CAPABILITY(kind) TENANTRY_THREAD_SAFETY(capability(kind))
#define TENANTRY_SCOPED_CAPABILITY TENANTRY_THREAD_SAFETY(scoped_lockable)
#define TENANTRY_GUARDED_BY(mutex) TENANTRY_THREAD_SAFETY(guarded_by(mutex))
#define TENANTRY_REQUIRES(mutex) TENANTRY_THREAD_SAFETY(requires_capability(mutex))
#define TENANTRY_EXCLUDES(mutex) TENANTRY_THREAD_SAFETY(locks_excluded(mutex))
#define TENANTRY_ACQUIRE(...) TENANTRY_THREAD_SAFETY(acquire_capability(__VA_ARGS__))
#define TENANTRY_ACQUIRE_SHARED(...) TENANTRY_THREAD_SAFETY(acquire_shared_capability(__VA_ARGS__))
#define TENANTRY_TRY_ACQUIRE(...) TENANTRY_THREAD_SAFETY(try_acquire_capability(__VA_ARGS__))
#define TENANTRY_RELEASE(...) TENANTRY_THREAD_SAFETY(release_capability(__VA_ARGS__))
#define TENANTRY_RELEASE_SHARED(...) TENANTRY_THREAD_SAFETY(release_shared_capability(__VA_ARGS__))
// For what the analysis cannot follow; each use says why.
#define TENANTRY_NO_THREAD_SAFETY_ANALYSIS TENANTRY_THREAD_SAFETY(no_thread_safety_analysis)

namespace tenantry {

class TENANTRY_CAPABILITY("mutex") Mutex {
 public:
  void lock() TENANTRY_ACQUIRE() { mutex_.lock(); }
  void unlock() TENANTRY_RELEASE() { mutex_.unlock(); }
  bool try_lock() TENANTRY_TRY_ACQUIRE(true) { return mutex_.try_lock(); }

  // Block with the mutex released, until `changed` is notified, it is time, or for no reason: whoever waits looks
  // again.
  void wait(std::condition_variable& changed) TENANTRY_REQUIRES(this) {
    Held held(*this);
    changed.wait(held.lock);
  }
  template <class TimePoint>
  std::cv_status wait_until(std::condition_variable& changed, const TimePoint& due) TENANTRY_REQUIRES(this) {
    Held held(*this);
    return changed.wait_until(held.lock, due);
  }
  template <class Duration>
  std::cv_status wait_for(std::condition_variable& changed, const Duration& duration) TENANTRY_REQUIRES(this) {
    Held held(*this);
    return changed.wait_for(held.lock, duration);
  }

 private:
  // The mutex as condition variables want it: held before and after, whatever happens between.
  struct Held {
    explicit Held(Mutex& mutex) : lock(mutex.mutex_, std::adopt_lock) {}
    ~Held() { lock.release(); }
    std::unique_lock<std::mutex> lock;
  };
  std::mutex mutex_;
};

// Holds the mutex while it lives, but from unlock() to lock().
class TENANTRY_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) TENANTRY_ACQUIRE(mutex) : lock_(mutex) {}
  // Of a mutex that is held already, by try_lock().
  MutexLock(Mutex& mutex, std::adopt_lock_t adopt) TENANTRY_REQUIRES(mutex) : lock_(mutex, adopt) {}
  ~MutexLock() TENANTRY_RELEASE() {}
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;
  void unlock() TENANTRY_RELEASE() { lock_.unlock(); }
  void lock() TENANTRY_ACQUIRE() { lock_.lock(); }

 private:
  std::unique_lock<Mutex> lock_;
};

// The other way round: for a function that is called with the mutex held, and works without it for a while.
class TENANTRY_SCOPED_CAPABILITY MutexUnlock {
 public:
  explicit MutexUnlock(Mutex& mutex) TENANTRY_RELEASE(mutex) : mutex_(mutex) { mutex_.unlock(); }
  ~MutexUnlock() TENANTRY_RELEASE() { mutex_.lock(); }
  MutexUnlock(const MutexUnlock&) = delete;
  MutexUnlock& operator=(const MutexUnlock&) = delete;

 private:
  Mutex& mutex_;
};

class TENANTRY_CAPABILITY("shared mutex") SharedMutex {
 public:
  void lock() TENANTRY_ACQUIRE() { mutex_.lock(); }
  void unlock() TENANTRY_RELEASE() { mutex_.unlock(); }
  void lock_shared() TENANTRY_ACQUIRE_SHARED() { mutex_.lock_shared(); }
  void unlock_shared() TENANTRY_RELEASE_SHARED() { mutex_.unlock_shared(); }

 private:
  std::shared_mutex mutex_;
};

class TENANTRY_SCOPED_CAPABILITY WriterLock {
 public:
  explicit WriterLock(SharedMutex& mutex) TENANTRY_ACQUIRE(mutex) : lock_(mutex) {}
  ~WriterLock() TENANTRY_RELEASE() {}
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  std::lock_guard<SharedMutex> lock_;
};

class TENANTRY_SCOPED_CAPABILITY ReaderLock {
 public:
  explicit ReaderLock(SharedMutex& mutex) TENANTRY_ACQUIRE_SHARED(mutex) : lock_(mutex) {}
  ~ReaderLock() TENANTRY_RELEASE() {}
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  std::shared_lock<SharedMutex> lock_;
};

}  // namespace tenantry
