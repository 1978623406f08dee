#include "api/service.hpp"

#include <arpa/inet.h>

#include <mutex>
#include <stdexcept>

#include "api/dispatch.hpp"
#include "api/http/server.hpp"

namespace tenantry::api {

// What outlives the service when the engine still calls it.
struct Service::Listener {
  std::mutex mutex;
  Context* context = nullptr;

  void committed(const std::vector<events::engine::TenantPosition>& positions) {
    std::lock_guard lock(mutex);
    if (context == nullptr) return;
    context->write_health.committed(context->engine.counters().append_failures.load());
    context->standings.committed(positions);
    context->positions.committed(positions);
    context->feeds.committed(positions);
  }
};

bool is_loopback(const std::string& address) {
  if (address == "[::1]") return true;
  in_addr parsed{};
  if (::inet_pton(AF_INET, address.c_str(), &parsed) != 1) return false;
  return (ntohl(parsed.s_addr) >> 24) == 127;
}

Service::Service(events::Log& log, projections::StateStore& state, events::engine::Engine& engine,
                 ServiceOptions options, Cluster* cluster)
    : listener_(std::make_shared<Listener>()),
      context_(std::make_shared<Context>(log, state, engine, cluster, std::move(options))) {
  listener_->context = context_.get();
}

Service::~Service() {
  {
    std::lock_guard lock(listener_->mutex);
    listener_->context = nullptr;
  }
  context_->stop();
  context_->server.store(nullptr);
  server_.reset();
}

events::engine::OnCommitted Service::commit_listener() const {
  return [listener = listener_](events::Partition, const std::vector<events::engine::TenantPosition>& positions) {
    listener->committed(positions);
  };
}

std::expected<void, std::string> Service::start() {
  const ServiceOptions& options = context_->options;
  if (!is_loopback(options.address)) {
    return std::unexpected("the address " + options.address +
                           " is not a loopback one, and without access control the server listens on no other");
  }
  auto finished = context_->creation.finish_all();
  if (!finished) return std::unexpected(finished.error());
  finished_tenants_ = *finished;
  try {
    http::ServerOptions server{.address = options.address,
                               .port = options.port,
                               .threads = options.threads,
                               .limits = options.limits,
                               .on_handler_failure = options.on_handler_failure};
    server_ = std::make_unique<http::Server>(std::move(server), http_routes(*context_));
  } catch (const std::runtime_error& failure) {
    return std::unexpected(std::string{"the server cannot start: "} + failure.what());
  }
  context_->server.store(server_.get());
  return {};
}

std::uint16_t Service::port() const {
  return server_->port();
}

std::expected<void, std::string> Service::partition_served() {
  auto finished = context_->creation.finish_all();
  if (!finished) return std::unexpected(finished.error());
  return {};
}

bool Service::drain(std::int64_t timeout_ms) {
  if (!server_) return true;
  context_->draining.store(true);
  context_->feeds.stop();
  context_->positions.stop();
  return server_->drain(timeout_ms);
}

}  // namespace tenantry::api
