#include "events/engine/partition_writer.hpp"

#include <algorithm>

namespace tenantry::events::engine {
namespace {

// Of the queue: what one tenant may have waiting, and what is kept for those that have no more than a turn.
constexpr std::size_t tenants_share = 2;
constexpr std::size_t kept_share = 6;

std::optional<KeyInFlight> key_of(const Submission& submission, const CommandRequest& request) {
  if (!request.idempotency) return std::nullopt;
  return KeyInFlight{submission.scope.tenant(), request.idempotency->key};
}

Failure failure_of(const LogError& error) {
  bool is_definite = error.kind == LogError::Kind::rejected || error.kind == LogError::Kind::unavailable;
  return {is_definite ? Failure::Kind::not_written : Failure::Kind::unknown, error.detail};
}

}  // namespace

PartitionWriter::PartitionWriter(Partition partition, Log& log, State& state, const EngineOptions& options,
                                 EngineCounters& counters, const OnCommitted& on_committed)
    : partition_(partition),
      log_(log),
      state_(state),
      options_(options),
      counters_(counters),
      on_committed_(on_committed),
      queue_(options.turn_commands_max),
      remembered_(options.remembered_refusals_of_tenant_max, options.remembered_refusals_max) {
  for (std::thread& thread : threads_) thread = std::thread([this] { run(); });
}

PartitionWriter::~PartitionWriter() {
  stop();
}

void PartitionWriter::stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  idle_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::expected<void, StateError> PartitionWriter::serve() {
  MutexLock lock(mutex_);
  while (deciding_ || committing_) mutex_.wait(still_);
  if (serving_) return {};
  deciding_ = true;
  recover();
  deciding_ = false;
  serving_ = !needs_recovery_;
  idle_.notify_one();
  if (serving_) return {};
  return std::unexpected(StateError{"partition " + partition_.name() + ": " + why_not_caught_up_});
}

void PartitionWriter::stop_serving() {
  MutexLock lock(mutex_);
  serving_ = false;
  filling_.notify_all();
}

void PartitionWriter::wait_until_released() {
  std::vector<std::shared_ptr<Work>> complete;
  {
    MutexLock lock(mutex_);
    while (deciding_ || committing_) mutex_.wait(still_);
    counters_.queued -= static_cast<std::int64_t>(queue_.commands());
    for (const auto& work : queue_.take_all()) {
      Slice undecided{work, work->decided, work->outcomes.size()};
      for (std::size_t index = undecided.from; index < undecided.to; ++index) work->outcomes[index] = not_served();
      if (settle(undecided, false)) complete.push_back(work);
    }
    pending_ = nullptr;
  }
  answer(complete);
}

void PartitionWriter::follow() {
  MutexLock lock(mutex_);
  if (serving_) return;
  recovery_is_due_ = true;
  idle_.notify_one();
}

bool PartitionWriter::serves() const {
  MutexLock lock(mutex_);
  return serving_;
}

std::string PartitionWriter::trouble() {
  MutexLock lock(mutex_);
  if (!needs_recovery_ || why_not_caught_up_.empty()) return {};  // an append failed just now: it is being looked at
  recovery_is_due_ = true;
  idle_.notify_one();
  return why_not_caught_up_;
}

Failure PartitionWriter::not_served() const {
  return {Failure::Kind::not_served, "this node does not serve partition " + partition_.name()};
}

void PartitionWriter::submit(Submission submission) {
  std::optional<Failure> failure;
  {
    MutexLock lock(mutex_);
    failure = refusal_to_queue(submission);
    if (!failure) return enqueue(std::move(submission));
  }
  if (failure->kind == Failure::Kind::overloaded) ++counters_.overloaded;
  submission.reply(std::vector<Outcome>(submission.commands.size(), *failure));
}

std::optional<Failure> PartitionWriter::refusal_to_queue(const Submission& submission) const {
  std::size_t count = submission.commands.size();
  std::size_t count_max = submission.all_or_nothing ? options_.atomic_commands_max : options_.submission_commands_max;
  if (count > count_max) {
    return Failure{Failure::Kind::too_large, "a submission holds at most " + std::to_string(count_max) + " commands"};
  }
  if (stopping_) return Failure{Failure::Kind::overloaded, "the server is stopping"};
  if (!serving_) return not_served();
  if (auto failure = lack_of_room(submission.scope.tenant(), count)) return failure;
  for (const CommandRequest& request : submission.commands) {
    auto key = key_of(submission, request);
    if (key && keys_in_flight_.contains(*key)) {
      return Failure{Failure::Kind::key_in_flight, "the first request with this idempotency key is not answered yet"};
    }
  }
  return std::nullopt;
}

std::optional<Failure> PartitionWriter::lack_of_room(TenantId tenant, std::size_t count) const {
  std::size_t all_max = options_.queue_commands_max;
  std::size_t share = all_max / tenants_share;
  std::size_t of_tenant = queue_.commands_of(tenant);
  std::size_t kept = of_tenant + count > options_.turn_commands_max ? all_max / kept_share : 0;
  bool is_share_used = of_tenant + count > share;
  if (!is_share_used && queue_.commands() + count + kept <= all_max) return std::nullopt;
  return Failure{Failure::Kind::overloaded,
                 std::string{is_share_used ? "" : "other tenants fill the queue: "} + "of the " +
                     std::to_string(share) + " commands that one tenant may have in the queue of partition " +
                     partition_.name() + ", " + std::to_string(of_tenant) + " of this tenant wait already"};
}

void PartitionWriter::enqueue(Submission submission) {
  std::size_t count = submission.commands.size();
  for (const CommandRequest& request : submission.commands) {
    if (auto key = key_of(submission, request)) keys_in_flight_.insert(*key);
  }
  counters_.queued += static_cast<std::int64_t>(count);
  queue_.push(std::make_shared<Work>(std::move(submission), std::vector<Outcome>(count)));
  // Who decides looks at the queue again before it waits; otherwise one idle thread is enough.
  (deciding_ ? filling_ : idle_).notify_one();
}

void PartitionWriter::run() {
  MutexLock lock(mutex_);
  for (;;) {
    while (deciding_ || (!has_work() && !recovery_is_due_ && !stopping_)) mutex_.wait(idle_);
    if (!has_work() && !recovery_is_due_) return;
    deciding_ = true;
    if (needs_recovery_ || recovery_is_due_) recover();
    if (!has_work()) {
      deciding_ = false;
      idle_.notify_one();
      still_.notify_all();
      continue;
    }
    Batch batch(state_.begin(partition_, pending_), options_, generation_, log_.owner_epoch(partition_));
    fill(batch);
    pending_ = batch.shared_state();
    committing_ = true;
    deciding_ = false;
    if (has_work() || recovery_is_due_ || stopping_) idle_.notify_one();
    commit(batch);
    still_.notify_all();
  }
}

void PartitionWriter::recover() {
  while (committing_) mutex_.wait(filling_);
  recovery_is_due_ = false;
  bool after_failure = serving_ && needs_recovery_;
  std::expected<std::vector<TenantPosition>, StateError> caught_up;
  {
    MutexUnlock released(mutex_);
    caught_up = catch_up(after_failure);
    if (caught_up && !caught_up->empty()) on_committed_(partition_, *caught_up);
  }
  needs_recovery_ = !caught_up;
  why_not_caught_up_ = caught_up ? std::string{} : caught_up.error().detail;
  if (caught_up) return;
  ++counters_.catch_up_failures;
}

std::expected<std::vector<TenantPosition>, StateError> PartitionWriter::catch_up(bool after_failure) {
  if (after_failure) {
    auto resolved = log_.resolve(partition_);
    if (!resolved) return std::unexpected(StateError{resolved.error().detail});
  }
  return state_.catch_up(partition_);
}

// Decides what is queued until the commit before is finished, or this batch is full and waits for that.
void PartitionWriter::fill(Batch& batch) {
  FindRemembered find_remembered = [this](TenantId tenant, const IdempotencyKey& key) {
    MutexLock guard(mutex_);
    return remembered_.find(tenant, key);
  };
  for (;;) {
    while (has_work() && !batch.full()) {
      std::shared_ptr<Work> work = queue_.front();
      std::size_t room = queue_.room_in_turn();
      std::size_t decided = 0;
      {
        MutexUnlock released(mutex_);
        decided = batch.decide(work, room, find_remembered);
      }
      queue_.decided(decided);
      counters_.queued -= static_cast<std::int64_t>(decided);
    }
    if (!committing_) return;
    bool full = batch.full();
    while (committing_ && (full || !has_work())) mutex_.wait(filling_);
  }
}

void PartitionWriter::commit(Batch& batch) {
  std::optional<Failure> failure;
  if (batch.generation() != generation_) failure = {Failure::Kind::not_written, "the write before this one failed"};
  if (needs_recovery_) failure = {Failure::Kind::not_written, "the log cannot be written at the moment"};
  bool dropped = failure.has_value();
  {
    MutexUnlock released(mutex_);
    if (!dropped) failure = write(batch);
    if (failure) {
      batch.fail(failure->kind, failure->detail);
    } else {
      ++counters_.batches;
      counters_.events += batch.event_count();
      on_committed_(partition_, batch.state().changed());
    }
  }
  if (failure && !dropped) {
    ++counters_.append_failures;
    ++generation_;
    needs_recovery_ = true;
    recovery_is_due_ = true;
  }
  if (failure) pending_ = nullptr;
  finish(batch, failure.has_value());
}

std::optional<Failure> PartitionWriter::write(Batch& batch) {
  if (batch.records().empty()) return std::nullopt;
  auto appended = log_.append(partition_, batch.records());
  if (!appended) return failure_of(appended.error());
  auto committed = state_.commit(partition_, batch.state(), *appended);
  if (!committed) return Failure{Failure::Kind::unknown, committed.error().detail};
  return std::nullopt;
}

// Answers the submissions that are complete, after the next batch may already go on.
void PartitionWriter::finish(Batch& batch, bool failed) {
  std::vector<std::shared_ptr<Work>> complete;
  for (const Slice& slice : batch.slices()) {
    if (settle(slice, !failed)) complete.push_back(slice.work);
  }
  committing_ = false;
  filling_.notify_one();
  MutexUnlock released(mutex_);
  answer(complete);
}

// The slice's outcomes stand. True if they were the submission's last. Under the lock.
bool PartitionWriter::settle(const Slice& slice, bool remember) {
  Work& work = *slice.work;
  for (std::size_t index = slice.from; index < slice.to; ++index) {
    auto key = key_of(work.submission, work.submission.commands[index]);
    if (!key) continue;
    keys_in_flight_.erase(*key);
    if (remember) remember_refusal(work.submission, work.submission.commands[index], work.outcomes[index]);
  }
  work.finished += slice.to - slice.from;
  return work.finished == work.outcomes.size();
}

// What an all-or-nothing submission was refused was judged against its other commands, which are taken back.
void PartitionWriter::remember_refusal(const Submission& submission, const CommandRequest& request,
                                       const Outcome& outcome) {
  const auto* refusal = std::get_if<Refusal>(&outcome);
  if (refusal == nullptr || submission.all_or_nothing || !judges(*refusal)) return;
  std::size_t before = remembered_.size();
  std::size_t forgotten = remembered_.remember(submission.scope.tenant(), *request.idempotency, *refusal);
  counters_.refusals_forgotten += forgotten;
  counters_.refusals_remembered += static_cast<std::int64_t>(remembered_.size()) - static_cast<std::int64_t>(before);
}

// Without the lock: what is told goes on to write to sockets.
void PartitionWriter::answer(const std::vector<std::shared_ptr<Work>>& complete) {
  for (const auto& work : complete) {
    counters_.commands += work->outcomes.size();
    for (const Outcome& outcome : work->outcomes) {
      bool refused = std::holds_alternative<Refusal>(outcome) || std::holds_alternative<ReplayedRefusal>(outcome);
      if (refused) ++counters_.refused;
      if (std::holds_alternative<Failure>(outcome)) ++counters_.failed;
    }
    work->submission.reply(std::move(work->outcomes));
  }
}

}  // namespace tenantry::events::engine
