// How a service listens and what it allows. A plain value, copied at start.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/http/limits.hpp"
#include "api/issuer/issuer.hpp"
#include "api/live/feeds.hpp"
#include "api/live/process_managers.hpp"
#include "api/request/authentication.hpp"
#include "api/tenants/gate.hpp"
#include "events/backend.hpp"

namespace tenantry::api {

struct ServiceOptions {
  // A loopback one (127.0.0.0/8, or [::1]), unless tokens are asked for and a proxy is named, which ends TLS.
  std::string address = "127.0.0.1";
  // Where that proxy is: connections are taken from there and from this machine alone.
  std::vector<http::Network> behind_proxy;
  std::uint16_t port = 0;  // 0: any free one
  // Names that requests may be addressed to, beside loopback addresses and the gate's base domains (site.hpp).
  std::vector<std::string> server_names;
  int threads = 2;
  http::Limits limits;
  AuthenticationOptions authentication;
  std::optional<IssuerOptions> issuer;  // wants a vault
  events::Vault* vault = nullptr;       // outlives the service
  GateOptions gate;
  events::EventTopics event_topics = events::event_topics({});  // told to consumers at /asyncapi.json
  FeedLimits feeds;
  ProcessLimits processes;
  std::int64_t position_wait_timeout_ms = 5'000;
  std::size_t position_waiters_max = 10'000;
  std::size_t load_body_bytes_max = 16u << 20;
  std::uint64_t audit_events_scanned_max = 10'000;  // for one page; the next page goes on
  // A handler threw: its route's pattern and what it said. Called on a worker thread. May be empty.
  std::function<void(const std::string& route, const std::string& what)> on_handler_failure;
  // A request was answered with a problem of the server's own, whose cause clients are not told, or a process manager
  // cannot go on. On any thread; may be called for every request. May be empty.
  std::function<void(const std::string& where, const std::string& cause)> on_fault;
};

}  // namespace tenantry::api
