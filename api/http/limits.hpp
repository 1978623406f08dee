// The limits of the HTTP layer: everything a client can make grow has one here, with its unit last in its name.
//
// A plain value, copied into the server at start and never changed afterwards. invalid_limit() names the first value
// that makes no sense; the server refuses to start on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/http/network.hpp"

namespace tenantry::api::http {

struct Limits {
  // From where connections are taken: others are closed before anything is read. None: from everywhere.
  std::vector<Network> peers = {};
  // Request line and header fields together, up to and including the empty line. Beyond: 431.
  std::size_t head_bytes_max = 16 * 1024;
  // Beyond: 414.
  std::size_t target_bytes_max = 8 * 1024;
  // Beyond: 431.
  std::size_t header_count_max = 100;
  // One chunk-size line with its extensions, and all framing of one chunked body beside its data. Beyond: 400.
  std::size_t chunk_line_bytes_max = 256;
  std::size_t chunk_framing_bytes_max = 256 * 1024;
  // The trailer section of one chunked body. Beyond: 431.
  std::size_t trailer_bytes_max = 8 * 1024;
  // Bodies held at once over all connections, counted until the Request is destroyed. Beyond: 503.
  std::size_t body_total_bytes_max = 256u << 20;
  // Answers waiting for slow clients: of one stream, and over all connections. Beyond: the client is dropped.
  std::size_t queued_bytes_max = 1u << 20;
  std::size_t queued_total_bytes_max = 256u << 20;
  // Stream::write blocks above this many queued bytes.
  std::size_t stream_high_water_bytes = 256 * 1024;
  // Open streams (exports and feeds) over all connections. Beyond: 503.
  std::size_t streams_max = 4096;
  // Open connections. Beyond: 503 and close; of those refused politely at once, the second number. Beyond that: close.
  std::size_t connections_max = 8192;
  std::size_t refusals_max = 128;
  // Bytes read and thrown away after an error or behind an unanswered request, before the connection is cut.
  std::size_t discarded_bytes_max = 4u << 20;

  // From a request's first byte to the end of its head, and from there to the end of its body. Beyond: 408.
  std::int64_t head_timeout_ms = 10'000;
  std::int64_t body_timeout_ms = 60'000;
  // A connection with no request in progress; it is closed without a word.
  std::int64_t idle_timeout_ms = 75'000;
  // No byte taken by a client for whom bytes wait; it is dropped.
  std::int64_t write_stall_timeout_ms = 20'000;
  // How long a closing connection may take to read its last answer and close its own side.
  std::int64_t linger_timeout_ms = 2'000;
  // How often the deadlines above are looked at, and so their precision.
  std::int64_t deadline_tick_ms = 100;
};

std::optional<std::string> invalid_limit(const Limits& limits);

}  // namespace tenantry::api::http
