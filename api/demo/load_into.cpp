// Loading into a node of this process.
#include <chrono>
#include <condition_variable>
#include <future>

#include "api/demo/load.hpp"
#include "api/handlers/command_request.hpp"
#include "api/node/node.hpp"
#include "api/request/problem.hpp"
#include "api/tenants/tenant_creation.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api::demo {
namespace {

using events::engine::CommandRequest;
using events::engine::Done;
using events::engine::Origin;
using events::engine::Outcome;
using events::engine::Submission;

constexpr std::chrono::milliseconds progress_interval{200};

Origin demo_origin() {
  return {.auth_type = "system", .auth_id = "oulad-demo"};
}

// A tenant and how far its load is.
struct Lane {
  std::string slug;
  TenantScope scope;
  std::vector<Value> commands;
  std::size_t next = 0;
  std::size_t in_flight = 0;
};

std::expected<TenantScope, std::string> create_tenant(Node& node, TenantCreation& creation, const Gate& gate,
                                                      directory::RegisterTenant registration) {
  registration.partitions = static_cast<int>(node.partition_count());
  std::string slug = registration.slug;
  auto promise = std::make_shared<std::promise<Outcome>>();  // the engine's thread may hold it a moment longer
  creation.create(CommandRequest{.command = Value{std::move(registration)}}, demo_origin(),
                  [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
  Outcome outcome = promise->get_future().get();
  if (!std::holds_alternative<Done>(outcome)) {
    return std::unexpected("the tenant " + slug + " cannot be created: " + problem_of_outcome(outcome).detail);
  }
  auto scope = gate.find(slug);
  if (!scope) return std::unexpected(scope.error().detail);
  return *scope;
}

class Loading {
 public:
  Loading(Node& node, const LoadOptions& options) : engine_(node.engine()), options_(options) {}

  void add(Lane lane) {
    MutexLock lock(mutex_);
    all_ += lane.commands.size();
    lanes_.push_back(std::move(lane));
  }

  std::expected<LoadReport, std::string> run() {
    MutexLock lock(mutex_);
    while (!is_finished()) {
      bool submitted = submit_what_may();
      if (!submitted) mutex_.wait_for(changed_, progress_interval);
      if (!error_ && options_.should_stop && options_.should_stop()) error_ = "the load was interrupted";
      if (options_.on_progress) options_.on_progress(report_.commands, all_);
    }
    if (error_) return std::unexpected(*error_);
    return report_;
  }

 private:
  bool is_finished() const TENANTRY_REQUIRES(mutex_) {
    for (const Lane& lane : lanes_) {
      if (lane.in_flight > 0 || (!error_ && lane.next < lane.commands.size())) return false;
    }
    return true;
  }

  // Submits at most one portion of each tenant. The engine may answer from this thread, so the lock is let go.
  bool submit_what_may() TENANTRY_REQUIRES(mutex_) {
    bool submitted = false;
    for (Lane& lane : lanes_) {
      if (error_ || lane.next == lane.commands.size() || lane.in_flight == options_.submissions_in_flight) continue;
      Submission submission = next_portion(lane);
      ++lane.in_flight;
      submitted = true;
      MutexUnlock released(mutex_);
      engine_.submit(std::move(submission));
    }
    return submitted;
  }

  Submission next_portion(Lane& lane) TENANTRY_REQUIRES(mutex_) {
    std::size_t from = lane.next;
    lane.next = std::min(lane.next + options_.commands_at_once, lane.commands.size());
    Submission submission{.scope = lane.scope, .origin = demo_origin(), .commands = {}, .reply = {}};
    for (std::size_t index = from; index < lane.next; ++index) {
      submission.commands.push_back(CommandRequest{.command = lane.commands[index]});
    }
    submission.reply = [this, &lane, from](std::vector<Outcome> outcomes) { take(lane, from, outcomes); };
    return submission;
  }

  void take(Lane& lane, std::size_t from, const std::vector<Outcome>& outcomes) {
    MutexLock lock(mutex_);
    --lane.in_flight;
    for (std::size_t index = 0; index < outcomes.size(); ++index) {
      take_one(lane.slug, lane.commands[from + index], outcomes[index]);
    }
    changed_.notify_all();
  }

  void take_one(const std::string& slug, const Value& command, const Outcome& outcome) TENANTRY_REQUIRES(mutex_) {
    if (const auto* done = std::get_if<Done>(&outcome)) {
      ++report_.commands;
      report_.events += done->event_count;
      return;
    }
    Problem problem = problem_of_outcome(outcome);
    std::string name{events::command_name(command)};
    if (is_loaded_already(name, problem.slug)) {
      ++report_.commands;
    } else if (!error_) {
      error_ = "tenant " + slug + ", " + name + ": " + problem.detail;
    }
  }

  events::engine::Engine& engine_;
  const LoadOptions& options_;
  std::vector<Lane> lanes_ TENANTRY_GUARDED_BY(mutex_);
  std::uint64_t all_ TENANTRY_GUARDED_BY(mutex_) = 0;
  Mutex mutex_;
  std::condition_variable changed_;
  LoadReport report_ TENANTRY_GUARDED_BY(mutex_);
  std::optional<std::string> error_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace

std::expected<LoadReport, std::string> load_into(Node& node, std::vector<TenantLoad> loads,
                                                 const LoadOptions& options) {
  TenantCreation creation(node.engine(), node.state());
  Gate gate(node.state());
  Loading loading(node, options);
  for (TenantLoad& load : loads) {
    std::string slug = load.registration.slug;
    auto scope = create_tenant(node, creation, gate, std::move(load.registration));
    if (!scope) return std::unexpected(scope.error());
    loading.add({slug, *scope, std::move(load.commands)});
  }
  return loading.run();
}

std::expected<std::vector<TenantCounts>, std::string> counts_in(Node& node, const std::vector<std::string>& slugs) {
  Gate gate(node.state());
  std::vector<TenantCounts> all;
  for (const std::string& slug : slugs) {
    auto scope = gate.find(slug);
    if (!scope) return std::unexpected(scope.error().detail);
    auto read = node.state().reader(*scope).read(Id<projections::TenantStatistics>{scope->tenant().value});
    if (!read) return std::unexpected(read.error().detail);
    if (!*read) return std::unexpected("the tenant " + slug + " has no statistics");
    all.push_back({slug, **read});
  }
  return all;
}

}  // namespace tenantry::api::demo
