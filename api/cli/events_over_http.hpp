// `tenantry events --url`: a tenant's events from a running server, in pages or as a feed that goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tenantry::api::cli {

// Which events to print.
struct EventChoice {
  std::string tenant;
  std::string type;
  std::string subject;
  std::uint64_t from_sequence = 1;
  std::optional<std::uint64_t> limit{};
  std::string url;
  std::string token;  // empty: none
  bool follow = false;
};

// Prints to stdout; the result is an exit code. A feed that breaks off is taken up again from the last event printed,
// as long as the server can be reached.
int print_events_over_http(const EventChoice& choice);

}  // namespace tenantry::api::cli
