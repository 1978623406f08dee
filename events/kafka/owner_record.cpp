#include "events/kafka/owner_record.hpp"

#include "events/json/reader.hpp"
#include "events/json/writer.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr std::size_t owner_bytes_max = 4096;

}  // namespace

std::string owner_text(const Owner& owner) {
  std::string text;
  {
    json::ObjectWriter writer(text);
    json::append_text(writer.key("node"), owner.node);
    json::append_text(writer.key("address"), owner.address);
    if (owner.taking == Taking::copy) writer.key("copy") += "true";
  }
  return text;
}

std::optional<Owner> parse_owner(std::string_view text, std::uint64_t epoch) {
  if (text.size() > owner_bytes_max) return std::nullopt;
  auto value = json::scratch_document().parse(text);
  if (!value || value->kind() != json::Kind::object) return std::nullopt;
  Owner owner{.epoch = epoch};
  for (json::Value member : *value) {
    if (member.key() == "node") owner.node = member.text();
    if (member.key() == "address") owner.address = member.text();
    if (member.key() == "copy") owner.taking = Taking::copy;
  }
  if (owner_text(owner) != text) return std::nullopt;
  return owner;
}

Message owner_message(const Owner& owner, Instant now) {
  return {.key = {}, .value = owner_text(owner), .timestamp_ms = now.unix_ms, .headers = {{owner_header, "1"}}};
}

bool is_owner_message(const MessageView& message) {
  return message.headers.size() == 1 && message.headers[0].first == owner_header && message.headers[0].second == "1" &&
         message.key.empty();
}

bool counts(const Owner& latest, std::uint64_t record_epoch) {
  if (latest.epoch == 0) return false;
  return latest.taking == Taking::copy || record_epoch == latest.epoch;
}

}  // namespace tenantry::events::kafka
