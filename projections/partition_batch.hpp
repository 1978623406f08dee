// PartitionBatch: the changes of one group commit to all tenants of a partition, before they are written.
//
// Implements the engine's StateBatch (see there for who may call what). Keeps the batch before it alive while decisions
// read through it; forget_pending() lets go once that one is written.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "events/engine/state.hpp"
#include "projections/quarantine.hpp"
#include "projections/tenant_changes.hpp"

namespace tenantry::projections {

// The partition's tenants in quarantine: asks for one, and puts one there whose tables are found damaged. Any thread.
struct Quarantines {
  std::function<std::optional<Quarantine>(TenantId)> of;
  std::function<void(Quarantine)> add;
};

class PartitionBatch : public events::engine::StateBatch {
 public:
  PartitionBatch(const storage::Database& database, Quarantines quarantines, std::shared_ptr<PartitionBatch> pending);

  std::expected<events::engine::TenantHead, events::engine::StateError> head(TenantId tenant) override;
  std::optional<events::engine::StoredAnswer> stored_answer(TenantId tenant,
                                                            const events::engine::IdempotencyKey& key) override;
  bool is_pending(TenantId tenant, const events::engine::PendingWork& work) override;
  std::optional<events::engine::EntityVersion> version(TenantId tenant, const Subject& subject) override;
  std::optional<Refusal> refusal_to(TenantId tenant, const Principal& by, const Value& command) override;
  Decision decide(TenantId tenant, const Value& command, Instant decided_at) override;
  void apply(TenantId tenant, const events::engine::EventToApply& event) override;
  events::engine::Failure failed(TenantId tenant, const std::exception& error) override;
  void apply_note(const events::AnswerNote& note) override;
  // The same for a replay, which may meet a note again: false, and no record is counted, if it was applied before.
  bool apply_note_once(const events::AnswerNote& note);
  void begin_group() override;
  void undo_group() override;
  void keep_group() override;
  std::vector<events::engine::TenantPosition> changed() const override;

  void forget_pending();
  std::map<TenantId, std::unique_ptr<TenantChanges>>& tenants() { return tenants_; }
  TenantChanges& changes(TenantId tenant);
  std::size_t approximate_rows() const;
  // How many records, events and notes, were applied, and the id of the last of them.
  std::size_t record_count() const { return records_; }
  const Uuid& last_record() const { return last_record_; }

 private:
  const storage::Database& database_;
  Quarantines quarantines_;
  std::shared_ptr<PartitionBatch> pending_;
  std::map<TenantId, std::unique_ptr<TenantChanges>> tenants_;
  std::size_t records_ = 0;  // applied so far: the number of the batch's next record
  Uuid last_record_;
  bool in_group_ = false;
  std::size_t records_before_group_ = 0;
  Uuid last_before_group_;
  std::vector<TenantChanges*> grouped_;
};

}  // namespace tenantry::projections
