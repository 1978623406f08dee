#include "api/cluster/elsewhere.hpp"

#include "api/cluster/forwarder.hpp"
#include "api/cluster/freshness.hpp"

namespace tenantry::api {
namespace {

// The owner notes the same correlation id that this node answers with.
client::HttpRequest request_for(const Exchange& exchange) {
  http::ResponseHeaders added{{std::string{forwarded_by}, exchange.context->cluster->node()},
                              {"X-Correlation-Id", exchange.caller.origin.correlation_id}};
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

}  // namespace

bool is_forwarded(const http::Request& request) {
  return request.header(forwarded_by).has_value();
}

void pass_on(Exchange exchange, events::Partition partition) {
  Context& context = *exchange.context;
  auto owner = context.cluster->owner(partition);
  bool is_here = owner && owner->node == context.cluster->node();
  if (is_forwarded(exchange.request) || !owner || is_here) {
    return answer(exchange, problem_of(Fault::not_served, "",
                                       "partition " + partition.name() + " is on its way to another node; try again"));
  }
  std::string url = owner->url;
  client::HttpRequest request = request_for(exchange);
  context.forwarder->forward(std::move(url), std::move(request),
                             [exchange = std::move(exchange), owner = std::move(*owner)](Forwarded answered) mutable {
                               if (!answered) return answer(exchange, problem_of(answered.error(), owner));
                               exchange.reply.send(*answered);
                             });
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
