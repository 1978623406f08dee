// Loading a demo: commands go in through the product's own door, in order for each tenant, all tenants at once.
//
// load_into() uses a node in this process; load_over_http() a running server (POST /v1/tenants, POST /v1/commands).
// Loading what is there already makes no event, so an interrupted load is finished by loading again. The first command
// that is refused or fails ends the load: what is under way is waited for, and the error is one sentence.
// counts_in()/counts_over_http() read the tenants' statistics from the tables.
// `on_progress` and `should_stop` are called a few times a second, from the calling thread; the latter ends the load
// early, which is an error too. Both may be empty. One caller.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "api/demo/oulad_commands.hpp"
#include "api/demo/published_counts.hpp"

namespace tenantry::api {
class Node;
}

namespace tenantry::api::demo {

struct LoadOptions {
  std::size_t commands_at_once = 500;       // in one submission
  std::size_t submissions_in_flight = 4;    // of one tenant
  std::size_t request_commands_max = 2000;  // in one HTTP request
  std::function<void(std::uint64_t done, std::uint64_t all)> on_progress;
  std::function<bool()> should_stop;
};

struct LoadReport {
  std::uint64_t commands = 0;
  std::uint64_t events = 0;  // fewer than the commands where something was there already
};

std::expected<LoadReport, std::string> load_into(Node& node, std::vector<TenantLoad> loads, const LoadOptions& options);
std::expected<LoadReport, std::string> load_over_http(const std::string& url, std::vector<TenantLoad> loads,
                                                      const LoadOptions& options);

std::expected<std::vector<TenantCounts>, std::string> counts_in(Node& node, const std::vector<std::string>& slugs);
std::expected<std::vector<TenantCounts>, std::string> counts_over_http(const std::string& url,
                                                                       const std::vector<std::string>& slugs);

}  // namespace tenantry::api::demo
