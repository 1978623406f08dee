#include "projections/log_chunks.hpp"

#include <algorithm>
#include <span>

#include "events/whole_commands.hpp"

namespace tenantry::projections {
namespace {

using events::Position;
using events::engine::StateError;

constexpr std::size_t chunk_bytes_max = 32u << 20;

struct Placed {
  Position position;
  std::size_t end;  // of the record in the chunk's bytes
};

DecodedRecord decode(Position position, std::string_view bytes, const std::optional<TenantId>& only) {
  if (events::is_answer_note(bytes)) {
    auto note = events::decode_answer_note(bytes);
    if (!note) return {position, bytes, std::nullopt, std::unexpected(note.error()), std::nullopt};
    return {position, bytes, *note, std::unexpected(events::DecodeError{}), std::nullopt};
  }
  DecodedRecord decoded{position, bytes, std::nullopt, events::decode_record(bytes), std::nullopt};
  if (!decoded.record || (only && *only != decoded.record->attributes.tenant)) return decoded;
  decoded.event = events::decode_event(decoded.record->attributes.type, decoded.record->data);
  return decoded;
}

// Whether the chunk may not end here.
bool is_within_a_command(std::string_view bytes) {
  if (events::is_answer_note(bytes)) return false;
  auto record = events::decode_record(bytes);
  return record && events::is_open(record->attributes);
}

const events::AttributesView* attributes_of(const DecodedRecord& decoded) {
  return !decoded.note && decoded.record ? &decoded.record->attributes : nullptr;
}

bool is_one_of_several(const DecodedRecord& decoded) {
  const events::AttributesView* attributes = attributes_of(decoded);
  return attributes != nullptr && attributes->command_part.count > 1;
}

void keep_whole_commands(Chunk& chunk) {
  if (std::ranges::none_of(chunk.records, is_one_of_several)) return;
  std::vector<const events::AttributesView*> attributes;
  attributes.reserve(chunk.records.size());
  for (const DecodedRecord& each : chunk.records) attributes.push_back(attributes_of(each));
  std::vector<DecodedRecord> kept;
  for (std::size_t at = 0; at < attributes.size();) {
    auto run = events::first_run(std::span{attributes}.subspan(at));
    auto first = chunk.records.begin() + static_cast<std::ptrdiff_t>(at);
    if (run.kind == events::Run::Kind::open) {
      chunk.next = first->position;
      break;
    }
    if (run.kind == events::Run::Kind::whole) {
      kept.insert(kept.end(), first, first + static_cast<std::ptrdiff_t>(run.records));
    }
    at += run.records;
  }
  chunk.records = std::move(kept);
}

}  // namespace

LogChunks::LogChunks(events::Log& log, events::Partition partition, const Span& span)
    : log_(log), partition_(partition), span_(span) {}

LogChunks::~LogChunks() = default;  // the future of a task waits for its thread

// Nothing may be left of what was read, and there be more behind it.
std::expected<Chunk, StateError> LogChunks::next() {
  for (;;) {
    Position from = span_.from;
    auto chunk = next_read();
    if (!chunk || !chunk->records.empty() || chunk->next == from) return chunk;
  }
}

std::expected<Chunk, StateError> LogChunks::next_read() {
  auto chunk = ahead_.valid() ? ahead_.get() : read(span_.from);
  if (!chunk) return chunk;
  span_.from = chunk->next;
  // A chunk that is not full was the last for now: nothing is gained by reading on at once.
  if (chunk->is_full) {
    ahead_ = std::async(std::launch::async, [this, from = span_.from] { return read(from); });
  }
  return chunk;
}

std::expected<Chunk, StateError> LogChunks::read(Position from) const {
  Chunk chunk;
  std::vector<Placed> placed;
  auto next = log_.read(partition_, from, [&](Position position, std::string_view bytes) {
    if (position >= span_.until) return false;
    chunk.bytes.insert(chunk.bytes.end(), bytes.begin(), bytes.end());
    placed.push_back({position, chunk.bytes.size()});
    bool has_room = placed.size() < span_.records_max && chunk.bytes.size() < chunk_bytes_max;
    return has_room || is_within_a_command(bytes);
  });
  if (!next) return std::unexpected(StateError{next.error().detail});
  chunk.next = placed.empty() ? std::min(*next, span_.until) : placed.back().position + 1;
  chunk.is_full = placed.size() >= span_.records_max;
  chunk.records.reserve(placed.size());
  std::size_t start = 0;
  for (const Placed& record : placed) {
    std::string_view bytes{chunk.bytes.data() + start, record.end - start};
    chunk.records.push_back(decode(record.position, bytes, span_.only));
    start = record.end;
  }
  keep_whole_commands(chunk);
  return chunk;
}

}  // namespace tenantry::projections
