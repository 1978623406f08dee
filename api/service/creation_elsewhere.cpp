#include "api/service/creation_elsewhere.hpp"

#include "api/cluster/forwarder.hpp"
#include "domain/tenancy/entities.hpp"

namespace tenantry::api {
namespace {

using events::engine::Done;
using events::engine::Failure;
using events::engine::Origin;
using events::engine::Outcome;

constexpr int ok = 200;

client::HttpRequest request_of(const Cluster& cluster, const Issuer* issuer,
                               const directory::Registration& registration, const Origin& origin) {
  client::HttpRequest request{.method = "PUT",
                              .target = "/v1/tenants/" + registration.tenant.text() + "/creation",
                              .headers = {{std::string{forwarded_by}, cluster.node()}},
                              .body = {}};
  for (const auto& [name, value] : {std::pair{"X-Actor", &origin.auth_id},
                                    {"X-On-Behalf-Of", &origin.on_behalf_of},
                                    {"X-Correlation-Id", &origin.correlation_id},
                                    {"X-Causation-Id", &origin.causation_id},
                                    {"traceparent", &origin.traceparent}}) {
    if (!value->empty()) request.headers.emplace_back(name, *value);
  }
  auto token = issuer == nullptr ? std::nullopt : issuer->node_token();
  if (token) request.headers.emplace_back("Authorization", "Bearer " + *token);
  return request;
}

Outcome not_yet(const std::string& why) {
  return Failure{Failure::Kind::unknown, "the tenant is registered, but not yet created: " + why};
}

}  // namespace

void create_at_owner(Context& context, const directory::Registration& registration, Origin origin,
                     TenantCreation::Reply reply) {
  events::Partition partition = events::engine::partition_of(Gate::scope_of(registration));
  auto owner = context.cluster->owner(partition);
  if (!owner || owner->node == context.cluster->node()) {
    return reply(not_yet("partition " + partition.name() + " is on its way to another node"));
  }
  std::string subject = std::string{tenancy::Tenant::collection} + '/' + registration.tenant.text();
  context.forwarder->forward(owner->url, request_of(*context.cluster, context.issuer.get(), registration, origin),
                             [reply = std::move(reply), subject](Forwarded answered) mutable {
                               if (!answered) return reply(not_yet(answered.error().detail));
                               if (answered->status != ok) return reply(not_yet(answered->body));
                               reply(Done{.subject = subject, .first_sequence = 1, .last_sequence = 1});
                             });
}

}  // namespace tenantry::api
