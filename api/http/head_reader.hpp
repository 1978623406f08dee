// Collects the bytes of one request head until its empty line, refusing early what no later byte can mend.
//
// Used by one transport thread. Bytes refused at once: NUL, a LF without CR before it, a CR without LF after it (RFC
// 9112 2.2 allows bare LF; servers that do and proxies that do not disagree about where a request ends). One empty line
// before the request line is skipped, as RFC 9112 2.2 asks.
// Errors: 400 bad bytes, 414 request line too long, 431 head too long.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "api/http/limits.hpp"
#include "api/http/protocol_error.hpp"

namespace tenantry::api::http {

class HeadReader {
 public:
  explicit HeadReader(const Limits& limits) : limits_(&limits) {}

  // Takes bytes from the front of `bytes`. True: the head is complete, and what remains in `bytes` follows it.
  std::expected<bool, ProtocolError> read(std::string_view& bytes);

  // The head's lines, each with its CRLF, without the empty line; the reader is then ready for the next head.
  // Precondition: read() returned true.
  std::string take();

  bool empty() const { return text_.empty(); }
  // Whether what has come so far, complete or not, asks with HEAD: its answer has no body, a refusal neither.
  bool asks_for_head() const { return text_.starts_with("HEAD "); }

 private:
  std::expected<void, ProtocolError> check_bytes(std::string_view bytes);
  std::expected<void, ProtocolError> check_size() const;

  const Limits* limits_;
  std::string text_;
  char last_ = 0;
  bool leading_line_skipped_ = false;
};

}  // namespace tenantry::api::http
