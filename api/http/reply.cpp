#include "api/http/reply.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "api/http/connection.hpp"
#include "api/http/connection_manager.hpp"
#include "api/http/protocol_error.hpp"

namespace tenantry::api::http {
namespace {

void count_response(ConnectionManager& manager, int status) {
  const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 1, 5));
  ++manager.counters.responses_by_class[status_class];
}

// A place among the open streams, or nothing.
bool take_stream(ConnectionManager& manager) {
  auto& open = manager.counters.streams_open;
  if (open.fetch_add(1) < manager.limits.streams_max) return true;
  --open;
  return false;
}

bool closes(const AnswerSlot& slot) {
  return slot.close || slot.connection->must_close();
}

}  // namespace

Reply::Reply(Reply&& other) noexcept : slot_(std::exchange(other.slot_, {})) {}

Reply& Reply::operator=(Reply&& other) noexcept {
  std::swap(slot_, other.slot_);
  return *this;
}

Reply::~Reply() {
  if (slot_.connection) send_problem(500, "the request ended without an answer");
}

bool Reply::send(const Response& response) {
  return send_parts(response.status, response.content_type, response.headers, response.body);
}

bool Reply::send(int status, std::string_view content_type, std::string_view body) {
  return send_parts(status, content_type, {}, body);
}

bool Reply::send_parts(int status, std::string_view content_type, const ResponseHeaders& headers,
                       std::string_view body) {
  if (!slot_.connection) return false;
  if (!are_valid_headers(content_type, headers)) {
    return send_problem(500, "the answer had a header that cannot be sent");
  }
  const auto slot = std::exchange(slot_, {});
  const bool close = closes(slot);
  const bool bodied = has_body(status);
  const auto head = serialised({.status = status,
                                .content_type = content_type,
                                .headers = &headers,
                                .framing = bodied ? Framing::length : Framing::none,
                                .content_length_bytes = body.size(),
                                .close = close,
                                .http_1_0 = slot.http_1_0});
  count_response(*slot.manager, status);
  return slot.connection->finish(slot.turn, {head, bodied && !slot.head_only ? body : std::string_view()}, close);
}

bool Reply::send_problem(int status, const char* detail) {
  const auto body = problem_body({status, detail});
  slot_.close = true;
  return send_parts(status, problem_media_type, problem_headers(status), body);
}

Stream Reply::start_stream(int status, std::string_view content_type, const ResponseHeaders& headers) {
  if (!slot_.connection) return {};
  if (!has_body(status)) throw std::logic_error("a stream needs a status that has a body");
  if (!are_valid_headers(content_type, headers)) {
    send_problem(500, "the answer had a header that cannot be sent");
    return {};
  }
  if (!take_stream(*slot_.manager)) {
    send_problem(503, "too many streams are open; try again shortly");
    return {};
  }
  auto slot = std::exchange(slot_, {});
  const bool chunked = !slot.http_1_0;
  slot.close = closes(slot) || !chunked;
  const auto head = serialised({.status = status,
                                .content_type = content_type,
                                .headers = &headers,
                                .framing = chunked ? Framing::chunked : Framing::until_close,
                                .close = slot.close,
                                .http_1_0 = slot.http_1_0});
  count_response(*slot.manager, status);
  ++slot.manager->counters.streams_started;
  if (!slot.head_only) {
    slot.connection->append(slot.turn, {head}, Connection::WhenFull::drop);
    return Stream(std::move(slot), chunked);
  }
  slot.connection->finish(slot.turn, {head}, slot.close);
  --slot.manager->counters.streams_open;
  return {};
}

Stream::Stream(AnswerSlot slot, bool chunked) : slot_(std::move(slot)), chunked_(chunked) {}

Stream::Stream(Stream&& other) noexcept : slot_(std::exchange(other.slot_, {})), chunked_(other.chunked_) {}

Stream& Stream::operator=(Stream&& other) noexcept {
  std::swap(slot_, other.slot_);
  std::swap(chunked_, other.chunked_);
  return *this;
}

Stream::~Stream() {
  abandon();
}

void Stream::abandon() {
  if (!slot_.connection) return;
  const auto slot = std::exchange(slot_, {});
  --slot.manager->counters.streams_open;
  slot.connection->abandon(slot.turn);
}

bool Stream::is_open() const {
  return slot_.connection && slot_.connection->is_open(slot_.turn);
}

std::size_t Stream::queued_bytes() const {
  return slot_.connection ? slot_.connection->queued_bytes(slot_.turn) : 0;
}

bool Stream::append(std::string_view bytes, bool wait) {
  if (!slot_.connection) return false;
  const auto when_full = wait ? Connection::WhenFull::wait : Connection::WhenFull::drop;
  // An empty chunk would end the body.
  if (bytes.empty()) return is_open();
  if (!chunked_) return slot_.connection->append(slot_.turn, {bytes}, when_full);
  std::array<char, 20> line;
  auto end = std::to_chars(line.data(), line.data() + 16, bytes.size(), 16).ptr;
  *end++ = '\r';
  *end++ = '\n';
  return slot_.connection->append(slot_.turn, {std::string_view(line.data(), end), bytes, "\r\n"}, when_full);
}

bool Stream::write(std::string_view bytes) {
  if (!slot_.connection) return false;
  // In pieces, so that one large write is held back by the high-water mark like many small ones.
  const auto piece_bytes = std::max<std::size_t>(slot_.manager->limits.stream_high_water_bytes, 1);
  do {
    if (!append(bytes.substr(0, piece_bytes), true)) return false;
    bytes.remove_prefix(std::min(piece_bytes, bytes.size()));
  } while (!bytes.empty());
  return true;
}

bool Stream::try_write(std::string_view bytes) {
  return append(bytes, false);
}

bool Stream::end() {
  if (!slot_.connection) return false;
  const auto slot = std::exchange(slot_, {});
  --slot.manager->counters.streams_open;
  return slot.connection->finish(slot.turn, {chunked_ ? std::string_view("0\r\n\r\n") : std::string_view()},
                                 slot.close);
}

}  // namespace tenantry::api::http
