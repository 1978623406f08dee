// Events to and from the log.
#include <unordered_map>

#include "events/catalog/alternatives.hpp"
#include "events/catalog/catalog.hpp"
#include "events/catalog/declarations.hpp"
#include "events/catalog/event_versions.hpp"

namespace tenantry::events {
namespace {

using Decoded = std::expected<AnyEvent, DecodeError>;
using DecodeEvent = Decoded (*)(std::string_view data);

template <class Context, class Event, class Written>
Decoded decode_as(std::string_view data) {
  auto event = decode_written_as<Event, Written>(data);
  if (!event) return std::unexpected(std::move(event.error()));
  return AnyEvent{Context{std::move(*event)}};
}

const std::unordered_map<std::string_view, DecodeEvent>& decoders() {
  static const auto decoders = [] {
    std::unordered_map<std::string_view, DecodeEvent> decoders;
    for_each_alternative<AnyEvent>(
        [&]<class Context, class Event>(std::type_identity<Context>, std::type_identity<Event>) {
          for_each_version<Event>([&]<class Written>(std::type_identity<Written>) {
            decoders.emplace(event_type_of<Written>(), &decode_as<Context, Event, Written>);
          });
        });
    return decoders;
  }();
  return decoders;
}

}  // namespace

EncodedEvent encode_event(const AnyEvent& event) {
  return visit_nested(event, []<class Event>(const Event& each) {
    EncodedEvent encoded{event_type_of<Event>(), {}};
    encode(each, encoded.data);
    return encoded;
  });
}

Decoded decode_event(std::string_view type, std::string_view data) {
  auto decoder = decoders().find(type);
  if (decoder == decoders().end()) return std::unexpected(DecodeError{"type", "is not one that this program reads"});
  return decoder->second(data);
}

Subject event_subject(const AnyEvent& event) {
  return visit_nested(event, [](const auto& each) -> Subject { return subject(each); });
}

std::vector<Subject> event_mentions(const AnyEvent& event) {
  return visit_nested(event, [](const auto& each) {
    std::vector<Subject> subjects;
    for (const Subject& mentioned : mentions(each)) subjects.push_back(mentioned);
    return subjects;
  });
}

}  // namespace tenantry::events
