#include "api/service/elsewhere.hpp"

#include "api/cluster/forwarder.hpp"
#include "api/cluster/freshness.hpp"

namespace tenantry::api {
namespace {

// The owner notes the same correlation id that this node answers with. It is asked under its own name, since it may not
// know those that clients have for this node; a tenant that the former name gave is then named by X-Tenant.
client::HttpRequest request_for(const Exchange& exchange, const PartitionOwner& owner) {
  http::ResponseHeaders added{{std::string{forwarded_by}, exchange.context->cluster->node()},
                              {"X-Correlation-Id", exchange.caller.origin.correlation_id}};
  if (auto origin = client::parse_url(owner.url)) {
    added.emplace_back("Host", origin->host + ':' + std::to_string(origin->port));
  }
  auto slug = exchange.context->gate.slug_in_host(exchange.request.host());
  if (slug && !exchange.request.header("X-Tenant")) added.emplace_back("X-Tenant", *slug);
  return forwarded_request(exchange.request, added);
}

Problem problem_of(const ForwardFailure& failure, const PartitionOwner& owner) {
  std::string detail = "the node " + owner.node + " at " + owner.url + ": " + failure.detail;
  switch (failure.kind) {
    case ForwardFailure::Kind::no_room:
      return api::problem_of(Fault::overloaded, "", failure.detail);
    case ForwardFailure::Kind::not_there:
      return api::problem_of(Fault::not_served, "", std::move(detail));
    case ForwardFailure::Kind::unknown:
      return api::problem_of(Fault::outcome_unknown, "", std::move(detail));
  }
  std::unreachable();
}

// A take-over after a kill takes the group's session and a little more.
constexpr std::chrono::seconds moving_max{9};
constexpr std::chrono::milliseconds pause_between_attempts{100};
constexpr int service_unavailable = 503;

struct Passage {
  Exchange exchange;
  events::Partition partition;
  ThenServe here;
  Background::Clock::time_point deadline;
};

void attempt(Passage passage);

// Nothing was done.
void attempt_later(Passage passage, const std::string& why) {
  if (is_forwarded(passage.exchange.request) || Background::Clock::now() > passage.deadline) {
    return answer(passage.exchange, api::problem_of(Fault::not_served, "", why));
  }
  Background& background = passage.exchange.context->background;
  background.post_at(Background::Clock::now() + pause_between_attempts,
                     [passage = std::move(passage)]() mutable { attempt(std::move(passage)); });
}

bool says_not_served(const http::Response& response) {
  return response.status == service_unavailable && response.body.find("/problems/not-served") != std::string::npos;
}

void attempt(Passage passage) {
  Context& context = *passage.exchange.context;
  if (context.engine.serves(passage.partition)) return passage.here(std::move(passage.exchange));
  auto owner = context.cluster->owner(passage.partition);
  if (is_forwarded(passage.exchange.request) || !owner || owner->node == context.cluster->node()) {
    std::string why = "partition " + passage.partition.name() + " is on its way to another node";
    return attempt_later(std::move(passage), why);
  }
  std::string url = owner->url;
  client::HttpRequest request = request_for(passage.exchange, *owner);
  context.forwarder->forward(
      std::move(url), std::move(request),
      [passage = std::move(passage), owner = std::move(*owner)](Forwarded answered) mutable {
        if (!answered && answered.error().kind == ForwardFailure::Kind::not_there) {
          std::string why = "the node " + owner.node + " at " + owner.url + ": " + answered.error().detail;
          return attempt_later(std::move(passage), why);
        }
        if (!answered) return answer(passage.exchange, problem_of(answered.error(), owner));
        if (says_not_served(*answered))
          return attempt_later(std::move(passage), "the node " + owner.node + " has let go of it");
        passage.exchange.reply.send(*answered);
      });
}

}  // namespace

bool is_forwarded(const http::Request& request) {
  return request.header(forwarded_by).has_value();
}

void pass_on(Exchange exchange, events::Partition partition, ThenServe here) {
  attempt({std::move(exchange), partition, std::move(here), Background::Clock::now() + moving_max});
}

void when_current(Exchange exchange, std::vector<events::Partition> partitions, ThenServe then) {
  Context& context = *exchange.context;
  std::erase_if(partitions, [&](events::Partition partition) { return context.engine.serves(partition); });
  if (partitions.empty()) return then(std::move(exchange));
  context.freshness->wait(std::move(partitions),
                          [exchange = std::move(exchange), then = std::move(then)](Freshness::Result current) mutable {
                            if (current) return then(std::move(exchange));
                            answer(exchange, problem_of(Fault::copy_not_current, "", std::move(current.error())));
                          });
}

}  // namespace tenantry::api
