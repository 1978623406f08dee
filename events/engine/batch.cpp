#include "events/engine/batch.hpp"

#include <algorithm>
#include <exception>

#include "domain/kernel/platform.hpp"
#include "events/catalog/catalog.hpp"
#include "events/engine/command_id.hpp"
#include "events/engine/precondition.hpp"
#include "events/identifiers.hpp"

namespace tenantry::events::engine {
namespace {

std::string source_of(TenantId tenant) {
  return tenant == platform_id ? "/platform" : "/tenants/" + tenant.text();
}

std::string command_id_of(const CommandRequest& request, Instant time) {
  return request.pending_work ? command_id(*request.pending_work) : command_id(request.idempotency, fresh_id(time));
}

Attributes attributes_of(const Submission& submission, const CommandRequest& request, Instant time) {
  const Origin& origin = submission.origin;
  Attributes attributes;
  attributes.tenant = submission.scope.tenant();
  attributes.source = source_of(attributes.tenant);
  attributes.time = time;
  attributes.command_id = command_id_of(request, time);
  attributes.correlation_id = request.correlation_id.empty() ? origin.correlation_id : request.correlation_id;
  attributes.causation_id = request.causation_id.empty() ? origin.causation_id : request.causation_id;
  attributes.traceparent = origin.traceparent;
  attributes.auth_type = origin.auth_type;
  attributes.auth_id = origin.auth_id;
  attributes.on_behalf_of = origin.on_behalf_of;
  attributes.auth_claims = origin.auth_claims;
  return attributes;
}

bool is_done(const Outcome& outcome) {
  return std::holds_alternative<Done>(outcome);
}

}  // namespace

std::size_t Batch::decide(const std::shared_ptr<Work>& work, std::size_t commands_max,
                          const FindRemembered& find_remembered) {
  std::size_t from = work->decided;
  std::size_t until = std::min(work->outcomes.size(), from + commands_max);
  if (work->submission.all_or_nothing) {
    decide_all_or_nothing(*work, find_remembered);
  } else {
    while (work->decided < until && !full()) {
      const CommandRequest& request = work->submission.commands[work->decided];
      work->outcomes[work->decided++] = decide_or_fail(work->submission, request, find_remembered);
      ++commands_;
    }
  }
  slices_.push_back({work, from, work->decided});
  return work->decided - from;
}

void Batch::decide_all_or_nothing(Work& work, const FindRemembered& find_remembered) {
  std::size_t records_before = records_.size();
  state_->begin_group();
  is_grouped_ = true;
  std::size_t count = work.submission.commands.size();
  commands_ += count;
  work.decided = count;
  for (std::size_t index = 0; index < count; ++index) {
    work.outcomes[index] = decide_or_fail(work.submission, work.submission.commands[index], find_remembered);
    if (is_done(work.outcomes[index])) continue;
    undo_group(records_before);
    Outcome rolled_back = Failure{Failure::Kind::rolled_back, "another command of the group failed"};
    for (std::size_t other = 0; other < count; ++other) {
      if (other != index) work.outcomes[other] = rolled_back;
    }
    return;
  }
  keep_group();
}

void Batch::keep_group() {
  state_->keep_group();
  is_grouped_ = false;
}

void Batch::undo_group(std::size_t records_before) {
  state_->undo_group();
  is_grouped_ = false;
  take_back(records_before);
}

void Batch::fail(Failure::Kind kind, const std::string& detail) {
  for (const Slice& slice : slices_) {
    for (std::size_t index = slice.from; index < slice.to; ++index) slice.work->outcomes[index] = Failure{kind, detail};
  }
}

std::size_t Batch::event_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(records_, [](const std::string& record) { return !is_answer_note(record); }));
}

void Batch::take_back(std::size_t records_before) {
  for (std::size_t index = records_before; index < records_.size(); ++index) bytes_ -= records_[index].size();
  records_.resize(records_before);
}

// What fails inside concerns this command and its tenant alone: nothing of it stays, and the batch goes on.
Outcome Batch::decide_or_fail(const Submission& submission, const CommandRequest& request,
                              const FindRemembered& find_remembered) {
  try {
    return decide_one(submission, request, find_remembered);
  } catch (const std::exception& error) {
    return state_->failed(submission.scope.tenant(), error);
  }
}

Outcome Batch::decide_one(const Submission& submission, const CommandRequest& request,
                          const FindRemembered& find_remembered) {
  TenantId tenant = submission.scope.tenant();
  if (request.pending_work && !state_->is_pending(tenant, *request.pending_work)) return Done{.replayed = true};
  if (auto refusal = state_->refusal_to(tenant, submission.origin.principal, request.command)) return *refusal;
  if (!request.idempotency) return decide_fresh(submission, request);
  if (auto stored = state_->stored_answer(tenant, *request.idempotency)) {
    if (stored->payload != request.idempotency->payload) {
      return Failure{Failure::Kind::key_reused, "the key came before with another request"};
    }
    stored->done.replayed = true;
    return stored->done;
  }
  if (auto outcome = find_remembered(tenant, *request.idempotency)) return *outcome;
  return decide_fresh(submission, request);
}

