// A workshop on a real log, state and engine in a temporary folder.
#pragma once

#include <catch2/catch.hpp>
#include <future>

#include "events/embedded/embedded_log.hpp"
#include "events/engine/command_id.hpp"
#include "events/engine/engine.hpp"
#include "events/identifiers.hpp"
#include "projections/digest.hpp"
#include "projections/state_store.hpp"
#include "projections/stored_types.hpp"
#include "tests/scratch/workshop.hpp"
#include "tests/support/scopes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::test {

using namespace tenantry::events;
using namespace tenantry::events::engine;
using namespace tenantry::workshop;
using projections::StateStore;

class Bench {
 public:
  explicit Bench(EngineOptions options = {}) : options_(std::move(options)) { open(); }

  void open() {
    log_ = std::move(embedded::EmbeddedLog::open(folder_ / "log", resources_, {.tenant_partitions = 1}).value());
    state_ = std::move(StateStore::open(folder_ / "state", resources_, *log_).value());
    start();
  }
  void close() {
    engine_.reset();
    state_.reset();
    log_.reset();
  }
  void reopen() {
    close();
    open();
  }
  void rebuild() {
    engine_.reset();
    state_.reset();
    state_ = std::move(StateStore::rebuild(folder_ / "state", resources_, *log_, 1, {}).value());
    start();
  }
  // The engine does not run meanwhile.
  void append_raw(const std::vector<std::string>& records) {
    engine_.reset();
    REQUIRE(log_->append(partition, records));
    state_.reset();
    state_ = std::move(StateStore::open(folder_ / "state", resources_, *log_).value());
    start();
  }

  std::vector<Outcome> send_all(const std::vector<CommandRequest>& commands, TenantId tenant) {
    auto promise = std::make_shared<std::promise<std::vector<Outcome>>>();
    auto future = promise->get_future();
    Submission submission{.scope = api::Gate::scope(tenant),
                          .origin = {.auth_type = "user", .auth_id = "fitter"},
                          .reply = [promise](std::vector<Outcome> outcomes) { promise->set_value(outcomes); }};
    submission.commands = commands;
    engine_->submit(std::move(submission));
    return future.get();
  }
  template <class Command>
  Outcome send(Command command, std::optional<IdempotencyKey> key = {}) {
    return send_all({{Value{std::move(command)}, key, {}}}, tenant).at(0);
  }
  template <class Command>
  Done done(Command command, std::optional<IdempotencyKey> key = {}) {
    return std::get<Done>(send(std::move(command), key));
  }

  std::vector<std::string> records() {
    std::vector<std::string> all;
    REQUIRE(log_->read(partition, 0, [&](Position, std::string_view bytes) { return all.emplace_back(bytes), true; }));
    return all;
  }
  template <class Entity>
  std::optional<Entity> find(const Id<Entity>& id) {
    auto key = projections::entity_key(projections::table_of<Entity>(), id.value);
    auto row = state_->store(api::Gate::scope(tenant)).get(key).value();
    if (!row) return std::nullopt;
    return projections::read_entity<Entity>(*row);
  }
  std::string document(const Id<Job>& id) {
    auto row = state_->store(api::Gate::scope(tenant)).get(projections::entity_key('j', id.value)).value();
    return row ? std::string{projections::read_entity_row(*row).document} : "";
  }
  std::size_t count(const std::string& prefix) {
    std::size_t rows = 0;
    REQUIRE(state_->store(api::Gate::scope(tenant)).scan(prefix, "", 100'000, [&](std::string_view, std::string_view) {
      return ++rows, true;
    }));
    return rows;
  }
  projections::TenantDigest digest() {
    return projections::digest_tenant(state_->partition(partition).database(), tenant).value();
  }
  std::optional<projections::Quarantine> quarantine() { return state_->partition(partition).quarantine_of(tenant); }

  Id<Part> add_part() {
    Id<Part> part{fresh_id()};
    done(AddPart{part});
    return part;
  }

  static constexpr Partition partition{Stream::tenants, 0};
  TenantId tenant{fresh_id()};

 private:
  EngineOptions options_;
  void start() {
    engine_ = std::make_unique<Engine>(*log_, *state_, options_, [](Partition, const std::vector<TenantPosition>&) {});
    REQUIRE(engine_->serve(partition));
  }

  TemporaryFolder folder_;
  storage::Resources resources_;
  std::unique_ptr<embedded::EmbeddedLog> log_;
  std::unique_ptr<StateStore> state_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace tenantry::test
