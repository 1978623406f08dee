#include "api/http/limits.hpp"

#include <array>
#include <utility>

namespace tenantry::api::http {

std::optional<std::string> invalid_limit(const Limits& limits) {
  const std::array<std::pair<const char*, std::int64_t>, 6> durations{{
      {"head_timeout_ms", limits.head_timeout_ms},
      {"body_timeout_ms", limits.body_timeout_ms},
      {"idle_timeout_ms", limits.idle_timeout_ms},
      {"write_stall_timeout_ms", limits.write_stall_timeout_ms},
      {"linger_timeout_ms", limits.linger_timeout_ms},
      {"deadline_tick_ms", limits.deadline_tick_ms},
  }};
  for (const auto& [name, value] : durations) {
    if (value <= 0) return std::string(name) + " must be above zero";
  }
  if (limits.connections_max == 0) return "connections_max must be above zero";
  if (limits.head_bytes_max <= limits.target_bytes_max) return "head_bytes_max must be above target_bytes_max";
  // Pistache's parser sizes its buffers and offsets by int; the head fields of a Request by 32 bits.
  if (limits.head_bytes_max > (64u << 20)) return "head_bytes_max must not exceed 64 MiB";
  if (limits.queued_bytes_max < limits.stream_high_water_bytes) {
    return "queued_bytes_max must not be below stream_high_water_bytes";
  }
  return std::nullopt;
}

}  // namespace tenantry::api::http
