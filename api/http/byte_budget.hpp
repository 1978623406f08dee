// A shared bound on bytes held in memory, and a lease on a part of it.
//
// ByteBudget may be used by any thread. A ByteLease belongs to one thread at a time (it moves with what it pays for)
// and gives its bytes back when it is destroyed; it keeps the budget alive.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace tenantry::api::http {

class ByteBudget {
 public:
  explicit ByteBudget(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // False, and nothing taken, if the bound would be exceeded.
  bool take(std::size_t bytes) {
    const auto before = taken_.fetch_add(bytes);
    if (before + bytes <= bytes_max_) return true;
    taken_.fetch_sub(bytes);
    return false;
  }
  void give(std::size_t bytes) { taken_.fetch_sub(bytes); }
  std::size_t taken_bytes() const { return taken_.load(); }

 private:
  const std::size_t bytes_max_;
  std::atomic<std::size_t> taken_{0};
};

class ByteLease {
 public:
  ByteLease() = default;
  explicit ByteLease(std::shared_ptr<ByteBudget> budget) : budget_(std::move(budget)) {}
  ByteLease(ByteLease&& other) noexcept : budget_(std::move(other.budget_)), bytes_(std::exchange(other.bytes_, 0)) {}
  ByteLease& operator=(ByteLease&& other) noexcept {
    std::swap(budget_, other.budget_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~ByteLease() {
    if (budget_) budget_->give(bytes_);
  }

  // Precondition: made from a budget. False, and nothing taken, if the budget refuses.
  bool grow(std::size_t bytes) {
    if (!budget_->take(bytes)) return false;
    bytes_ += bytes;
    return true;
  }

 private:
  std::shared_ptr<ByteBudget> budget_;
  std::size_t bytes_ = 0;
};

}  // namespace tenantry::api::http
