#include "events/backend.hpp"

#include <algorithm>
#include <stdexcept>

#include "events/embedded/backend.hpp"
#include "events/kafka/backend.hpp"

namespace tenantry::events {

const std::vector<Backend>& backends() {
  static const std::vector<Backend> all{embedded::backend(), kafka::backend()};
  return all;
}

const Backend& backend_named(std::string_view name) {
  auto found = std::ranges::find(backends(), name, &Backend::name);
  if (found == backends().end()) throw std::invalid_argument("there is no log backend " + std::string{name});
  return *found;
}

EventTopics event_topics(const LogOptions& options) {
  const Backend& chosen = backend_named(options.backend);
  if (chosen.topics != nullptr) return chosen.topics(options);
  auto has_topics = [](const Backend& each) { return each.topics != nullptr; };
  return std::ranges::find_if(backends(), has_topics)->topics({});
}

}  // namespace tenantry::events
