// Collects one request body, of a stated length or chunked (RFC 9112 6 and 7.1), from bytes split anywhere.
//
// Used by one transport thread. Memory is taken from the shared budget as bytes arrive, never as they are announced, so
// a client pays with its own traffic for what it makes the server hold. Chunk extensions are ignored within their
// bound, blanks around a chunk's size too (BWS, RFC 9112 7.1.1). Trailer fields are held to the grammar of fields and
// to their bound, and thrown away: none has a meaning here, and none is ever merged into the head (RFC 9110 6.5.1).
// Errors: 400 malformed chunk or trailer, 413 above the route's limit, 431 trailers above theirs, 503 total buffer
// exhausted.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/byte_budget.hpp"
#include "api/http/limits.hpp"
#include "api/http/protocol_error.hpp"

namespace tenantry::api::http {

class BodyReader {
 public:
  // Precondition: length_bytes > 0 and not above the route's limit.
  static BodyReader of_length(std::uint64_t length_bytes, std::shared_ptr<ByteBudget> budget, const Limits& limits);
  static BodyReader chunked(std::size_t body_bytes_max, std::shared_ptr<ByteBudget> budget, const Limits& limits);

  // Takes bytes from the front of `bytes`. True: the body is complete, and what remains in `bytes` follows it.
  std::expected<bool, ProtocolError> read(std::string_view& bytes);

  std::string take_body() { return std::move(body_); }
  ByteLease take_lease() { return std::move(lease_); }

 private:
  enum class Expecting { size_line, data, data_cr, data_lf, trailer_line, nothing };
  using Checked = std::expected<void, ProtocolError>;

  BodyReader(Expecting expecting, std::shared_ptr<ByteBudget> budget, const Limits& limits);

  Checked read_data(std::string_view& bytes);
  Checked read_size_line(char byte);
  Checked begin_chunk();
  Checked read_trailer_line(char byte);
  Checked end_trailer_line();
  // Whether the byte ended line_, which then has no CR LF. Errors: a lone CR or LF, a control character.
  std::expected<bool, ProtocolError> read_line(char byte, const char* what);
  Checked read_mark(char byte, char mark, Expecting next);

  const Limits* limits_;
  Expecting expecting_;
  bool is_chunked_ = false;
  std::size_t body_bytes_max_ = 0;
  std::uint64_t data_left_bytes_ = 0;
  std::size_t framing_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::string line_;
  std::string body_;
  ByteLease lease_;
};

}  // namespace tenantry::api::http
