#include "events/engine/precondition.hpp"

#include <algorithm>

namespace tenantry::events::engine {
namespace {

// HTTP's dates know no parts of a second, so neither does a comparison with one.
std::chrono::sys_seconds second_of(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(
      std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{instant.unix_ms}});
}

Failure failure(const EntityVersion& version, std::string field) {
  return {Failure::Kind::precondition_failed, "the entity is at version " + std::to_string(version.sequence),
          std::move(field)};
}

}  // namespace

std::optional<Failure> unmet(const Precondition& precondition, const EntityVersion& version) {
  const auto& [subject, is_one_of, unmodified_since, is_absent, is_none_of] = precondition;
  if (is_one_of && std::ranges::find(*is_one_of, version.sequence) == is_one_of->end()) {
    return failure(version, "If-Match");
  }
  if (unmodified_since && second_of(version.modified) > second_of(*unmodified_since)) {
    return failure(version, "If-Unmodified-Since");
  }
  if (is_absent || std::ranges::find(is_none_of, version.sequence) != is_none_of.end()) {
    return failure(version, "If-None-Match");
  }
  return std::nullopt;
}

}  // namespace tenantry::events::engine
