#include "events/log.hpp"

namespace tenantry::events {

std::string Partition::name() const {
  return (stream == Stream::platform ? "platform-" : "events-") + std::to_string(number);
}

}  // namespace tenantry::events
