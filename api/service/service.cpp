#include "api/service/service.hpp"

#include <stdexcept>

#include "api/documents/asyncapi.hpp"
#include "api/documents/openapi.hpp"
#include "api/exchange/site.hpp"
#include "api/http/server.hpp"
#include "api/issuer/sweeping.hpp"
#include "api/routes/table.hpp"
#include "api/service/creation_elsewhere.hpp"
#include "api/service/dispatch.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

// What outlives the service when the engine still calls it.
struct Service::Listener {
  Mutex mutex;
  Context* context TENANTRY_GUARDED_BY(mutex) = nullptr;

  void committed(events::Partition partition, const std::vector<events::engine::TenantPosition>& positions) {
    MutexLock lock(mutex);
    if (context == nullptr) return;
    context->write_health.committed(context->engine.counters().append_failures.load());
    context->standings.committed(positions);
    context->positions.committed(positions);
    context->feeds.committed(positions);
    context->process_managers.committed(partition, positions);
    if (context->issuer && partition.stream == events::Stream::platform) context->issuer->platform_changed();
  }
};

namespace {

std::shared_ptr<Context> make_context(events::Log& log, projections::StateStore& state, events::engine::Engine& engine,
                                      Cluster* cluster, ServiceOptions options) {
  auto context = std::make_shared<Context>(log, state, engine, cluster, std::move(options));
  context->routes = route_table(context->options, engine.options());
  context->openapi = openapi_document(context->routes);
  context->asyncapi = asyncapi_document(context->options.event_topics, context->tenant_partitions);
  if (cluster == nullptr) return context;
  context->creation.create_elsewhere([&context = *context](const directory::Registration& registration,
                                                           events::engine::Origin origin, TenantCreation::Reply reply) {
    create_at_owner(context, registration, std::move(origin), std::move(reply));
  });
  return context;
}

http::Limits limits_of(const ServiceOptions& options) {
  http::Limits limits = options.limits;
  if (options.behind_proxy.empty()) return limits;
  limits.peers = options.behind_proxy;
  for (const char* own : {"127.0.0.0/8", "::1"}) limits.peers.push_back(http::Network::parse(own).value());
  return limits;
}

void sweep_later(const std::shared_ptr<Context>& context);

void sweep(Context& context) {
  const IssuerOptions& options = context.issuer->options();
  Instant made_before{Instant::now().unix_ms - options.swept_age_s * 1000};
  auto swept = sweep_vault(context.issuer->vault(), context.state, context.engine, context.gate, made_before);
  if (!swept && context.options.on_fault) context.options.on_fault("vault", swept.error().detail);
}

// On the issuer's threads; if these have too much to do, the next time.
void sweep_later(const std::shared_ptr<Context>& context) {
  std::chrono::seconds pause{context->issuer->options().sweep_every_s};
  context->background.post_at(Background::Clock::now() + pause, [weak = std::weak_ptr{context}] {
    auto kept = weak.lock();
    if (!kept) return;
    std::ignore = kept->issuer->workers().post([kept] { sweep(*kept); });
    sweep_later(kept);
  });
}

}  // namespace

Service::Service(events::Log& log, projections::StateStore& state, events::engine::Engine& engine,
                 ServiceOptions options, Cluster* cluster)
    : listener_(std::make_shared<Listener>()), context_(make_context(log, state, engine, cluster, std::move(options))) {
  listener_->context = context_.get();
}

Service::~Service() {
  {
    MutexLock lock(listener_->mutex);
    listener_->context = nullptr;
  }
  context_->stop();
  context_->server.store(nullptr);
  server_.reset();
}

events::engine::OnCommitted Service::commit_listener() const {
  return [listener = listener_](events::Partition partition,
                                const std::vector<events::engine::TenantPosition>& positions) {
    listener->committed(partition, positions);
  };
}

std::expected<void, std::string> Service::start() {
  const ServiceOptions& options = context_->options;
  bool may_listen_elsewhere = context_->authentication.asks() && !options.behind_proxy.empty();
  if (!is_loopback(options.address) && !may_listen_elsewhere) {
    return std::unexpected("the address " + options.address +
                           " is not a loopback one: the server listens on others with tokens and behind a proxy alone");
  }
  if (context_->issuer) {
    if (auto started = context_->issuer->start(); !started) return started;
    sweep_later(context_);
  }
  auto finished = context_->creation.finish_all();
  if (!finished) return std::unexpected(finished.error());
  finished_tenants_ = *finished;
  for (events::Partition partition : context_->log.partitions()) {
    if (context_->engine.serves(partition)) context_->process_managers.serve(partition);
  }
  try {
    http::ServerOptions server{.address = options.address,
                               .port = options.port,
                               .threads = options.threads,
                               .limits = limits_of(options),
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

std::expected<void, std::string> Service::partition_served(events::Partition partition) {
  context_->process_managers.serve(partition);
  if (context_->issuer && partition == events::engine::partition_of(Gate::platform())) {
    if (auto started = context_->issuer->start(); !started) return started;
  }
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
