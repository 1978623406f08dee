// All open connections, the totals they share, and the one thread that serves what no request asks for: it sends queued
// bytes when a slow client's socket takes more, and enforces deadlines.
//
// Shared by every Connection, Request and Reply, so it outlives the server object; its thread ends with stop(). Every
// method may be called by any thread except stop(), which is called once, and never by this thread itself.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <unordered_map>
#include <vector>

#include "api/http/byte_budget.hpp"
#include "api/http/counters.hpp"
#include "api/http/limits.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api::http {

class Connection;

class ConnectionManager : public std::enable_shared_from_this<ConnectionManager> {
 public:
  // Starts the thread. Throws std::system_error if the kernel refuses an epoll descriptor or a thread.
  explicit ConnectionManager(const Limits& limits);
  ~ConnectionManager();
  ConnectionManager(const ConnectionManager&) = delete;
  ConnectionManager& operator=(const ConnectionManager&) = delete;

  // The new connection of `socket`, which stays its opener's to close. Nothing is checked against limits here.
  std::shared_ptr<Connection> open(int socket);
  // The socket is about to be closed: the connection forgets it, and the manager the connection.
  void closed(Connection& connection);

  // Asks for Connection::writable() when the socket can take bytes, once. The caller holds the connection's lock.
  void want_writable(int socket, std::uint64_t connection_id, bool& registered);

  std::vector<std::shared_ptr<Connection>> connections() const;
  // Ends the thread; queued bytes are sent no more and no deadline is kept.
  void stop();

  const Limits limits;
  Counters counters;
  std::atomic<bool> draining{false};
  // Requests handed to a handler whose answer is not complete.
  std::atomic<std::size_t> in_flight{0};
  const std::shared_ptr<ByteBudget> body_budget;
  ByteBudget queue_budget;

 private:
  void run();
  std::shared_ptr<Connection> find(std::uint64_t connection_id) const;

  const int epoll_;
  std::atomic<bool> stopping_{false};
  mutable Mutex mutex_;
  std::uint64_t last_id_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_ TENANTRY_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace tenantry::api::http
