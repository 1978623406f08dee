#include "api/cluster/freshness.hpp"

#include <chrono>

namespace tenantry::api {
namespace {

constexpr std::chrono::microseconds look_again{500};

}  // namespace

Freshness::Freshness(Cluster& cluster, events::Log& log, const projections::StateStore& state, FreshnessLimits limits)
    : cluster_(cluster), log_(log), state_(state), limits_(limits) {}

Freshness::~Freshness() {
  stop();
}

void Freshness::stop() {
  std::vector<Desk*> desks;  // no more are opened once it stops
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    for (auto& [partition, desk] : desks_) {
      desk->changed.notify_all();
      desks.push_back(desk.get());
    }
  }
  for (Desk* desk : desks) {
    if (desk->thread.joinable()) desk->thread.join();
  }
}

void Freshness::wait(std::vector<events::Partition> partitions, Then then) {
  std::string refusal;
  {
    MutexLock lock(mutex_);
    if (stopping_) refusal = "the server is stopping";
    if (waiting_ >= limits_.waiting_max) refusal = "too many requests wait for the copy to be up to date";
    if (refusal.empty()) {
      ++waiting_;
      return enqueue({std::move(partitions), std::move(then)});
    }
  }
  then(std::unexpected(refusal));
}

void Freshness::enqueue(Waiter waiter) {
  events::Partition partition = waiter.left.back();
  waiter.left.pop_back();
  auto& desk = desks_[partition];
  if (!desk) {
    desk = std::make_unique<Desk>();
    desk->thread = std::thread([this, partition, &desk = *desk] { run(partition, desk); });
  }
  desk->waiters.push_back(std::move(waiter));
  desk->changed.notify_one();
}

void Freshness::run(events::Partition partition, Desk& desk) {
  MutexLock lock(mutex_);
  for (;;) {
    while (desk.waiters.empty() && !stopping_) mutex_.wait(desk.changed);
    if (desk.waiters.empty()) return;
    std::vector<Waiter> waiters = std::exchange(desk.waiters, {});
    Result result = std::unexpected("the server is stopping");
    if (!stopping_) {
      lock.unlock();
      result = bring_up(partition);
      lock.lock();
    }
    std::vector<Waiter> finished;
    for (Waiter& waiter : waiters) {
      if (result && !waiter.left.empty() && !stopping_)
        enqueue(std::move(waiter));
      else
        finished.push_back(std::move(waiter));
    }
    waiting_ -= finished.size();
    lock.unlock();
    for (Waiter& waiter : finished) {
      bool is_whole = waiter.left.empty() || !result;
      waiter.then(is_whole ? result : Result{std::unexpected("the server is stopping")});
    }
    lock.lock();
  }
}

Freshness::Result Freshness::bring_up(events::Partition partition) {
  if (auto caught_up = cluster_.catch_up(partition); !caught_up) return caught_up;
  auto end = log_.end(partition);
  if (!end) return std::unexpected(end.error().detail);
  auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{limits_.tables_timeout_ms};
  while (state_.partition(partition).next_position() < *end) {
    if (std::chrono::steady_clock::now() > deadline) {
      return std::unexpected("the tables of " + partition.name() + " do not come up to position " +
                             std::to_string(*end));
    }
    std::this_thread::sleep_for(look_again);
  }
  return {};
}

}  // namespace tenantry::api
