// A group commit in the making: decides commands one after another and gathers their records.
//
// Used by one thread at a time: first the deciding, then the committing one. A submission larger than the room left is
// decided in slices over several batches, unless it is all-or-nothing. Outcomes are written into the submission's own
// list, each slice by its batch; nobody reads them before the batch is committed or failed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/engine/engine.hpp"
#include "events/engine/remembered_refusals.hpp"

namespace tenantry::events::engine {

// A submission under way. `decided` belongs to the deciding thread, `finished` to whoever holds the writer's lock.
struct Work {
  Submission submission;
  std::vector<Outcome> outcomes;  // one for each command
  std::size_t decided = 0;
  std::size_t finished = 0;
};

// The part of a submission that one batch decided: commands [from, to).
struct Slice {
  std::shared_ptr<Work> work;
  std::size_t from;
  std::size_t to;
};

using FindRemembered = std::function<std::optional<Outcome>(TenantId, const IdempotencyKey&)>;

class Batch {
 public:
  // Its records carry `owner_epoch`, and may only be appended while that is the log's.
  Batch(std::shared_ptr<StateBatch> state, const EngineOptions& options, std::uint64_t generation,
        std::uint64_t owner_epoch)
      : state_(std::move(state)), options_(&options), generation_(generation), owner_epoch_(owner_epoch) {}

  bool full() const { return commands_ >= options_->batch_commands_max || bytes_ >= options_->batch_bytes_max; }
  // Decides as much of the work as there is room for, at most `commands_max` commands of it if it may be sliced;
  // returns how many commands that was.
  std::size_t decide(const std::shared_ptr<Work>& work, std::size_t commands_max,
                     const FindRemembered& find_remembered);
  // Replaces every outcome of this batch.
  void fail(Failure::Kind kind, const std::string& detail);

  std::uint64_t generation() const { return generation_; }
  StateBatch& state() { return *state_; }
  const std::shared_ptr<StateBatch>& shared_state() const { return state_; }
  // Events and notes, in the order of their making.
  const std::vector<std::string>& records() const { return records_; }
  std::size_t event_count() const;
  const std::vector<Slice>& slices() const { return slices_; }

 private:
  Outcome decide_or_fail(const Submission& submission, const CommandRequest& request,
                         const FindRemembered& find_remembered);
  Outcome decide_one(const Submission& submission, const CommandRequest& request,
                     const FindRemembered& find_remembered);
  Outcome decide_fresh(const Submission& submission, const CommandRequest& request);
  std::optional<Failure> apply_events(const Submission& submission, const CommandRequest& request, TenantHead& head,
                                      Instant time, const std::vector<Value>& events);
  template <class Apply>
  void apply_whole(const Apply& apply);
  void apply_each(TenantId tenant, std::vector<std::string>& encoded, const std::vector<Value>& events);
  void keep_group();
  void undo_group(std::size_t records_before);
  void apply_note(const CommandRequest& request, AnswerNote note);
  void decide_all_or_nothing(Work& work, const FindRemembered& find_remembered);
  void take_back(std::size_t records_before);

  std::shared_ptr<StateBatch> state_;
  const EngineOptions* options_;
  std::uint64_t generation_;
  std::uint64_t owner_epoch_;
  std::vector<std::string> records_;
  std::vector<Slice> slices_;
  std::size_t commands_ = 0;
  std::size_t bytes_ = 0;
  bool is_grouped_ = false;  // what is applied now can be undone
};

}  // namespace tenantry::events::engine
