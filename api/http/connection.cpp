#include "api/http/connection.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "api/http/connection_manager.hpp"
#include "api/http/response.hpp"

namespace tenantry::api::http {
namespace {

constexpr auto never = Connection::Clock::time_point::max();
// Sent bytes are dropped from the front of the queue only in runs this long: moving the rest has a cost.
constexpr std::size_t compaction_bytes = 64 * 1024;

std::size_t total_size(std::initializer_list<std::string_view> parts) {
  std::size_t total = 0;
  for (const auto part : parts) total += part.size();
  return total;
}

}  // namespace

Connection::Connection(std::shared_ptr<ConnectionManager> manager, std::uint64_t id, int socket)
    : manager_(std::move(manager)), id_(id), socket_(socket) {
  // A client that connects and says nothing has no more time than one that started its request.
  set_phase(Phase::idle, manager_->limits.head_timeout_ms);
}

void Connection::set_phase(Phase phase, std::int64_t timeout_ms) {
  phase_ = phase;
  deadline_ = Clock::now() + std::chrono::milliseconds(timeout_ms);
}

Connection::Admission Connection::admit(std::size_t bytes) {
  MutexLock lock(mutex_);
  manager_->counters.bytes_in += bytes;
  const bool reading = open() && phase_ != Phase::answering && phase_ != Phase::closing;
  if (reading) {
    if (phase_ == Phase::idle) {
      set_phase(Phase::head, manager_->limits.head_timeout_ms);
      head_only_ = false;
    }
    return Admission::reading;
  }
  discarded_bytes_ += bytes;
  if (discarded_bytes_ > manager_->limits.discarded_bytes_max) abort_locked();
  if (phase_ != Phase::answering || !open()) return Admission::closing;
  if (!std::exchange(close_after_answer_, true)) ++manager_->counters.pipelined;
  return Admission::busy;
}

void Connection::begin_body() {
  MutexLock lock(mutex_);
  if (phase_ == Phase::head) set_phase(Phase::body, manager_->limits.body_timeout_ms);
}

void Connection::answer_without_body() {
  MutexLock lock(mutex_);
  head_only_ = true;
}

void Connection::send_continue() {
  MutexLock lock(mutex_);
  if (open() && phase_ != Phase::closing) enqueue({"HTTP/1.1 100 Continue\r\n\r\n"});
}

void Connection::close_after_answer() {
  MutexLock lock(mutex_);
  close_after_answer_ = true;
}

std::optional<Connection::Turn> Connection::begin_answer() {
  MutexLock lock(mutex_);
  if (!open() || phase_ == Phase::closing) return std::nullopt;
  phase_ = Phase::answering;
  // The handler's engine has deadlines of its own; a client that waits costs no more than its socket.
  deadline_ = never;
  ++manager_->in_flight;
  ++manager_->counters.requests;
  return ++turn_;
}

void Connection::end_turn() {
  set_phase(Phase::idle, manager_->limits.idle_timeout_ms);
  --manager_->in_flight;
}

bool Connection::finish(Turn turn, std::initializer_list<std::string_view> parts, bool close) {
  MutexLock lock(mutex_);
  if (!in_turn(turn)) return false;
  end_turn();
  if (!open()) return false;
  if (queued() > manager_->limits.queued_bytes_max) {
    // Earlier answers still wait: this client asks and does not read.
    abort_locked();
    return false;
  }
  enqueue(parts);
  if (close || close_after_answer_ || manager_->draining) begin_closing();
  return open();
}

bool Connection::append(Turn turn, std::initializer_list<std::string_view> parts, WhenFull when_full) {
  MutexLock lock(mutex_);
  if (when_full == WhenFull::wait) {
    while (open() && queued() >= manager_->limits.stream_high_water_bytes) mutex_.wait(drained_);
  }
  if (!in_turn(turn) || !open()) return false;
  const bool full = queued() > 0 && queued() + total_size(parts) > manager_->limits.queued_bytes_max;
  if (full && when_full == WhenFull::drop) {
    ++manager_->counters.streams_dropped;
    abort_locked();
    return false;
  }
  enqueue(parts);
  return open();
}

void Connection::abandon(Turn turn) {
  MutexLock lock(mutex_);
  if (!in_turn(turn)) return;
  end_turn();
  cut_locked();
}

std::size_t Connection::queued_bytes(Turn turn) {
  MutexLock lock(mutex_);
  return in_turn(turn) && open() ? queued() : 0;
}

bool Connection::is_open(Turn turn) {
  MutexLock lock(mutex_);
  return in_turn(turn) && open();
}

bool Connection::must_close() {
  MutexLock lock(mutex_);
  return close_after_answer_ || manager_->draining;
}

void Connection::disconnected() {
  MutexLock lock(mutex_);
  socket_ = -1;
  clear_queue();
  drained_.notify_all();
}

void Connection::refuse(const ProtocolError& error) {
  MutexLock lock(mutex_);
  if (open() && phase_ != Phase::answering && phase_ != Phase::closing) send_problem(error);
}

void Connection::send_problem(const ProtocolError& error) {
  const auto body = problem_body(error);
  const auto headers = problem_headers(error.status);
  const auto head = serialised({.status = error.status,
                                .content_type = problem_media_type,
                                .headers = &headers,
                                .content_length_bytes = body.size(),
                                .close = true});
  ++manager_->counters.responses_by_class[static_cast<std::size_t>(error.status / 100)];
  enqueue({head, head_only_ ? std::string_view() : std::string_view(body)});
  begin_closing();
}

void Connection::begin_closing() {
  phase_ = Phase::closing;
  deadline_ = never;
  if (queued() == 0) queue_emptied();
}

void Connection::cut() {
  MutexLock lock(mutex_);
  cut_locked();
}

void Connection::cut_if_idle() {
  MutexLock lock(mutex_);
  if (phase_ == Phase::idle && queued() == 0) cut_locked();
}

void Connection::cut_locked() {
  if (!open()) return;
  cut_ = true;
  ::shutdown(socket_, SHUT_RDWR);
  clear_queue();
  drained_.notify_all();
}

// For clients that do not take what they asked for, or send what nobody asked for: the close then resets the connection
// and frees the kernel's buffers too, instead of waiting for the client to come round.
void Connection::abort_locked() {
  const linger reset{1, 0};
  if (open()) ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  cut_locked();
}

void Connection::clear_queue() {
  manager_->queue_budget.give(queued());
  queue_ = {};
  sent_ = 0;
}

void Connection::enqueue(std::initializer_list<std::string_view> parts) {
  std::size_t sent = 0;
  if (queued() == 0) {
    std::array<iovec, 3> vectors;
    msghdr message{};
    message.msg_iov = vectors.data();
    for (const auto part : parts) {
      vectors[message.msg_iovlen++] = {const_cast<char*>(part.data()), part.size()};
    }
    const auto result = ::sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (result < 0 && errno != EAGAIN && errno != EINTR) return cut_locked();
    sent = result < 0 ? 0 : static_cast<std::size_t>(result);
    manager_->counters.bytes_out += sent;
  }
  if (sent < total_size(parts)) queue_rest(parts, sent);
}

void Connection::queue_rest(std::initializer_list<std::string_view> parts, std::size_t sent) {
  const auto rest = total_size(parts) - sent;
  if (!manager_->queue_budget.take(rest)) return abort_locked();
  const bool was_empty = queued() == 0;
  for (const auto part : parts) {
    const auto skipped = std::min(sent, part.size());
    queue_.append(part.substr(skipped));
    sent -= skipped;
  }
  if (!was_empty) return;
  progress_ = Clock::now();
  manager_->want_writable(socket_, id_, registered_);
}

void Connection::writable() {
  MutexLock lock(mutex_);
  if (open() && queued() > 0) flush();
}

void Connection::flush() {
  while (queued() > 0) {
    const auto result = ::send(socket_, queue_.data() + sent_, queued(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (result < 0 && errno == EINTR) continue;
    if (result < 0 && errno != EAGAIN) return cut_locked();
    if (result < 0) {
      manager_->want_writable(socket_, id_, registered_);
      break;
    }
    const auto sent = static_cast<std::size_t>(result);
    sent_ += sent;
    progress_ = Clock::now();
    manager_->counters.bytes_out += sent;
    manager_->queue_budget.give(sent);
    if (sent_ < compaction_bytes || sent_ * 2 < queue_.size()) continue;
    queue_.erase(0, sent_);
    sent_ = 0;
  }
  if (queued() == 0) queue_emptied();
  if (queued() < manager_->limits.stream_high_water_bytes) drained_.notify_all();
}

void Connection::queue_emptied() {
  queue_ = {};
  sent_ = 0;
  // Only now does the client owe us something: its next request, or its side of the close.
  if (phase_ == Phase::idle) set_phase(Phase::idle, manager_->limits.idle_timeout_ms);
  if (phase_ != Phase::closing) return;
  set_phase(Phase::closing, manager_->limits.linger_timeout_ms);
  ::shutdown(socket_, SHUT_WR);
}

void Connection::tick(Clock::time_point now) {
  MutexLock lock(mutex_);
  if (!open()) return;
  if (queued() > 0 && now - progress_ > std::chrono::milliseconds(manager_->limits.write_stall_timeout_ms)) {
    ++manager_->counters.write_stalls;
    if (phase_ == Phase::answering) ++manager_->counters.streams_dropped;
    return abort_locked();
  }
  if (now > deadline_) deadline_missed();
}

void Connection::deadline_missed() {
  auto& counters = manager_->counters;
  switch (phase_) {
    case Phase::idle:
      // With bytes still queued it is the write stall's to judge.
      if (queued() > 0) return;
      ++counters.idle_timeouts;
      return cut_locked();
    case Phase::head:
      ++counters.head_timeouts;
      return send_problem({408, "the request head did not arrive in time"});
    case Phase::body:
      ++counters.body_timeouts;
      return send_problem({408, "the request body did not arrive in time"});
    case Phase::closing:
      return cut_locked();
    case Phase::answering:
      return;
  }
}

}  // namespace tenantry::api::http
