// An engine over the fakes, and the commands and questions that its tests share.
#pragma once

#include <catch2/catch.hpp>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>

#include "events/identifiers.hpp"
#include "tests/events/engine_fakes.hpp"

namespace tenantry::test {

inline const TenantId school{fresh_id()};
inline const TenantId college{fresh_id()};
inline const Partition partition{Stream::tenants, 0};

CommandRequest register_student(const std::string& number, std::optional<IdempotencyKey> key = {},
                                std::optional<Precondition> precondition = {}, Id<roster::Student> id = {fresh_id()});

inline std::vector<CommandRequest> students(int from, int to) {
  std::vector<CommandRequest> commands;
  for (int number = from; number < to; ++number) commands.push_back(register_student("s" + std::to_string(number)));
  return commands;
}

inline bool is_failure(const Outcome& outcome, Failure::Kind kind) {
  const Failure* failure = std::get_if<Failure>(&outcome);
  return failure != nullptr && failure->kind == kind;
}

struct Fixture {
  EngineOptions options;
  FakeLog log;
  FakeState state{log};
  std::mutex mutex;
  std::condition_variable announced;
  std::map<TenantId, std::uint64_t> announced_positions;
  std::unique_ptr<Engine> engine;

  explicit Fixture(EngineOptions options = {}) : Fixture(options, true) {}
  // Not serving yet: a node that follows what others write.
  static std::unique_ptr<Fixture> following() { return std::unique_ptr<Fixture>{new Fixture({}, false)}; }

  Fixture(EngineOptions options, bool serves) : options(std::move(options)) {
    start();
    if (serves) REQUIRE(engine->serve(partition));
  }
  // All that is known afterwards is what the log says.
  void restart() {
    engine.reset();
    state.forget_everything();
    start();
    REQUIRE(engine->serve(partition));
  }
  void start() {
    engine =
        std::make_unique<Engine>(log, state, options, [this](Partition, const std::vector<TenantPosition>& positions) {
          std::lock_guard lock(mutex);
          for (const TenantPosition& position : positions) announced_positions[position.tenant] = position.sequence;
          announced.notify_all();
        });
  }
  void wait_until_announced(TenantId tenant, std::uint64_t sequence) {
    std::unique_lock lock(mutex);
    REQUIRE(
        announced.wait_for(lock, std::chrono::seconds{30}, [&] { return announced_positions[tenant] >= sequence; }));
  }

  Origin origin{.auth_type = "user", .auth_id = "registrar"};  // who asks from now on

  std::future<std::vector<Outcome>> send(std::vector<CommandRequest> commands, bool all_or_nothing = false,
                                         TenantId tenant = school) {
    auto promise = std::make_shared<std::promise<std::vector<Outcome>>>();
    auto future = promise->get_future();
    engine->submit({.scope = api::Gate::scope(tenant),
                    .origin = origin,
                    .commands = std::move(commands),
                    .all_or_nothing = all_or_nothing,
                    .reply = [promise](std::vector<Outcome> outcomes) { promise->set_value(std::move(outcomes)); }});
    return future;
  }
  Outcome one(CommandRequest command, TenantId tenant = school) {
    std::vector<CommandRequest> commands;
    commands.push_back(std::move(command));
    return send(std::move(commands), false, tenant).get().at(0);
  }
};

}  // namespace tenantry::test
