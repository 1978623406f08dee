#include "api/http/connection_manager.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "api/http/connection.hpp"

namespace tenantry::api::http {
namespace {

int new_epoll() {
  const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return descriptor;
}

}  // namespace

ConnectionManager::ConnectionManager(const Limits& limits_given)
    : limits(limits_given),
      body_budget(std::make_shared<ByteBudget>(limits_given.body_total_bytes_max)),
      queue_budget(limits_given.queued_total_bytes_max),
      epoll_(new_epoll()),
      thread_([this] { run(); }) {}

ConnectionManager::~ConnectionManager() {
  stop();
  ::close(epoll_);
}

void ConnectionManager::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Connection> ConnectionManager::open(int socket) {
  MutexLock lock(mutex_);
  auto connection = std::make_shared<Connection>(shared_from_this(), ++last_id_, socket);
  connections_.emplace(last_id_, connection);
  ++counters.connections_open;
  return connection;
}

void ConnectionManager::closed(Connection& connection) {
  connection.disconnected();
  MutexLock lock(mutex_);
  if (connections_.erase(connection.id()) > 0) --counters.connections_open;
}

void ConnectionManager::want_writable(int socket, std::uint64_t connection_id, bool& registered) {
  epoll_event event{};
  event.events = EPOLLOUT | EPOLLONESHOT;
  event.data.u64 = connection_id;
  // Failure (no memory, no watches left) leaves the bytes queued: the write-stall deadline then drops the client.
  ::epoll_ctl(epoll_, registered ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
  registered = true;
}

std::vector<std::shared_ptr<Connection>> ConnectionManager::connections() const {
  MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Connection>> all;
  all.reserve(connections_.size());
  for (const auto& [id, connection] : connections_) all.push_back(connection);
  return all;
}

std::shared_ptr<Connection> ConnectionManager::find(std::uint64_t connection_id) const {
  MutexLock lock(mutex_);
  const auto found = connections_.find(connection_id);
  return found == connections_.end() ? nullptr : found->second;
}

void ConnectionManager::run() {
  using Clock = std::chrono::steady_clock;
  const std::chrono::milliseconds tick(limits.deadline_tick_ms);
  auto next_tick = Clock::now() + tick;
  std::array<epoll_event, 64> events;
  while (!stopping_) {
    const int ready =
        ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), static_cast<int>(tick.count()));
    for (int i = 0; i < ready; ++i) {
      if (auto connection = find(events[static_cast<std::size_t>(i)].data.u64)) connection->writable();
    }
    const auto now = Clock::now();
    if (now < next_tick) continue;
    next_tick = now + tick;
    for (const auto& connection : connections()) connection->tick(now);
  }
}

}  // namespace tenantry::api::http
