// Forwarder: passes a request on to the node that serves its tenant, and its answer back.
//
// forward() never blocks and calls `then` exactly once, from one of the forwarder's threads (from the calling one if
// there is no room). A request goes on a connection of its own, once: it is never sent again, because the other node
// may have done it before the connection broke. The request's headers go along, without those of the connection itself;
// `Tenantry-Forwarded-By: {this node}` is added, and a node that gets it forwards no further.
// stop() answers what waits as `no_room`; the destructor waits for requests under way, up to the timeout.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "api/client/http_client.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

inline constexpr std::string_view forwarded_by = "Tenantry-Forwarded-By";

struct ForwarderLimits {
  std::size_t threads_max = 128;  // started as they are needed
  std::size_t waiting_max = 2'000;
  std::int64_t timeout_ms = 20'000;
};

struct ForwardFailure {
  enum class Kind {
    no_room,    // too much is being forwarded; nothing was sent
    not_there,  // no node answers at the address; nothing was sent
    unknown     // the request was sent and no answer came: it may have been done
  };
  Kind kind;
  std::string detail;
};

using Forwarded = std::expected<http::Response, ForwardFailure>;

// The request as it is passed on; `added` replaces headers of the same name.
client::HttpRequest forwarded_request(const http::Request& request, const http::ResponseHeaders& added);

class Forwarder {
 public:
  using Then = std::move_only_function<void(Forwarded)>;

  explicit Forwarder(ForwarderLimits limits = {}) : limits_(limits) {}
  ~Forwarder();
  Forwarder(const Forwarder&) = delete;
  Forwarder& operator=(const Forwarder&) = delete;

  void forward(std::string url, client::HttpRequest request, Then then);
  void stop();

 private:
  struct Job {
    std::string url;
    client::HttpRequest request;
    Then then;
  };
  void run();
  Forwarded ask(const Job& job) const;

  ForwarderLimits limits_;
  Mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_ TENANTRY_GUARDED_BY(mutex_);
  std::size_t idle_ TENANTRY_GUARDED_BY(mutex_) = 0;
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
