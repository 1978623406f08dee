// How many passwords are hashed at once. Each takes 19 MiB and a core: without a bound a flood of logins takes all
// memory.
//
// enter() gives a place, at once while fewer than `running_max` are taken; otherwise the caller waits its turn, in the
// order in which callers came, unless `waiting_max` wait already: then it gets none at once and answers that the server
// is busy. close() wakes those who wait, without a place, and gives none from then on. A place is given back when it is
// destroyed, by any thread, and before the PasswordWork is. Any thread; enter() blocks.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api::tokens {

class PasswordWork {
 public:
  class Place {
   public:
    Place(Place&& other) noexcept : work_(other.work_) { other.work_ = nullptr; }
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (work_ != nullptr) work_->leave();
    }

   private:
    friend class PasswordWork;
    explicit Place(PasswordWork& work) : work_(&work) {}
    PasswordWork* work_;
  };

  PasswordWork(std::size_t running_max, std::size_t waiting_max);
  PasswordWork(const PasswordWork&) = delete;
  PasswordWork& operator=(const PasswordWork&) = delete;

  std::optional<Place> enter();
  void close();

  std::size_t running() const;
  std::size_t waiting() const;
  std::uint64_t refused() const;

 private:
  void leave();

  const std::size_t running_max_;
  const std::size_t waiting_max_;
  mutable Mutex mutex_;
  std::condition_variable changed_;
  std::size_t running_ TENANTRY_GUARDED_BY(mutex_) = 0;
  // Who waits holds a number; those below `admitted_` have a place, or had one.
  std::uint64_t next_number_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::uint64_t admitted_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::uint64_t refused_ TENANTRY_GUARDED_BY(mutex_) = 0;
  bool closed_ TENANTRY_GUARDED_BY(mutex_) = false;
};

}  // namespace tenantry::api::tokens
