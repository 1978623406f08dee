// Conditional requests (RFC 9110 section 13): an entity's tag is its version and its tenant's mark, in quotes.
//
//   tag  = DQUOTE version "-" mark DQUOTE      "7-9f86d081884c7d65"
//   mark = first 8 bytes of SHA-256(id of the tenant), in lower-case hex
//
// The version is the sequence of the entity's last event. The mark keeps the tags of two tenants apart, whose versions
// count alike: a cache that took one's document for the other's is never told that it still holds. Only tags of exactly
// this form are ever equal to an entity's. Pure functions; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "api/request/headers.hpp"
#include "domain/kernel/date.hpp"
#include "events/engine/command.hpp"

namespace tenantry::api {

std::string entity_tag(TenantId tenant, std::uint64_t version);
// "-9f86d081884c7d65": how the tenant's tags end, before the quotation mark.
std::string tag_end(TenantId tenant);

// If-Match or If-None-Match: "*", or tags.
struct TagList {
  struct Tag {
    bool weak = false;
    std::string text;  // with its quotation marks
  };
  bool any = false;
  std::vector<Tag> tags;
};

struct Conditions {
  std::optional<TagList> match;
  std::optional<TagList> none_match;
  std::optional<std::chrono::sys_seconds> unmodified_since;
  std::optional<std::chrono::sys_seconds> modified_since;

  bool any() const { return match || none_match || unmodified_since || modified_since; }
};

// From the request's four headers. Malformed tags are refused by the header's name; dates that are none are as if they
// were not there (13.1.3, 13.1.4), and so is If-Modified-Since unless the method is GET or HEAD.
Checked<Conditions> read_conditions(const http::Request& request);
// The name of a condition on what is to be changed that the request has, if any; "" if none.
std::string_view condition_on_change(const Conditions& conditions);

// What a read of something that is there comes to (13.2.2). `tag` and `modified`: its validators, if it has them.
struct Verdict {
  enum class Kind { holds, not_modified, failed } kind = Kind::holds;
  std::string_view header = {};  // of a condition that failed
};
Verdict judge_read(const Conditions& conditions, std::optional<std::string_view> tag,
                   std::optional<std::chrono::sys_seconds> modified);

// The conditions on a change of an entity, for the engine to judge; nothing if there are none.
std::optional<events::engine::Precondition> precondition_of(const Conditions& conditions, TenantId tenant,
                                                            Subject subject);

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(Instant instant);

}  // namespace tenantry::api
