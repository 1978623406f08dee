#include "events/catalog/envelope.hpp"

#include <array>

namespace tenantry::events {
namespace {

// A string literal, so that the patterns below are put together when compiled.
#define TENANTRY_UUID "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
constexpr std::string_view uuid = R"("format":"uuid","pattern":"^)" TENANTRY_UUID R"($")";
constexpr std::string_view source = R"("pattern":"^(/platform|/tenants/)" TENANTRY_UUID R"()$")";
constexpr std::string_view subject = R"("pattern":"^[a-z-]+/)" TENANTRY_UUID R"($")";
#undef TENANTRY_UUID
constexpr std::string_view moment =
    R"("format":"date-time","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$")";
constexpr std::string_view text = R"("minLength":1)";

constexpr auto attributes = std::to_array<AttributeDescription>({
    {"specversion", true, "`1.0`", R"("const":"1.0")"},
    {"id", true, "UUIDv7 of the event", uuid},
    {"source", true, "`/tenants/{tenant id}`, or `/platform`", source},
    {"type", true, "the event's type and version", text},
    {"subject", true, "the entity that the event is about, as `students/{id}`", subject},
    {"time", true, "when it was decided, RFC 3339 in UTC with milliseconds", moment},
    {"datacontenttype", true, "`application/json`", R"("const":"application/json")"},
    {"tenantid", true, "UUID of the tenant; the platform's own is `00000000-0000-7000-8000-000000000001`", uuid},
    {"sequence", true, "place among the tenant's events, 20 digits, from 1", R"("pattern":"^[0-9]{20}$")"},
    {"commandid", false, "the command that made it; events of one command share it", text},
    {"ownerepoch", false, "which ownership of the partition wrote it, a number as text; absent on the embedded log",
     R"("pattern":"^[1-9][0-9]{0,19}$")"},
    {"correlationid", false, "what the caller said that this belongs to", text},
    {"causationid", false, "what the caller said that caused it", text},
    {"traceparent", false, "W3C trace context of the request", text},
    {"authtype", false, "what kind of principal asked", text},
    {"authid", false, "which principal asked", text},
    {"onbehalfof", false, "for whom, if for another", text},
    {"authclaims", false, "what the principal showed: session, client, scope; never a credential", text},
    {"commandpart", false, "of a command that made several events: which of how many this is, as `2/3`",
     R"("pattern":"^[1-9][0-9]{0,9}/[1-9][0-9]{0,9}$")"},
});

}  // namespace

std::span<const AttributeDescription> envelope() {
  return attributes;
}

}  // namespace tenantry::events
