// What becomes of a request whose partition another node serves: a command is passed on to the owner, a read is
// answered here once this node's copy is as far as the log. So every node answers as the owner would.
//
// A request is passed on once: one that comes from another node and is not served here either is answered `not-served`.
// Only in a service with a cluster. Neither blocks; both answer the exchange in the end. Any thread.
#pragma once

#include <functional>
#include <vector>

#include "api/exchange.hpp"
#include "events/log.hpp"

namespace tenantry::api {

bool is_forwarded(const http::Request& request);

void pass_on(Exchange exchange, events::Partition partition);

using ThenServe = std::move_only_function<void(Exchange)>;
// Of these partitions those count that this node does not serve; without any, `then` is called at once.
void when_current(Exchange exchange, std::vector<events::Partition> partitions, ThenServe then);

}  // namespace tenantry::api
