// Cluster: what a service needs to know of the other nodes when several share one log. A service without one is alone.
//
// Which partitions this node serves is the engine's to say; who else does, the log's owner records say. An owner that
// is named here may have stopped since. Any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "events/shared_log.hpp"

namespace tenantry::api {

struct PartitionOwner {
  std::string node;
  std::string url;  // "http://127.0.0.1:8081": where the other nodes reach it
  std::uint64_t epoch = 0;
};

class Cluster {
 public:
  virtual ~Cluster() = default;

  virtual const std::string& node() const = 0;
  virtual std::optional<PartitionOwner> owner(events::Partition partition) const = 0;
  // Returns when all that the log's partition held at the call is in this node's copy of it. Blocks; the error is one
  // sentence for the server's log.
  virtual std::expected<void, std::string> catch_up(events::Partition partition) = 0;
  // Positions of the log known to be there that this node has not read.
  virtual std::uint64_t lag(events::Partition partition) const = 0;
  // Why this node can do nothing for its clients: the brokers are not heard, no partition can be read. Empty if it can.
  // Sentences for an operator, as those of a partition: why it is read no further here, or cannot be taken by this
  // node, which should.
  virtual std::string trouble() const = 0;
  virtual std::string trouble(events::Partition partition) const = 0;
  virtual events::Figures figures() const = 0;
};

}  // namespace tenantry::api
