// A small school on a real log, state and engine in a temporary folder, for tests of the tables.
#pragma once

#include <catch2/catch.hpp>
#include <future>
#include <optional>

#include "domain/roster/entities.hpp"
#include "domain/tenancy/commands.hpp"
#include "events/embedded/embedded_log.hpp"
#include "events/engine/command_id.hpp"
#include "events/engine/engine.hpp"
#include "events/identifiers.hpp"
#include "projections/digest.hpp"
#include "projections/state_store.hpp"
#include "tests/support/scopes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::test {

using namespace tenantry::events;
using namespace tenantry::events::engine;
using projections::StateStore;

// Commands of the roster, for tests that do not care which: a change of the roster's commands compiles school.cpp
// alone.
Value add_course(const std::string& code, const std::string& title, Id<roster::Course> id = {fresh_id()});
Value correct_course(Id<roster::Course> id, const std::string& title);
Value register_student(const std::string& number, Id<roster::Student> id = {fresh_id()});
Value deactivate_student(Id<roster::Student> id);
Value re_enrol_student(Id<roster::Enrolment> id);

class School {
 public:
  explicit School(EngineOptions options = {}) : options(std::move(options)) { open(); }

  void open() {
    log_ = std::move(embedded::EmbeddedLog::open(folder / "log", resources_, {.tenant_partitions = 1}).value());
    state_ = std::move(StateStore::open(folder / "state", resources_, *log_).value());
    start();
  }
  void close() {
    engine_.reset();
    state_.reset();
    log_.reset();
  }
  void rebuild(int threads = 2) {
    engine_.reset();
    state_.reset();
    state_ = std::move(StateStore::rebuild(folder / "state", resources_, *log_, threads, {}).value());
    start();
  }
  // What the tables' opening had to say.
  std::vector<std::string> notes() const { return state_->notes(); }
  void start() {
    engine_ = std::make_unique<Engine>(*log_, *state_, options, [](Partition, const std::vector<TenantPosition>&) {});
    for (Partition partition : log_->partitions()) REQUIRE(engine_->serve(partition));
  }
  void stop_engine() { engine_.reset(); }

  template <class Command>
  Outcome send(TenantId tenant, Command command, std::optional<IdempotencyKey> key = {}) {
    return send_by(origin, tenant, std::move(command), key);
  }
  // Any thread.
  template <class Command>
  Outcome send_by(const Origin& origin, TenantId tenant, Command command, std::optional<IdempotencyKey> key = {}) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    auto future = promise->get_future();
    Submission submission{.scope = api::Gate::scope(tenant),
                          .origin = origin,
                          .reply = [promise](std::vector<Outcome> outcomes) { promise->set_value(outcomes.at(0)); }};
    submission.commands.push_back({Value{std::move(command)}, key, {}});
    engine_->submit(std::move(submission));
    return future.get();
  }
  // Many commands at once; answers how many made events.
  std::size_t send_all(TenantId tenant, const std::vector<Value>& commands) {
    auto promise = std::make_shared<std::promise<std::vector<Outcome>>>();
    auto future = promise->get_future();
    Submission submission{.scope = api::Gate::scope(tenant),
                          .origin = origin,
                          .reply = [promise](std::vector<Outcome> outcomes) { promise->set_value(outcomes); }};
    for (const auto& command : commands) submission.commands.push_back({command, {}, {}});
    engine_->submit(std::move(submission));
    std::size_t with_events = 0;
    for (const Outcome& outcome : future.get()) {
      const Done* done = std::get_if<Done>(&outcome);
      if (done != nullptr && done->event_count > 0) ++with_events;
    }
    return with_events;
  }
  template <class Command>
  Done done(TenantId tenant, Command command, std::optional<IdempotencyKey> key = {}) {
    return std::get<Done>(send(tenant, std::move(command), key));
  }

  TenantId create_tenant(const std::string& slug) {
    TenantId tenant{fresh_id()};
    done(tenant, tenancy::CreateTenant{.id = tenant, .slug = slug, .name = slug, .timezone = "Europe/London"});
    return tenant;
  }
  // A term, a course, a class, three students, two enrolments of which one is completed, an assessment and a result.
  void fill(TenantId tenant);

  projections::PartitionState& partition() { return state_->partition({Stream::tenants, 0}); }
  storage::TenantStore store(TenantId tenant) { return state_->store(api::Gate::scope(tenant)); }
  projections::TenantDigest digest(TenantId tenant) {
    return projections::digest_tenant(partition().database(), tenant).value();
  }
  std::string document(TenantId tenant, char table, const Uuid& id) {
    auto row = store(tenant).get(projections::entity_key(table, id)).value();
    return row ? std::string{projections::read_entity_row(*row).document} : "";
  }
  std::size_t count(TenantId tenant, const std::string& prefix) {
    std::size_t rows = 0;
    REQUIRE(store(tenant).scan(prefix, "", 100'000, [&](std::string_view, std::string_view) { return ++rows, true; }));
    return rows;
  }
  // Appends a record as a node of another version, or a fault, might have.
  void append_raw(TenantId tenant, std::uint64_t sequence, const std::string& type, const std::string& data) {
    Record record;
    record.attributes = {.id = fresh_id(),
                         .tenant = tenant,
                         .source = "/tenants/" + tenant.text(),
                         .type = type,
                         .subject = "students/x",
                         .time = Instant::now(),
                         .sequence = sequence};
    record.data = data;
    std::string bytes;
    encode_record(record, bytes);
    append_bytes(bytes);
  }
  void append_bytes(const std::string& bytes) { REQUIRE(log_->append({Stream::tenants, 0}, {bytes})); }
  Log& log() { return *log_; }

  TemporaryFolder folder;
  EngineOptions options;                                       // of the engines that start from now on
  Origin origin{.auth_type = "user", .auth_id = "registrar"};  // who asks from now on
  Id<roster::Term> term;
  Id<roster::Course> course;
  Id<roster::Class> class_id;
  Id<roster::Assessment> assessment;
  std::array<Id<roster::Student>, 3> students;
  std::array<Id<roster::Enrolment>, 2> enrolments;

 private:
  storage::Resources resources_;
  std::unique_ptr<embedded::EmbeddedLog> log_;
  std::unique_ptr<StateStore> state_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace tenantry::test
