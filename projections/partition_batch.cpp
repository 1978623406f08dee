#include "projections/partition_batch.hpp"

#include <algorithm>
#include <stdexcept>

#include "projections/answers.hpp"
#include "projections/projector.hpp"
#include "projections/stored_types.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::projections {

using events::engine::StateError;
using events::engine::TenantHead;

PartitionBatch::PartitionBatch(const storage::Database& database, Quarantines quarantines,
                               std::shared_ptr<PartitionBatch> pending)
    : database_(database), quarantines_(std::move(quarantines)), pending_(std::move(pending)) {
  // What the pending batch was itself built on is written by now.
  if (pending_) pending_->forget_pending();
}

void PartitionBatch::forget_pending() {
  for (auto& [tenant, changes] : tenants_) changes->forget_pending();
  pending_.reset();
}

TenantChanges& PartitionBatch::changes(TenantId tenant) {
  auto& changes = tenants_[tenant];
  if (!changes) {
    const TenantChanges* pending = nullptr;
    if (pending_) {
      auto found = pending_->tenants_.find(tenant);
      if (found != pending_->tenants_.end()) pending = found->second.get();
    }
    auto family = database_.family(storage::tenant_family_name(tenant));
    changes = std::make_unique<TenantChanges>(tenant, database_, std::move(family), pending);
  }
  if (in_group_ && std::ranges::find(grouped_, changes.get()) == grouped_.end()) {
    changes->begin_group();
    grouped_.push_back(changes.get());
  }
  return *changes;
}

std::expected<TenantHead, StateError> PartitionBatch::head(TenantId tenant) {
  const Head& known = changes(tenant).head();
  TenantHead head{.sequence = known.sequence, .last_time = known.last_time, .quarantine_reason = {}};
  if (auto quarantine = quarantines_.of(tenant)) head.quarantine_reason = quarantine->text();
  return head;
}

std::optional<events::engine::StoredAnswer> PartitionBatch::stored_answer(TenantId tenant,
                                                                          const events::engine::IdempotencyKey& key) {
  return find_answer(changes(tenant), key);
}

bool PartitionBatch::is_pending(TenantId tenant, const events::engine::PendingWork& work) {
  return changes(tenant).is_pending(work);
}

std::optional<events::engine::EntityVersion> PartitionBatch::version(TenantId tenant, const Subject& subject) {
  const auto* type = stored_type_named(subject.collection);
  if (type == nullptr) return std::nullopt;
  return changes(tenant).version(*type, subject.id);
}

std::optional<Refusal> PartitionBatch::refusal_to(TenantId tenant, const Principal& by, const Value& command) {
  return projections::refusal_to(changes(tenant), by, command);
}

Decision PartitionBatch::decide(TenantId tenant, const Value& command, Instant decided_at) {
  return decide_command(changes(tenant), command, decided_at);
}

void PartitionBatch::apply(TenantId tenant, const events::engine::EventToApply& event) {
  apply_event(changes(tenant), event, records_);
  ++records_;
  last_record_ = event.record.attributes.id;
}

events::engine::Failure PartitionBatch::failed(TenantId tenant, const std::exception& error) {
  using events::engine::Failure;
  if (dynamic_cast<const DamagedRows*>(&error) == nullptr) return {Failure::Kind::state_failed, error.what()};
  Quarantine damage = damage_of(tenant, error.what());
  Failure failure{Failure::Kind::quarantined, damage.text()};
  if (!quarantines_.of(tenant)) quarantines_.add(std::move(damage));
  return failure;
}

void PartitionBatch::apply_note(const events::AnswerNote& note) {
  if (!apply_note_once(note)) throw std::logic_error("a command was noted that was answered before");
}

bool PartitionBatch::apply_note_once(const events::AnswerNote& note) {
  if (!projections::apply_note(changes(note.tenant), note)) return false;
  ++records_;
  last_record_ = note.id;
  return true;
}

void PartitionBatch::begin_group() {
  in_group_ = true;
  records_before_group_ = records_;
  last_before_group_ = last_record_;
}

void PartitionBatch::undo_group() {
  for (TenantChanges* changes : grouped_) changes->undo_group();
  records_ = records_before_group_;
  last_record_ = last_before_group_;
  grouped_.clear();
  in_group_ = false;
}

void PartitionBatch::keep_group() {
  for (TenantChanges* changes : grouped_) changes->keep_group();
  grouped_.clear();
  in_group_ = false;
}

std::size_t PartitionBatch::approximate_rows() const {
  std::size_t rows = 0;
  for (const auto& [tenant, changes] : tenants_) rows += changes->approximate_rows();
  return rows;
}

std::vector<events::engine::TenantPosition> PartitionBatch::changed() const {
  std::vector<events::engine::TenantPosition> positions;
  for (const auto& [tenant, changes] : tenants_) {
    if (changes->changed()) positions.push_back({tenant, changes->head().sequence, changes->first_due()});
  }
  return positions;
}

}  // namespace tenantry::projections
