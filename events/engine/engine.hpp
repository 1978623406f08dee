// The engine: runs commands against tenants' state and appends their events to the log.
//
// Each partition has one queue and one writer role, so a command is decided against every earlier event of its tenant.
// The writer takes what has gathered (group commit), decides it in order, appends all events in one write, commits the
// state and answers. While one batch is being made durable the next is decided on top of it (two threads take turns);
// if an append fails, every batch decided on top of it is dropped and its commands are answered `not_written`.
// What fails in deciding for one tenant is that command's answer alone.
//
// A node serves the partitions that it owns and follows the others. serve() makes this engine the partition's writer,
// from where the log ends; release() ends that: commands not yet decided are answered `not_served`, and when it returns
// nothing of the partition is under way. A partition that is not served answers `not_served`, and follow() brings its
// state up to the log's end. Nothing is served until serve() is called; the log must let this node append by then.
//
// The queue is shared fairly (fair_queue.hpp): tenants have turns of `turn_commands_max` commands, so a command waits
// for one turn of each other tenant, not for all that they have queued. Of `queue_commands_max` one tenant may have
// half waiting, and the last sixth is kept for those that have no more than a turn: a few that flood a partition leave
// room for everybody else.
//
// A command is decided at the later of now and the tenant's last time, which its events carry: time never runs
// backwards within a tenant, whatever the clock does. All events of a command have one time.
//
// A command with an idempotency key is answered as its first time was. An answer that it was done, or that it held, is
// in the log (as events or as a note, events/answer_note.hpp) and is found again for a day at least, by every node and
// after every restart. A refusal that judged the command is remembered in memory, the latest of each tenant (see
// remembered_refusals.hpp); what was refused without judging it, and what was refused in an all-or-nothing submission,
// where it was judged against what was then taken back, is judged anew.
//
// A process manager's command (CommandRequest::pending_work) is decided once: if it held already, or a rule that judged
// it refused it, a note in the log says so. What is no longer pending is answered Done without events.
//
// submit() may be called from any thread and never blocks: a full queue answers `overloaded` at once (from the calling
// thread). Replies come from the engine's threads. `on_committed` is called after each commit, before the replies, from
// an engine thread, and must not block. stop() answers what was taken, refuses the rest as `overloaded`, and joins.
// The engine owns neither log nor state; both must outlive it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "domain/kernel/clock.hpp"
#include "events/engine/state.hpp"

namespace tenantry::events::engine {

struct EngineOptions {
  std::size_t batch_commands_max = 1024;
  std::size_t batch_bytes_max = 8u << 20;
  std::size_t queue_commands_max = 24'000;       // per partition; half of it for one tenant
  std::size_t submission_commands_max = 10'000;  // at most what one tenant may have in the queue
  std::size_t turn_commands_max = 64;            // decided of one tenant before the next has its turn
  std::size_t atomic_commands_max = 1'000;       // in one all-or-nothing submission: it must fit one batch
  std::size_t record_bytes_max = 1u << 20;
  std::size_t command_events_max = 1'000;        // of one command: a replay holds them in memory together
  std::size_t remembered_refusals_max = 10'000;  // per partition, in memory only
  std::size_t remembered_refusals_of_tenant_max = 1'000;
  Clock* clock = &system_clock();  // outlives the engine
};

struct EngineCounters {
  std::atomic<std::uint64_t> commands{0};
  std::atomic<std::uint64_t> events{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> batches{0};
  std::atomic<std::uint64_t> append_failures{0};
  std::atomic<std::uint64_t> catch_up_failures{0};
  std::atomic<std::uint64_t> overloaded{0};
  std::atomic<std::int64_t> queued{0};
  std::atomic<std::int64_t> refusals_remembered{0};
  std::atomic<std::uint64_t> refusals_forgotten{0};  // for want of room
};

using OnCommitted = std::function<void(Partition, const std::vector<TenantPosition>&)>;

class PartitionWriter;

class Engine {
 public:
  Engine(Log& log, State& state, EngineOptions options, OnCommitted on_committed);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void submit(Submission submission);
  // Returns when the partition's state is at the log's end and commands are taken; if it cannot, nothing has changed.
  std::expected<void, StateError> serve(Partition partition);
  void release(const std::vector<Partition>& partitions);
  // The log may have grown: an engine thread catches up and announces what moved. Nothing to do while it is served.
  void follow(Partition partition);
  bool serves(Partition partition) const;
  // Why the partition's state could not be brought to the log's end, if it is not there: what is asked for then is read
  // or decided on less than the log holds, or not at all. Asking makes an engine thread try again. Empty: all is well.
  std::string trouble(Partition partition);
  void stop();

  const EngineCounters& counters() const { return counters_; }
  const EngineOptions& options() const { return options_; }

 private:
  EngineOptions options_;
  EngineCounters counters_;
  OnCommitted on_committed_;
  std::map<Partition, std::unique_ptr<PartitionWriter>> writers_;
};

// The partition that holds a scope's tenant.
Partition partition_of(const TenantScope& scope);

}  // namespace tenantry::events::engine
