#include "projections/answers.hpp"

#include <algorithm>

#include "events/engine/command_id.hpp"

namespace tenantry::projections {
namespace {

using events::engine::StoredAnswer;

constexpr std::size_t fixed_bytes = 40;

struct Answer {
  StoredAnswer stored;
  Instant time;
};

std::string_view view(const auto& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string write_answer(const Answer& answer) {
  std::string row{view(answer.stored.payload)};
  append_number(row, static_cast<std::uint64_t>(answer.time.unix_ms));
  append_number(row, answer.stored.done.first_sequence);
  append_number(row, answer.stored.done.last_sequence);
  append_number(row, answer.stored.done.event_count);
  return row.append(answer.stored.done.subject);
}

Answer read_answer(std::string_view row) {
  if (row.size() < fixed_bytes) throw DamagedRows("a stored answer is cut short");
  Answer answer;
  std::copy_n(row.begin(), answer.stored.payload.size(), answer.stored.payload.begin());
  answer.time.unix_ms = static_cast<std::int64_t>(read_number(row.substr(8)));
  answer.stored.done.first_sequence = read_number(row.substr(16));
  answer.stored.done.last_sequence = read_number(row.substr(24));
  answer.stored.done.event_count = static_cast<std::uint32_t>(read_number(row.substr(32)));
  answer.stored.done.subject = row.substr(fixed_bytes);
  return answer;
}

void forget_oldest(TenantChanges& changes, Head& head, Instant now) {
  constexpr int forgotten_at_once_max = 2;
  for (int count = 0; count < forgotten_at_once_max && head.answers_first < head.answers_next; ++count) {
    auto key_hash = changes.row(answer_order_key(head.answers_first));
    if (!key_hash) throw DamagedRows("the order of the stored answers has a gap");
    auto row = changes.row(answer_key(*key_hash));
    if (row && now.unix_ms - read_answer(*row).time.unix_ms <= answers_kept_ms) return;
    changes.put_row(answer_key(*key_hash), std::nullopt);
    changes.put_row(answer_order_key(head.answers_first), std::nullopt);
    ++head.answers_first;
  }
}

void add_answer(TenantChanges& changes, Head& head, std::string_view key_hash, const Answer& answer) {
  changes.put_row(answer_key(key_hash), write_answer(answer));
  changes.put_row(answer_order_key(head.answers_next++), std::string{key_hash});
  forget_oldest(changes, head, answer.time);
}

}  // namespace

void remember_answer(TenantChanges& changes, Head& head, std::string_view command_id, std::string_view subject) {
  auto key = events::engine::key_in_command_id(command_id);
  if (!key) return;
  std::uint64_t sequence = changes.event_sequence();
  std::string row_key = answer_key(view(key->key));
  if (auto row = changes.row(row_key)) {
    Answer answer = read_answer(*row);
    answer.stored.done.last_sequence = sequence;
    ++answer.stored.done.event_count;
    changes.put_row(row_key, write_answer(answer));
    return;
  }
  Answer answer{.stored = {.payload = key->payload,
                           .done = {.subject = std::string{subject},
                                    .first_sequence = sequence,
                                    .last_sequence = sequence,
                                    .event_count = 1}},
                .time = changes.event_time()};
  add_answer(changes, head, view(key->key), answer);
}

bool remember_note(TenantChanges& changes, Head& head, const events::AnswerNote& note) {
  auto key = events::engine::key_in_command_id(note.command_id).value();
  if (changes.row(answer_key(view(key.key)))) return false;
  Answer answer{.stored = {.payload = key.payload,
                           .done = {.subject = std::string{note.subject},
                                    .first_sequence = note.position,
                                    .last_sequence = note.position}},
                .time = note.time};
  add_answer(changes, head, view(key.key), answer);
  return true;
}

std::optional<StoredAnswer> find_answer(TenantChanges& changes, const events::engine::IdempotencyKey& key) {
  auto row = changes.row(answer_key(view(key.key)));
  if (!row) return std::nullopt;
  return read_answer(*row).stored;
}

}  // namespace tenantry::projections
