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

#include "events/engine/state.hpp"

namespace tenantry::events::engine {

struct EngineOptions {
  std::size_t batch_commands_max = 1024;
  std::size_t batch_bytes_max = 8u << 20;
  std::size_t queue_commands_max = 20'000;  // per partition
  std::size_t submission_commands_max = 10'000;
  std::size_t atomic_commands_max = 1'000;  // in one all-or-nothing submission: it must fit one batch
  std::size_t record_bytes_max = 1u << 20;
  std::size_t remembered_outcomes_max = 10'000;  // answers without events, per partition, in memory only
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
