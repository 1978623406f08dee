#include "api/tokens/password_work.hpp"

#include <algorithm>

namespace tenantry::api::tokens {

PasswordWork::PasswordWork(std::size_t running_max, std::size_t waiting_max)
    : running_max_(std::max<std::size_t>(running_max, 1)), waiting_max_(waiting_max) {}

std::optional<PasswordWork::Place> PasswordWork::enter() {
  MutexLock lock(mutex_);
  if (!closed_ && running_ < running_max_) {  // then nobody waits: leave() hands its place on
    ++running_;
    return Place{*this};
  }
  if (closed_ || next_number_ - admitted_ >= waiting_max_) {
    ++refused_;
    return std::nullopt;
  }
  std::uint64_t number = next_number_++;
  while (number >= admitted_ && !closed_) mutex_.wait(changed_);
  if (number < admitted_) return Place{*this};
  ++refused_;
  return std::nullopt;
}

void PasswordWork::leave() {
  MutexLock lock(mutex_);
  if (closed_ || admitted_ == next_number_) {
    --running_;
    return;
  }
  ++admitted_;
  changed_.notify_all();
}

void PasswordWork::close() {
  MutexLock lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

std::size_t PasswordWork::running() const {
  MutexLock lock(mutex_);
  return running_;
}

std::size_t PasswordWork::waiting() const {
  MutexLock lock(mutex_);
  return closed_ ? 0 : static_cast<std::size_t>(next_number_ - admitted_);
}

std::uint64_t PasswordWork::refused() const {
  MutexLock lock(mutex_);
  return refused_;
}

}  // namespace tenantry::api::tokens
