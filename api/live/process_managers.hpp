// Process managers at work: submits what is pending in tenants' tables (projections/pending_rows.hpp) when it falls
// due.
//
// Of the partitions that this node serves. Each tenant has one next instant at which somebody has to look at it, kept
// in their order; nothing happens in between, and a tenant with nothing pending costs nothing. When its instant comes,
// what is due becomes one submission to the engine, in order, as principal `system`; of a reaction, with its event's id
// as causation and its event's correlation. The engine decides each once, so a look too many does no harm, and a look
// is all that a start, a take-over or a failure needs to go on: nothing is kept here that the tables do not hold.
//
// What cannot be decided now (a full queue, a tenant in quarantine, suspended or archived) is tried again later and
// later, and whenever the tenant moves. What a rule refuses is over: the log says so.
//
// serve() and committed() may be called from any thread and do not block; committed() looks at nothing unless something
// became pending. stop() joins; replies may come later still. Log, state, engine and clock outlive this object.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "domain/kernel/clock.hpp"
#include "events/engine/engine.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

struct ProcessLimits {
  std::size_t commands_at_once_max = 64;  // of a tenant, in one submission
  std::size_t tenants_at_once_max = 64;   // with a submission under way
  std::int64_t retry_first_ms = 1'000;    // doubled with each failure
  std::int64_t retry_last_ms = 3'600'000;
};

struct ProcessCounters {
  std::atomic<std::uint64_t> done{0};     // with events, or because it held
  std::atomic<std::uint64_t> refused{0};  // by a rule: no longer pending
  std::atomic<std::uint64_t> failed{0};   // to be tried again
  std::atomic<std::int64_t> tenants_waiting{0};
};

class ProcessManagers {
 public:
  // Told why something pending cannot even be asked for. May be empty.
  using OnFault = std::function<void(const std::string& what)>;

  ProcessManagers(events::Log& log, const projections::StateStore& state, events::engine::Engine& engine,
                  ProcessLimits limits, OnFault on_fault);
  ~ProcessManagers();
  ProcessManagers(const ProcessManagers&) = delete;
  ProcessManagers& operator=(const ProcessManagers&) = delete;

  // This node serves the partition from now on: looks at all its tenants.
  void serve(events::Partition partition);
  void committed(events::Partition partition, const std::vector<events::engine::TenantPosition>& positions);
  void stop();
  const ProcessCounters& counters() const;

 private:
  struct Agenda;
  struct Due;

  void run();
  void attend(TenantScope scope);
  Due due_of(const TenantScope& scope) const;

  events::Log& log_;
  const projections::StateStore& state_;
  events::engine::Engine& engine_;
  const ProcessLimits limits_;
  const OnFault on_fault_;
  std::shared_ptr<Agenda> agenda_;
  std::thread thread_;
};

}  // namespace tenantry::api
