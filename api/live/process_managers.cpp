#include "api/live/process_managers.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "api/live/event_pages.hpp"
#include "api/tenants/gate.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "events/catalog/catalog.hpp"
#include "events/engine/remembered_refusals.hpp"
#include "projections/pending_rows.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::api {

using events::engine::CommandRequest;
using events::engine::Done;
using events::engine::Failure;
using events::engine::Outcome;
using events::engine::PendingWork;
using projections::TenantReader;

namespace {

constexpr Instant at_once{std::numeric_limits<std::int64_t>::min()};
constexpr Instant never{std::numeric_limits<std::int64_t>::max()};

// What became of a look at a tenant.
struct Looked {
  Instant next = never;     // when to look again
  bool has_failed = false;  // something is to be tried again, later than that
  bool is_served = true;
};

}  // namespace

// When to look at whom. Kept alive by the replies that the engine owes.
struct ProcessManagers::Agenda {
  struct Tenant {
    TenantScope scope;
    Instant next = never;
    bool is_attended = false;  // somebody looks at it; `next` is then what came up meanwhile
    int failures = 0;          // one after the other
  };

  Agenda(Clock& clock, ProcessLimits limits) : clock(clock), limits(limits) {}

  void add(const TenantScope& scope, Instant when) TENANTRY_REQUIRES(mutex) {
    Tenant& tenant = tenants.try_emplace(scope.tenant(), Tenant{.scope = scope}).first->second;
    counters.tenants_waiting = static_cast<std::int64_t>(tenants.size());
    if (when >= tenant.next) return;
    if (!tenant.is_attended) {
      order.erase({tenant.next, scope.tenant()});
      order.insert({when, scope.tenant()});
    }
    tenant.next = when;
    changed.notify_one();
  }
  TenantScope take_first() TENANTRY_REQUIRES(mutex) {
    Tenant& tenant = tenants.at(order.begin()->second);
    order.erase(order.begin());
    tenant.next = never;
    tenant.is_attended = true;
    ++attended;
    return tenant.scope;
  }
  void looked_at(TenantId id, const Looked& looked) {
    MutexLock lock(mutex);
    --attended;
    changed.notify_one();
    Tenant& tenant = tenants.at(id);
    tenant.is_attended = false;
    tenant.failures = looked.has_failed ? tenant.failures + 1 : 0;
    Instant when = std::min(tenant.next, looked.next);
    if (looked.has_failed) when = std::min(when, retry_of(tenant));
    if (when == never || !looked.is_served) {
      tenants.erase(id);
      counters.tenants_waiting = static_cast<std::int64_t>(tenants.size());
      return;
    }
    tenant.next = when;
    order.insert({when, id});
  }
  Instant retry_of(const Tenant& tenant) const {
    constexpr int doublings_max = 30;
    std::int64_t pause = limits.retry_first_ms << std::min(tenant.failures - 1, doublings_max);
    return {clock.now().unix_ms + std::min(pause, limits.retry_last_ms)};
  }
  bool is_waiting_to_retry(TenantId id) const TENANTRY_REQUIRES(mutex) {
    auto found = tenants.find(id);
    return found != tenants.end() && found->second.failures > 0;
  }

  Clock& clock;
  const ProcessLimits limits;
  ProcessCounters counters;
  Mutex mutex;
  std::condition_variable changed;
  std::map<TenantId, Tenant> tenants TENANTRY_GUARDED_BY(mutex);
  std::set<std::pair<Instant, TenantId>> order TENANTRY_GUARDED_BY(mutex);  // of those that nobody looks at
  std::size_t attended TENANTRY_GUARDED_BY(mutex) = 0;
  bool stopping TENANTRY_GUARDED_BY(mutex) = false;
};

// What is due in a tenant, as commands, and when the next is.
struct ProcessManagers::Due {
  std::vector<CommandRequest> commands;
  Looked looked;
};

ProcessManagers::ProcessManagers(events::Log& log, const projections::StateStore& state, events::engine::Engine& engine,
                                 ProcessLimits limits, OnFault on_fault)
    : log_(log),
      state_(state),
      engine_(engine),
      limits_(limits),
      on_fault_(std::move(on_fault)),
      agenda_(std::make_shared<Agenda>(*engine.options().clock, limits)),
      thread_([this] { run(); }) {}

ProcessManagers::~ProcessManagers() {
  stop();
}

void ProcessManagers::stop() {
  {
    MutexLock lock(agenda_->mutex);
    agenda_->stopping = true;
  }
  agenda_->changed.notify_all();
  if (thread_.joinable()) thread_.join();
}

const ProcessCounters& ProcessManagers::counters() const {
  return agenda_->counters;
}

void ProcessManagers::serve(events::Partition partition) {
  auto tenants = state_.partition(partition).tenants();
  MutexLock lock(agenda_->mutex);
  for (TenantId tenant : tenants) agenda_->add(Gate::scope_in(partition, tenant), at_once);
}

void ProcessManagers::committed(events::Partition partition,
                                const std::vector<events::engine::TenantPosition>& positions) {
  MutexLock lock(agenda_->mutex);
  for (const auto& position : positions) {
    if (position.due) agenda_->add(Gate::scope_in(partition, position.tenant), *position.due);
    if (agenda_->is_waiting_to_retry(position.tenant)) {
      agenda_->add(Gate::scope_in(partition, position.tenant), at_once);
    }
  }
}

