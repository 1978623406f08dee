#include "projections/pending_rows.hpp"

#include <algorithm>

#include "domain/kernel/order_key.hpp"
#include "events/engine/command_id.hpp"
#include "projections/keys.hpp"

namespace tenantry::projections {
namespace {

constexpr char kind = 'p';
constexpr std::size_t about_bytes = 16;
constexpr std::size_t due_bytes = 8;
constexpr std::size_t name_at = 1 + due_bytes + about_bytes;

}  // namespace

std::string pending_key(const events::engine::PendingWork& work) {
  std::string key(1, kind);
  append_order_key(key, work.due);
  return key.append(work.about.view()).append(work.process);
}

std::string pending_prefix() {
  return {kind};
}

events::engine::PendingWork read_pending_key(std::string_view key) {
  if (key.size() <= name_at) throw DamagedRows("the key of something pending is cut short");
  events::engine::PendingWork work;
  read_order_key(key.substr(1, due_bytes), work.due);
  std::copy_n(key.begin() + 1 + due_bytes, about_bytes, work.about.bytes.begin());
  work.process = key.substr(name_at);
  if (!events::engine::is_process_name(work.process)) throw DamagedRows("something pending names no process manager");
  return work;
}

Uuid about_event(std::uint64_t sequence) {
  std::string bytes;
  append_number(bytes, 0);
  append_number(bytes, sequence);
  return id_at_end(bytes);
}

std::uint64_t sequence_about(const Uuid& about) {
  return number_at_end(about.view());
}

}  // namespace tenantry::projections
