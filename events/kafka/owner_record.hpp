// The owner record: by which a node says, in a partition itself, that it is the partition's writer from here on.
//
//   headers    tenantry-owner: 1        (and no others)
//   value      {"node":"a","address":"http://a:8080"}, with "copy":true after them where the partition is being filled
//              with a copy of another log
//   no key; the timestamp is that of writing
//
// Its offset is the owner's epoch. THE READER RULE: a record or note counts only if its ownerepoch is the epoch of the
// latest owner record before it; after one that says "copy", records of any epoch count (they are another log's, and
// their bytes must not change) until the next owner record. An epoch is never 0, the record's way of having none: the
// owner record at offset 0 of a new partition is followed by a second one, and until then nothing counts.
// Free functions on plain values; any thread. parse_owner() gives nothing for what owner_text() cannot have written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "events/kafka/message.hpp"
#include "events/shared_log.hpp"

namespace tenantry::events::kafka {

inline constexpr const char* owner_header = "tenantry-owner";

// The record's value; the epoch is not part of it.
std::string owner_text(const Owner& owner);
std::optional<Owner> parse_owner(std::string_view text, std::uint64_t epoch);

Message owner_message(const Owner& owner, Instant now = Instant::now());
bool is_owner_message(const MessageView& message);
bool counts(const Owner& latest, std::uint64_t record_epoch);

}  // namespace tenantry::events::kafka