void ProcessManagers::run() {
  Agenda& agenda = *agenda_;
  MutexLock lock(agenda.mutex);
  while (!agenda.stopping) {
    if (agenda.order.empty() || agenda.attended >= limits_.tenants_at_once_max) {
      agenda.mutex.wait(agenda.changed);
      continue;
    }
    if (Instant due = agenda.order.begin()->first; due > agenda.clock.now()) {
      agenda.clock.wait_until(agenda.mutex, agenda.changed, due);
      continue;
    }
    TenantScope scope = agenda.take_first();
    lock.unlock();
    attend(scope);
    lock.lock();
  }
}

void ProcessManagers::attend(TenantScope scope) {
  if (!engine_.serves(events::engine::partition_of(scope))) {
    return agenda_->looked_at(scope.tenant(), {.is_served = false});
  }
  Due due = due_of(scope);
  if (due.looked.has_failed) ++agenda_->counters.failed;
  if (due.commands.empty()) return agenda_->looked_at(scope.tenant(), due.looked);
  events::engine::Submission submission{
      .scope = scope,
      .origin = {.principal = {.kind = Principal::Kind::system}, .auth_type = "system"},
      .commands = std::move(due.commands),
      .reply = {}};
  submission.reply = [agenda = agenda_, tenant = scope.tenant(),
                      looked = due.looked](std::vector<Outcome> outcomes) mutable {
    bool has_moved = false;
    for (const Outcome& outcome : outcomes) {
      const auto* refusal = std::get_if<Refusal>(&outcome);
      const auto* failure = std::get_if<Failure>(&outcome);
      if (failure != nullptr && failure->kind == Failure::Kind::not_served) looked.is_served = false;
      bool is_over = std::holds_alternative<Done>(outcome) || (refusal != nullptr && events::engine::judges(*refusal));
      has_moved = has_moved || is_over;
      looked.has_failed = looked.has_failed || !is_over;
      ++(!is_over ? agenda->counters.failed : refusal != nullptr ? agenda->counters.refused : agenda->counters.done);
    }
    if (has_moved && !looked.has_failed) looked.next = at_once;  // there may be more than were asked for at once
    agenda->looked_at(tenant, looked);
  };
  engine_.submit(std::move(submission));
}

namespace {

struct Asked {
  Value command;
  std::string correlation_id;
  std::string causation_id;
};

std::expected<Asked, std::string> asked_by_event(events::Log& log, const TenantReader& reader,
                                                 const projections::Reaction& reaction, const PendingWork& work) {
  std::expected<Asked, std::string> asked = std::unexpected("the event cannot be found");
  auto read = [&](const events::RecordView& record) {
    auto event = events::decode_event(record.attributes.type, record.data);
    if (!event) {
      asked = std::unexpected(event.error().field + ' ' + event.error().detail);
    } else if (event->kind() != reaction.event) {
      asked = std::unexpected("the event is another");
    } else {
      asked = Asked{.command = reaction.command(event->data(), record.attributes.time),
                    .correlation_id = std::string{record.attributes.correlation_id},
                    .causation_id = record.attributes.id.text()};
    }
    return false;
  };
  auto visited = visit_events(log, reader, {projections::sequence_about(work.about)}, read);
  if (!visited) return std::unexpected(visited.error().detail);
  if (asked && asked->command.empty()) return std::unexpected("the event asks for nothing");
  return asked;
}

std::expected<Asked, std::string> asked_by_entity(const TenantReader& reader, const projections::Deadline& deadline,
                                                  const PendingWork& work) {
  auto entity = reader.read(*deadline.entity, work.about);
  if (!entity) return std::unexpected(entity.error().detail);
  if (entity->empty()) return std::unexpected("the entity cannot be found");
  return Asked{.command = deadline.command(entity->data())};
}

std::expected<Asked, std::string> asked_by(events::Log& log, const TenantReader& reader, const PendingWork& work) {
  auto process_manager = projections::process_manager_named(work.process);
  if (process_manager.reaction != nullptr) return asked_by_event(log, reader, *process_manager.reaction, work);
  if (process_manager.deadline != nullptr) return asked_by_entity(reader, *process_manager.deadline, work);
  return std::unexpected("there is no process manager of this name");
}

}  // namespace

ProcessManagers::Due ProcessManagers::due_of(const TenantScope& scope) const {
  Due due;
  auto fail = [&](const std::string& what) {
    due.looked.has_failed = true;
    if (on_fault_) on_fault_("tenant " + scope.tenant().text() + ": " + what);
  };
  // Not at one moment: what changes meanwhile the engine sees when it decides, and to let go of a moment makes RocksDB
  // look for something to compact.
  TenantReader reader = state_.reader(scope);
  auto pending = reader.pending(limits_.commands_at_once_max);
  if (!pending) return fail("what is pending cannot be read: " + pending.error().detail), due;
  Instant now = agenda_->clock.now();
  for (const PendingWork& work : *pending) {
    if (work.due > now) {
      due.looked.next = work.due;
      break;
    }
    auto asked = asked_by(log_, reader, work);
    if (!asked) {
      fail("what is pending for " + work.process + " cannot be asked for: " + asked.error());
      continue;
    }
    due.commands.push_back({.command = std::move(asked->command),
                            .pending_work = work,
                            .correlation_id = std::move(asked->correlation_id),
                            .causation_id = std::move(asked->causation_id)});
  }
  return due;
}

}  // namespace tenantry::api