Outcome Batch::decide_fresh(const Submission& submission, const CommandRequest& request) {
  TenantId tenant = submission.scope.tenant();
  auto head = state_->head(tenant);
  if (!head) return Failure{Failure::Kind::not_written, head.error().detail};
  if (!head->quarantine_reason.empty()) return Failure{Failure::Kind::quarantined, head->quarantine_reason};
  if (request.precondition) {
    auto version = state_->version(tenant, request.precondition->subject);
    if (auto failure = version ? unmet(*request.precondition, *version) : std::nullopt) return *failure;
  }
  Instant time = std::max(head->last_time, options_->clock->now());
  auto decision = state_->decide(tenant, request.command, time);
  AnswerNote note{.tenant = tenant, .time = time, .position = head->sequence};
  if (!decision) {
    note.refusal = decision.error().type->word;
    if (request.pending_work && judges(decision.error())) apply_note(request, note);
    return decision.error();
  }
  Done done{.subject = decision->subject.text(), .first_sequence = head->sequence, .last_sequence = head->sequence};
  if (decision->events.empty()) {
    note.subject = done.subject;
    if (request.idempotency || request.pending_work) apply_note(request, note);
    return done;
  }
  done.first_sequence = head->sequence + 1;
  if (auto failure = apply_events(submission, request, *head, time, decision->events)) return *failure;
  done.subject = event_subject(decision->events.front()).text();  // as the stored answer will say (answers.hpp)
  done.last_sequence = head->sequence;
  done.event_count = static_cast<std::uint32_t>(decision->events.size());
  return done;
}

// All that `apply` changes or, if it throws, nothing.
template <class Apply>
void Batch::apply_whole(const Apply& apply) {
  if (is_grouped_) return apply();  // the group is undone as a whole
  std::size_t records_before = records_.size();
  state_->begin_group();
  is_grouped_ = true;
  try {
    apply();
  } catch (...) {
    undo_group(records_before);
    throw;
  }
  keep_group();
}

std::optional<Failure> Batch::apply_events(const Submission& submission, const CommandRequest& request,
                                           TenantHead& head, Instant time, const std::vector<Value>& events) {
  Attributes attributes = attributes_of(submission, request, time);
  attributes.owner_epoch = owner_epoch_;
  if (events.size() > options_->command_events_max) {
    return Failure{Failure::Kind::too_large,
                   "this command would make more than " + std::to_string(options_->command_events_max) + " events"};
  }
  attributes.command_part.count = static_cast<std::uint32_t>(events.size());
  std::vector<std::string> encoded;
  for (const Value& event : events) {
    EncodedEvent encoding = encode_event(event);
    attributes.id = fresh_id(time);
    attributes.type = std::move(encoding.type);
    attributes.subject = event_subject(event).text();
    attributes.sequence = head.sequence + 1 + encoded.size();
    attributes.command_part.place = static_cast<std::uint32_t>(1 + encoded.size());
    encode_record(Record{attributes, std::move(encoding.data)}, encoded.emplace_back());
    if (encoded.back().size() > options_->record_bytes_max) {
      return Failure{Failure::Kind::too_large, "an event of this command would be larger than " +
                                                   std::to_string(options_->record_bytes_max) + " bytes"};
    }
  }
  apply_whole([&] { apply_each(submission.scope.tenant(), encoded, events); });
  head.sequence += events.size();
  return std::nullopt;
}

void Batch::apply_each(TenantId tenant, std::vector<std::string>& encoded, const std::vector<Value>& events) {
  for (std::size_t index = 0; index < events.size(); ++index) {
    RecordView view = decode_record(encoded[index]).value();
    state_->apply(tenant, {encoded[index], view, events[index]});
    bytes_ += encoded[index].size();
    records_.push_back(std::move(encoded[index]));
  }
}

// The note lacks its id, its owner and its command.
void Batch::apply_note(const CommandRequest& request, AnswerNote note) {
  std::string command = command_id_of(request, note.time);
  note.id = fresh_id(note.time);
  note.owner_epoch = owner_epoch_;
  note.command_id = command;
  std::string bytes;
  encode_answer_note(note, bytes);
  apply_whole([&] { state_->apply_note(note); });
  bytes_ += bytes.size();
  records_.push_back(std::move(bytes));
}

}  // namespace tenantry::events::engine
