#include "api/live/event_filter.hpp"

namespace tenantry::api {
namespace {

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return true;
  if (pattern.back() == '*') return text.starts_with(pattern.substr(0, pattern.size() - 1));
  return text == pattern;
}

Checked<void> read_into(const http::Request& request, std::string_view name, std::string& into) {
  auto value = single_parameter(request, name);
  if (!value) return std::unexpected(std::move(value.error()));
  if (*value && (*value)->empty()) return bad_parameter(name, "must not be empty");
  if (*value) into = **value;
  return {};
}

Checked<void> read_into(const http::Request& request, std::string_view name, std::optional<Instant>& into) {
  auto value = single_parameter(request, name);
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) return {};
  into = Instant::parse(**value);
  if (!into) return bad_parameter(name, "must be a time of RFC 3339, like 2026-01-31T08:30:00.000Z");
  return {};
}

}  // namespace

bool EventFilter::shows(const events::AttributesView& event) const {
  return fits(type, event.type) && fits(subject, event.subject) && (actor.empty() || actor == event.auth_id) &&
         (!from || event.time >= *from) && (!to || event.time < *to);
}

Checked<EventFilter> read_event_filter(const http::Request& request) {
  EventFilter filter;
  auto read = read_into(request, "type", filter.type);
  if (read) read = read_into(request, "subject", filter.subject);
  if (read) read = read_into(request, "actor", filter.actor);
  if (read) read = read_into(request, "from", filter.from);
  if (read) read = read_into(request, "to", filter.to);
  if (!read) return std::unexpected(std::move(read.error()));
  return filter;
}

}  // namespace tenantry::api
