#include "api/http/server.hpp"

#include <pistache/endpoint.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>

#include "api/http/connection.hpp"
#include "api/http/listening_socket.hpp"
#include "api/http/pistache_handler.hpp"
#include "api/http/protocol_error.hpp"

namespace tenantry::api::http {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Databases, logs and libraries need descriptors beside the connections; running out makes the accept thread spin.
constexpr std::size_t other_descriptors = 512;
constexpr int backlog = 4096;
constexpr auto poll_interval = milliseconds(2);
constexpr auto handover_grace = milliseconds(10);
// After the answers: how long clients may take to be gone. The workers see a cut connection at once; this is for a
// worker that is still inside a handler.
constexpr auto disconnect_grace = milliseconds(2'000);

// Threads inherit the mask of the thread that makes them.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_;
};

void provide_descriptors(const Limits& limits) {
  const rlim_t needed = limits.connections_max + limits.refusals_max + other_descriptors;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) throw std::runtime_error("the descriptor limit cannot be read");
  if (limit.rlim_cur >= needed) return;
  limit.rlim_cur = std::min(needed, limit.rlim_max);
  if (limit.rlim_cur < needed || ::setrlimit(RLIMIT_NOFILE, &limit) != 0) {
    throw std::runtime_error("connections_max " + std::to_string(limits.connections_max) +
                             " needs a descriptor limit of " + std::to_string(needed) + " (ulimit -n)");
  }
}

Response problem(int status, const char* detail) {
  return {.status = status, .content_type = problem_media_type, .headers = {}, .body = problem_body({status, detail})};
}

std::shared_ptr<Handlers> with_defaults(Routes& routes, ServerOptions& options) {
  auto handlers = std::make_shared<Handlers>();
  handlers->not_found = std::move(routes.not_found);
  handlers->method_not_allowed = std::move(routes.method_not_allowed);
  handlers->on_failure = std::move(options.on_handler_failure);
  if (!handlers->not_found) {
    handlers->not_found = [](Request, Reply reply) { reply.send(problem(404, "nothing is served at this path")); };
  }
  if (!handlers->method_not_allowed) {
    handlers->method_not_allowed = [](Request, Reply reply, std::string allow) {
      auto response = problem(405, "the path does not serve this method");
      response.headers.emplace_back("Allow", std::move(allow));
      reply.send(response);
    };
  }
  return handlers;
}

Pistache::Http::Endpoint::Options endpoint_options(int threads, Pistache::Flags<Pistache::Tcp::Options> flags) {
  // Pistache's idle sweep closes descriptors without telling the handler: it must never find one. Ours are the
  // deadlines that count.
  constexpr std::chrono::hours year(24 * 365);
  return Pistache::Http::Endpoint::options()
      .threads(threads)
      .flags(flags)
      .headerTimeout(year)
      .bodyTimeout(year)
      .keepaliveTimeout(year);
}

}  // namespace

class Server::Running {
 public:
  Running(ServerOptions options, Routes routes);
  ~Running() { stop(); }

  bool drain(std::int64_t timeout_ms);
  std::uint16_t port() const { return port_; }
  ConnectionManager& manager() const { return *manager_; }

 private:
  void start(const ServerOptions& options, std::shared_ptr<PistacheRoutes> routes,
             std::shared_ptr<const Handlers> handlers);
  void stop();
  void refuse_connections();
  void disconnect_all();

  std::shared_ptr<ConnectionManager> manager_;
  std::unique_ptr<Pistache::Http::Endpoint> endpoint_;
  std::uint16_t port_ = 0;
  std::optional<int> listening_socket_;
};

Server::Running::Running(ServerOptions options, Routes routes) {
  if (const auto wrong = invalid_limit(options.limits)) throw std::runtime_error(*wrong);
  if (options.threads < 1) throw std::runtime_error("threads must be above zero");
  provide_descriptors(options.limits);
  const BlockedSignals blocked;
  auto table = std::make_shared<PistacheRoutes>(std::move(routes.routes));
  auto handlers = with_defaults(routes, options);
  manager_ = std::make_shared<ConnectionManager>(options.limits);
  start(options, std::move(table), std::move(handlers));
}

void Server::Running::start(const ServerOptions& options, std::shared_ptr<PistacheRoutes> routes,
                            std::shared_ptr<const Handlers> handlers) {
  using Flag = Pistache::Tcp::Options;
  const auto flags = Pistache::Flags<Flag>(Flag::ReuseAddr) | Flag::NoDelay | Flag::CloseOnExec;
  const Pistache::Address address(options.address, Pistache::Port(options.port));
  endpoint_ = std::make_unique<Pistache::Http::Endpoint>(address);
  endpoint_->init(endpoint_options(options.threads, flags));
  // Again, because init() ignores the backlog it is given.
  endpoint_->initArgs(static_cast<std::size_t>(options.threads), flags, "http", backlog);
  endpoint_->setHandler(std::make_shared<PistacheHandler>(manager_, std::move(routes), std::move(handlers)));
  endpoint_->serveThreaded();
  port_ = static_cast<std::uint16_t>(endpoint_->getPort());
  listening_socket_ = listening_socket(port_);
  if (!listening_socket_) throw std::runtime_error("the listening socket cannot be found in /proc/self/fd");
}

void Server::Running::refuse_connections() {
  manager_->draining = true;
  // Should it fail, new connections are still told 503 until the end.
  if (listening_socket_ && stop_listening(*listening_socket_)) listening_socket_.reset();
  // A connection accepted at the last moment is on its way to its worker, out of sight of everybody.
  std::this_thread::sleep_for(handover_grace);
}

bool Server::Running::drain(std::int64_t timeout_ms) {
  if (!endpoint_) return true;
  const auto deadline = Clock::now() + milliseconds(timeout_ms);
  refuse_connections();
  for (const auto& connection : manager_->connections()) connection->cut_if_idle();
  // Connections empty only after their last answer has been sent and read, or its deadline passed.
  while (manager_->counters.connections_open > 0 && Clock::now() < deadline) std::this_thread::sleep_for(poll_interval);
  const bool all_answered = manager_->in_flight == 0;
  stop();
  return all_answered;
}

void Server::Running::disconnect_all() {
  const auto deadline = Clock::now() + disconnect_grace;
  while (manager_->counters.connections_open > 0 && Clock::now() < deadline) {
    for (const auto& connection : manager_->connections()) connection->cut();
    std::this_thread::sleep_for(poll_interval);
  }
}

void Server::Running::stop() {
  if (!endpoint_) return;
  if (listening_socket_) refuse_connections();
  disconnect_all();
  endpoint_->shutdown();
  // Joins the accept thread and the workers.
  endpoint_.reset();
  for (const auto& connection : manager_->connections()) manager_->closed(*connection);
  manager_->stop();
}

Server::Server(ServerOptions options, Routes routes)
    : running_(std::make_unique<Running>(std::move(options), std::move(routes))) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return running_->port();
}

const Counters& Server::counters() const {
  return running_->manager().counters;
}

std::size_t Server::in_flight() const {
  return running_->manager().in_flight;
}

std::size_t Server::body_bytes_held() const {
  return running_->manager().body_budget->taken_bytes();
}

std::size_t Server::queued_bytes_held() const {
  return running_->manager().queue_budget.taken_bytes();
}

bool Server::drain(std::int64_t timeout_ms) {
  return running_->drain(timeout_ms);
}

}  // namespace tenantry::api::http
