#include "events/engine/batch.hpp"

#include <exception>

#include "domain/kernel/platform.hpp"
#include "events/engine/command_id.hpp"
#include "events/engine/precondition.hpp"
#include "events/identifiers.hpp"

namespace tenantry::events::engine {
namespace {

std::string source_of(TenantId tenant) {
  return tenant == platform_id ? "/platform" : "/tenants/" + tenant.text();
}

Attributes attributes_of(const Submission& submission, const std::string& command, Instant now) {
  const Origin& origin = submission.origin;
  Attributes attributes;
  attributes.tenant = submission.scope.tenant();
  attributes.source = source_of(attributes.tenant);
  attributes.time = now;
  attributes.command_id = command;
  attributes.correlation_id = origin.correlation_id;
  attributes.causation_id = origin.causation_id;
  attributes.traceparent = origin.traceparent;
  attributes.auth_type = origin.auth_type;
  attributes.auth_id = origin.auth_id;
  attributes.on_behalf_of = origin.on_behalf_of;
  return attributes;
}

bool is_done(const Outcome& outcome) {
  return std::holds_alternative<Done>(outcome);
}

}  // namespace

std::size_t Batch::decide(const std::shared_ptr<Work>& work, const FindRemembered& find_remembered) {
  std::size_t from = work->decided;
  if (work->submission.all_or_nothing) {
    decide_all_or_nothing(*work, find_remembered);
  } else {
    while (work->decided < work->outcomes.size() && !full()) {
      const CommandRequest& request = work->submission.commands[work->decided];
      work->outcomes[work->decided++] = decide_or_break(work->submission, request, find_remembered);
      ++commands_;
    }
  }
  slices_.push_back({work, from, work->decided});
  return work->decided - from;
}

void Batch::decide_all_or_nothing(Work& work, const FindRemembered& find_remembered) {
  std::size_t records_before = records_.size();
  state_->begin_group();
  std::size_t count = work.submission.commands.size();
  commands_ += count;
  work.decided = count;
  for (std::size_t index = 0; index < count; ++index) {
    work.outcomes[index] = decide_or_break(work.submission, work.submission.commands[index], find_remembered);
    if (is_done(work.outcomes[index])) continue;
    state_->undo_group();
    take_back(records_before);
    Outcome rolled_back = Failure{Failure::Kind::rolled_back, "another command of the group failed"};
    for (std::size_t other = 0; other < count; ++other) {
      if (other != index) work.outcomes[other] = rolled_back;
    }
    return;
  }
  state_->keep_group();
}

void Batch::fail(Failure::Kind kind, const std::string& detail) {
  for (const Slice& slice : slices_) {
    for (std::size_t index = slice.from; index < slice.to; ++index) slice.work->outcomes[index] = Failure{kind, detail};
  }
}

void Batch::take_back(std::size_t records_before) {
  for (std::size_t index = records_before; index < records_.size(); ++index) bytes_ -= records_[index].size();
  records_.resize(records_before);
}

Outcome Batch::decide_or_break(const Submission& submission, const CommandRequest& request,
                               const FindRemembered& find_remembered) {
  if (broken_) return *broken_;
  try {
    return decide_one(submission, request, find_remembered);
  } catch (const std::exception& error) {
    broken_ = Failure{Failure::Kind::not_written, std::string{"the tenant's state failed: "} + error.what()};
    return *broken_;
  }
}

Outcome Batch::decide_one(const Submission& submission, const CommandRequest& request,
                          const FindRemembered& find_remembered) {
  if (!request.idempotency) return decide_fresh(submission, request);
  TenantId tenant = submission.scope.tenant();
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
  auto decision = state_->decide(tenant, request.command);
  if (!decision) return decision.error();
  Done done{.subject = decision->subject.text(), .first_sequence = head->sequence, .last_sequence = head->sequence};
  if (decision->events.empty()) return done;
  done.first_sequence = head->sequence + 1;
  if (auto failure = apply_events(submission, request, *head, decision->events)) return *failure;
  done.last_sequence = head->sequence;
  done.event_count = static_cast<std::uint32_t>(decision->events.size());
  return done;
}

std::optional<Failure> Batch::apply_events(const Submission& submission, const CommandRequest& request,
                                           TenantHead& head, const std::vector<AnyEvent>& events) {
  Instant now = Instant::now();
  Attributes attributes = attributes_of(submission, command_id(request.idempotency, fresh_id(now)), now);
  attributes.owner_epoch = owner_epoch_;
  std::vector<std::string> encoded;
  for (const AnyEvent& event : events) {
    EncodedEvent encoding = encode_event(event);
    attributes.id = fresh_id(now);
    attributes.type = std::move(encoding.type);
    attributes.subject = event_subject(event).text();
    attributes.sequence = head.sequence + 1 + encoded.size();
    encode_record(Record{attributes, std::move(encoding.data)}, encoded.emplace_back());
    if (encoded.back().size() > options_->record_bytes_max) {
      return Failure{Failure::Kind::too_large, "an event of this command would be larger than " +
                                                   std::to_string(options_->record_bytes_max) + " bytes"};
    }
  }
  for (std::size_t index = 0; index < events.size(); ++index) {
    RecordView view = decode_record(encoded[index]).value();
    state_->apply(submission.scope.tenant(), {encoded[index], view, events[index]});
    bytes_ += encoded[index].size();
    records_.push_back(std::move(encoded[index]));
  }
  head.sequence += events.size();
  return std::nullopt;
}

}  // namespace tenantry::events::engine
