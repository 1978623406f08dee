// How a handler answers: once, from any thread, now or later.
//
// A Reply is the obligation to answer one request. It is moved along with the work and used up by send() or
// start_stream(); if it is destroyed unused (an exception, a forgotten path) the client gets a 500 problem. It may
// outlive the client and the server: answering is then a cheap no-op that returns false, and never reaches another
// client. One thread at a time may use a Reply or a Stream; send() and try_write() do not block.
//
// A Stream is an answer whose length is not known at its start, chunked (until the connection closes, in HTTP/1.0).
// Two ways to write, for two kinds of producer:
//   write()      blocks while more than Limits::stream_high_water_bytes wait for the client: exports, never on a worker
//                thread. A client that takes no byte for Limits::write_stall_timeout_ms is cut and write() returns
//                false.
//   try_write()  never blocks: feeds. A client for whom more than Limits::queued_bytes_max would wait is cut.
// end() completes the answer. A Stream destroyed before end() cuts the connection, so that the client can tell a broken
// answer from a whole one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/response.hpp"

namespace tenantry::api::http {

class Connection;
class ConnectionManager;

// Which answer this is and what its client asked of it; only the layer fills one.
struct AnswerSlot {
  std::shared_ptr<ConnectionManager> manager;
  std::shared_ptr<Connection> connection;
  std::uint64_t turn = 0;
  bool head_only = false;
  bool http_1_0 = false;
  bool close = false;
};

class Stream {
 public:
  // One that is already over: writes return false.
  Stream() = default;
  Stream(AnswerSlot slot, bool chunked);
  Stream(Stream&& other) noexcept;
  Stream& operator=(Stream&& other) noexcept;
  ~Stream();

  // False: stop producing; the client is gone, was cut, or the stream is over. An empty `bytes` writes nothing.
  bool write(std::string_view bytes);
  bool try_write(std::string_view bytes);
  // False if the client is gone: whether it has read everything is never known.
  bool end();
  bool is_open() const;
  // What try_write() has left for a slow client to take: a feed holds back instead of having it cut.
  std::size_t queued_bytes() const;

 private:
  bool append(std::string_view bytes, bool wait);
  void abandon();

  AnswerSlot slot_;
  bool chunked_ = true;
};

class Reply {
 public:
  explicit Reply(AnswerSlot slot) : slot_(std::move(slot)) {}
  Reply(Reply&& other) noexcept;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();

  // False if the client is gone or the reply was used before. HEAD is answered with the length but without the body.
  bool send(const Response& response);
  // The same without copying into a Response: stored documents are served from where they lie.
  bool send(int status, std::string_view content_type, std::string_view body);

  // Sends the head. The Stream is over from the start if the client is gone, the request was HEAD, or
  // Limits::streams_max is reached (the client then gets 503).
  Stream start_stream(int status, std::string_view content_type, const ResponseHeaders& headers = {});

 private:
  bool send_parts(int status, std::string_view content_type, const ResponseHeaders& headers, std::string_view body);
  bool send_problem(int status, const char* detail);

  AnswerSlot slot_;
};

}  // namespace tenantry::api::http
