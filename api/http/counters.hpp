// What the HTTP layer has done since it started, for metrics and tests.
//
// Every field is written by the layer and may be read by any thread at any time; fields are independent of each other,
// so two of them read together need not agree. Those named *_open are levels, the others only grow.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace tenantry::api::http {

struct Counters {
  using Count = std::atomic<std::uint64_t>;

  Count connections_open{0};
  Count connections_accepted{0};
  Count connections_refused{0};
  Count requests{0};
  // Index = status / 100; 0 is unused.
  std::array<Count, 6> responses_by_class{};
  Count bytes_in{0};
  Count bytes_out{0};
  Count head_timeouts{0};
  Count body_timeouts{0};
  Count idle_timeouts{0};
  Count write_stalls{0};
  Count pipelined{0};
  Count handler_failures{0};
  Count streams_open{0};
  Count streams_started{0};
  // Streams whose client was cut off because it read too slowly.
  Count streams_dropped{0};
};

}  // namespace tenantry::api::http
