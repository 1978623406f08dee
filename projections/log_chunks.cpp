#include "projections/log_chunks.hpp"

#include <algorithm>

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

}  // namespace

LogChunks::LogChunks(events::Log& log, events::Partition partition, const Span& span)
    : log_(log), partition_(partition), span_(span) {}

LogChunks::~LogChunks() = default;  // the future of a task waits for its thread

std::expected<Chunk, StateError> LogChunks::next() {
  auto chunk = ahead_.valid() ? ahead_.get() : read(span_.from);
  if (!chunk) return chunk;
  span_.from = chunk->next;
  // A chunk that is not full was the last for now: nothing is gained by reading on at once.
  if (chunk->records.size() >= span_.records_max) {
    ahead_ = std::async(std::launch::async, [this, from = span_.from] { return read(from); });
  }
  return chunk;
}

std::expected<Chunk, StateError> LogChunks::read(Position from) const {
  Chunk chunk;
  std::vector<Placed> placed;
  events::WholeCommands whole([&](Position position, std::string_view bytes) {
    chunk.bytes.insert(chunk.bytes.end(), bytes.begin(), bytes.end());
    placed.push_back({position, chunk.bytes.size()});
    return true;
  });
  auto next = log_.read(partition_, from, [&](Position position, std::string_view bytes) {
    if (position >= span_.until) return false;
    whole.take(position, bytes);
    return placed.size() < span_.records_max && chunk.bytes.size() < chunk_bytes_max;
  });
  if (!next) return std::unexpected(StateError{next.error().detail});
  chunk.next = placed.empty() ? std::min(*next, span_.until) : placed.back().position + 1;
  if (auto open = whole.open_from()) chunk.next = *open;
  chunk.records.reserve(placed.size());
  std::size_t start = 0;
  for (const Placed& record : placed) {
    std::string_view bytes{chunk.bytes.data() + start, record.end - start};
    chunk.records.push_back(decode(record.position, bytes, span_.only));
    start = record.end;
  }
  return chunk;
}

}  // namespace tenantry::projections
