// Feeds: a tenant's events pushed to subscribers as server-sent events, from any point of the past on into the present.
//
// Each event is "id: {sequence}", "event: {type}" and "data: {CloudEvent}" on one line each. One thread serves all
// subscribers: it reads what they lack from the log, a portion for each in turn, so what is live and what is catching
// up take one path, and a subscriber's place is just a number. A subscriber who reads slowly is waited for (its events
// lie in the log) until it takes no byte for the HTTP layer's write_stall_timeout_ms, when the layer drops it. A
// comment goes out when nothing else did for `heartbeat_ms`, so that both sides notice a dead connection, and with it
// the subscriber's place; so it does at the start, before any event: a feed can be resumed from its first byte on.
// subscribe() answers false, without touching the stream's answer, when `subscribers_max` are there or after stop().
// A feed ends whole as soon as its subscriber is allowed no more, which nothing that is sent is later than; stop() ends
// every one. committed() is called by engine threads and does not block. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <thread>

#include "api/http/reply.hpp"
#include "api/live/event_filter.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "events/engine/engine.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

struct FeedLimits {
  std::size_t subscribers_max = 1024;
  std::size_t queued_bytes_max = 256 * 1024;  // of one subscriber; below the HTTP layer's own bound
  std::int64_t heartbeat_ms = 15'000;
};

struct Subscription {
  TenantScope scope;
  EventFilter filter;
  std::uint64_t after = 0;  // the last event that the subscriber has
  // Whether the subscriber may still be sent anything: asked of the tables as they are when something is about to be
  // sent, a comment too. Empty: always. Called on the feeds' thread, and must not block.
  std::function<bool()> is_allowed = {};
};

class Feeds {
 public:
  Feeds(events::Log& log, const projections::StateStore& state, FeedLimits limits);
  ~Feeds();
  Feeds(const Feeds&) = delete;
  Feeds& operator=(const Feeds&) = delete;

  // Whether one more may be served now; holds a place until subscribe() or release().
  bool reserve();
  void release();
  void subscribe(Subscription subscription, http::Stream stream);
  void committed(const std::vector<events::engine::TenantPosition>& positions);
  void stop();
  std::size_t subscribers() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Subscriber {
    Subscription subscription;
    http::Stream stream;
    std::uint64_t known = 0;  // the tenant's last event that this feed has heard of
    Clock::time_point written;
  };
  enum class Progress { gone, idle, held_back, more };

  void run();
  void take_news() TENANTRY_REQUIRES(mutex_);
  Clock::time_point serve_all();
  Progress serve(Subscriber& subscriber);
  static bool is_allowed(Subscriber& subscriber);
  bool send_portion(Subscriber& subscriber);

  events::Log& log_;
  const projections::StateStore& state_;
  FeedLimits limits_;
  mutable Mutex mutex_;
  std::condition_variable changed_;
  std::list<Subscriber> arrived_ TENANTRY_GUARDED_BY(mutex_);
  std::map<TenantId, std::uint64_t> news_ TENANTRY_GUARDED_BY(mutex_);    // only of tenants with subscribers
  std::map<TenantId, std::size_t> followed_ TENANTRY_GUARDED_BY(mutex_);  // how many subscribers each tenant has
  std::size_t places_taken_ TENANTRY_GUARDED_BY(mutex_) = 0;
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
  std::list<Subscriber> subscribers_;  // the feeds thread's own
  std::thread thread_;
};

}  // namespace tenantry::api
