#include "api/live/feeds.hpp"

#include "api/live/event_pages.hpp"
#include "api/tenants/tables.hpp"

namespace tenantry::api {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t events_in_portion_max = 256;
constexpr std::size_t portion_bytes = 64 * 1024;
// How soon a subscriber that is held back is looked at again.
constexpr milliseconds held_back_pause{20};

void append_message(const events::RecordView& event, std::string& out) {
  out += "id: " + std::to_string(event.attributes.sequence) + "\nevent: ";
  out += event.attributes.type;
  out += "\ndata: ";
  events::append_cloud_event_json(event, out);
  out += "\n\n";
}

// A comment for the connection, and for the subscriber where it is. A block without data is no event, but its id is
// kept (HTML, server-sent events, 9.2.6): events that a filter left out need not be looked at again.
std::string heartbeat(std::uint64_t after) {
  return ":\nid: " + std::to_string(after) + "\n\n";
}

}  // namespace

Feeds::Feeds(events::Log& log, const projections::StateStore& state, FeedLimits limits)
    : log_(log), state_(state), limits_(limits), thread_([this] { run(); }) {}

Feeds::~Feeds() {
  stop();
}

bool Feeds::reserve() {
  MutexLock lock(mutex_);
  if (stopping_ || places_taken_ >= limits_.subscribers_max) return false;
  ++places_taken_;
  return true;
}

void Feeds::release() {
  MutexLock lock(mutex_);
  --places_taken_;
}

void Feeds::subscribe(Subscription subscription, http::Stream stream) {
  TenantScope scope = subscription.scope;
  {
    MutexLock lock(mutex_);
    ++followed_[scope.tenant()];
  }
  // From here on commits are heard of; what came before is in the tables.
  auto known = state_.reader(scope).sequence();
  MutexLock lock(mutex_);
  arrived_.push_back({std::move(subscription), std::move(stream), known.value_or(0), Clock::now()});
  if (stopping_) arrived_.back().stream.end();
  changed_.notify_one();
}

void Feeds::committed(const std::vector<events::engine::TenantPosition>& positions) {
  MutexLock lock(mutex_);
  if (followed_.empty()) return;
  bool any = false;
  for (const auto& position : positions) {
    if (!followed_.contains(position.tenant)) continue;
    news_[position.tenant] = position.sequence;
    any = true;
  }
  if (any) changed_.notify_one();
}

void Feeds::stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::size_t Feeds::subscribers() const {
  MutexLock lock(mutex_);
  return places_taken_;
}

void Feeds::run() {
  auto wake_at = Clock::time_point::max();
  for (;;) {
    {
      MutexLock lock(mutex_);
      while (!stopping_ && arrived_.empty() && news_.empty()) {
        if (wake_at == Clock::time_point::max())
          mutex_.wait(changed_);
        else if (mutex_.wait_until(changed_, wake_at) == std::cv_status::timeout)
          break;
      }
      take_news();
      if (stopping_) break;
    }
    wake_at = serve_all();
  }
  for (Subscriber& subscriber : subscribers_) subscriber.stream.end();
  subscribers_.clear();
}

void Feeds::take_news() {
  for (Subscriber& subscriber : arrived_) {
    auto news = news_.find(subscriber.subscription.scope.tenant());
    if (news != news_.end()) subscriber.known = std::max(subscriber.known, news->second);
  }
  for (Subscriber& subscriber : subscribers_) {
    auto news = news_.find(subscriber.subscription.scope.tenant());
    if (news != news_.end()) subscriber.known = std::max(subscriber.known, news->second);
  }
  news_.clear();
  subscribers_.splice(subscribers_.end(), arrived_);
}

Feeds::Clock::time_point Feeds::serve_all() {
  auto wake_at = Clock::time_point::max();
  for (auto each = subscribers_.begin(); each != subscribers_.end();) {
    Progress progress = serve(*each);
    if (progress == Progress::gone) {
      MutexLock lock(mutex_);
      auto followed = followed_.find(each->subscription.scope.tenant());
      if (--followed->second == 0) followed_.erase(followed);
      --places_taken_;
      each = subscribers_.erase(each);
      continue;
    }
    auto next = each->written + milliseconds(limits_.heartbeat_ms);
    if (progress == Progress::held_back) next = Clock::now() + held_back_pause;
    if (progress == Progress::more) next = Clock::now();
    wake_at = std::min(wake_at, next);
    ++each;
  }
  return wake_at;
}

bool Feeds::is_allowed(Subscriber& subscriber) {
  const auto& ask = subscriber.subscription.is_allowed;
  if (!ask || ask()) return true;
  subscriber.stream.end();
  return false;
}

Feeds::Progress Feeds::serve(Subscriber& subscriber) {
  if (!subscriber.stream.is_open()) return Progress::gone;
  if (subscriber.subscription.after >= subscriber.known) {
    if (Clock::now() < subscriber.written + milliseconds(limits_.heartbeat_ms)) return Progress::idle;
    if (!is_allowed(subscriber)) return Progress::gone;
    subscriber.written = Clock::now();
    return subscriber.stream.try_write(heartbeat(subscriber.subscription.after)) ? Progress::idle : Progress::gone;
  }
  if (subscriber.stream.queued_bytes() >= limits_.queued_bytes_max) return Progress::held_back;
  if (!send_portion(subscriber)) return Progress::gone;
  return subscriber.subscription.after < subscriber.known ? Progress::more : Progress::idle;
}

bool Feeds::send_portion(Subscriber& subscriber) {
  Subscription& subscription = subscriber.subscription;
  std::string portion;
  auto visited = visit_events(log_, state_.reader(subscription.scope), subscription.after, events_in_portion_max,
                              [&](const events::RecordView& event) {
                                subscription.after = event.attributes.sequence;
                                if (subscription.filter.shows(event.attributes)) append_message(event, portion);
                                return portion.size() < portion_bytes;
                              });
  // The subscriber notices that its feed is cut short and comes back with the last id that it has.
  if (!visited) return false;
  // The tables are asked after the portion was read, so that they know of whatever it may hold.
  if (!is_allowed(subscriber)) return false;
  if (portion.empty()) return subscriber.stream.is_open();
  subscriber.written = Clock::now();
  return subscriber.stream.try_write(portion);
}

}  // namespace tenantry::api
