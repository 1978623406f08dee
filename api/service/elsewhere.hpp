// What becomes of a request whose partition another node serves: a command is passed on to the owner, a read is
// answered here once this node's copy is as far as the log. So every node answers as the owner would.
//
// A request is passed on by one node only: one that comes from another node and is not served here either is answered
// `not-served`, by which the first learns that the partition has moved. While it moves, the first node tries again, as
// long as nothing was done; a request that may have been done is never sent twice.
// Only in a service with a cluster. Neither blocks; both answer the exchange in the end. Any thread.
#pragma once

#include <functional>
#include <vector>

#include "api/exchange/exchange.hpp"
#include "events/log.hpp"

namespace tenantry::api {

bool is_forwarded(const http::Request& request);

using ThenServe = std::move_only_function<void(Exchange)>;
// `here` is called if the partition comes to this node meanwhile.
void pass_on(Exchange exchange, events::Partition partition, ThenServe here);
// Of these partitions those count that this node does not serve; without any, `then` is called at once.
void when_current(Exchange exchange, std::vector<events::Partition> partitions, ThenServe then);

}  // namespace tenantry::api
