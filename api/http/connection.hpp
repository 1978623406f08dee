// One client's socket: who may write to it, what waits to be written, and until when.
//
// The fault this class exists to exclude is an answer sent to the wrong client: descriptor numbers are reused, so a
// late answer must never reach one that has been closed. Hence one mutex; the socket is written or shut down only under
// it and only while it is ours, and disconnected() forgets it before the transport closes it. An answer carries the
// number of its turn (one request in flight at a time) and is void in any other turn.
//
// The transport owns the descriptor: this class never closes it, it shuts it down and the transport notices.
// Phases: idle -> head -> body -> answering -> idle or closing. "Cut" is shut down both ways, from any phase.
//
// Threads: the methods under "transport thread" are called by the one worker of this connection, writable() and tick()
// by the manager's thread, all others by any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/protocol_error.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api::http {

class ConnectionManager;

class Connection {
 public:
  using Clock = std::chrono::steady_clock;
  using Turn = std::uint64_t;
  enum class Admission { reading, busy, closing };
  enum class WhenFull { wait, drop };

  Connection(std::shared_ptr<ConnectionManager> manager, std::uint64_t id, int socket);
  std::uint64_t id() const { return id_; }

  // Transport thread.
  // What to do with `bytes` just received: read them as (part of) a request, or throw them away.
  Admission admit(std::size_t bytes);
  void begin_body();
  // The request being read asks with HEAD (RFC 9110 9.3.2): a problem that refuses it is sent without its body.
  void answer_without_body();
  void send_continue();
  // The next answer closes the connection: more bytes came than one request.
  void close_after_answer();
  // Nothing if the connection began to close meanwhile: the request is then dropped unanswered.
  std::optional<Turn> begin_answer();
  void disconnected();

  // Any thread.
  // Answers the request being read by a problem and closes. Without effect while a handler has the request.
  void refuse(const ProtocolError& error);
  // Shuts the socket down at once, unsent bytes and all.
  void cut();
  void cut_if_idle();
  // Ends the turn. False if the client is gone or the turn is over.
  bool finish(Turn turn, std::initializer_list<std::string_view> parts, bool close);
  // Adds to the turn's answer. `wait` blocks while more than the high-water mark is queued; `drop` cuts the client if
  // the bound would be exceeded. False if the client is gone or was cut, or the turn is over.
  bool append(Turn turn, std::initializer_list<std::string_view> parts, WhenFull when_full);
  // Ends the turn by cutting the connection, so that a half-sent answer cannot pass for a whole one.
  void abandon(Turn turn);
  bool is_open(Turn turn);
  // Bytes that wait for the client to take them; 0 if it is gone or the turn is over.
  std::size_t queued_bytes(Turn turn);
  bool must_close();

  // The manager's thread.
  void writable();
  void tick(Clock::time_point now);

 private:
  enum class Phase { idle, head, body, answering, closing };

  bool open() const TENANTRY_REQUIRES(mutex_) { return socket_ >= 0 && !cut_; }
  bool in_turn(Turn turn) const TENANTRY_REQUIRES(mutex_) { return phase_ == Phase::answering && turn_ == turn; }
  std::size_t queued() const TENANTRY_REQUIRES(mutex_) { return queue_.size() - sent_; }
  void set_phase(Phase phase, std::int64_t timeout_ms) TENANTRY_REQUIRES(mutex_);
  void end_turn() TENANTRY_REQUIRES(mutex_);
  void send_problem(const ProtocolError& error) TENANTRY_REQUIRES(mutex_);
  void enqueue(std::initializer_list<std::string_view> parts) TENANTRY_REQUIRES(mutex_);
  void queue_rest(std::initializer_list<std::string_view> parts, std::size_t sent) TENANTRY_REQUIRES(mutex_);
  void flush() TENANTRY_REQUIRES(mutex_);
  void queue_emptied() TENANTRY_REQUIRES(mutex_);
  void begin_closing() TENANTRY_REQUIRES(mutex_);
  void cut_locked() TENANTRY_REQUIRES(mutex_);
  void abort_locked() TENANTRY_REQUIRES(mutex_);
  void clear_queue() TENANTRY_REQUIRES(mutex_);
  void deadline_missed() TENANTRY_REQUIRES(mutex_);

  const std::shared_ptr<ConnectionManager> manager_;
  const std::uint64_t id_;
  Mutex mutex_;
  std::condition_variable drained_;
  int socket_ TENANTRY_GUARDED_BY(mutex_);
  bool cut_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool close_after_answer_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool head_only_ TENANTRY_GUARDED_BY(mutex_) = false;  // of the request being read
  bool registered_ TENANTRY_GUARDED_BY(mutex_) = false;
  Phase phase_ TENANTRY_GUARDED_BY(mutex_) = Phase::idle;
  Turn turn_ TENANTRY_GUARDED_BY(mutex_) = 0;
  Clock::time_point deadline_ TENANTRY_GUARDED_BY(mutex_);
  Clock::time_point progress_ TENANTRY_GUARDED_BY(mutex_){};
  std::size_t discarded_bytes_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::string queue_ TENANTRY_GUARDED_BY(mutex_);
  std::size_t sent_ TENANTRY_GUARDED_BY(mutex_) = 0;
};

}  // namespace tenantry::api::http
