// Commands that make several events: whole or absent, in the log, in the tables and in answers.
#include "events/catalog/catalog.hpp"
#include "tests/scratch/bench.hpp"
#include "tests/support/given.hpp"
#include "tests/support/records.hpp"

namespace tenantry::test {
namespace {

const Quantity two = Quantity::whole(2), three = Quantity::whole(3);

AddJob job_with(std::vector<Line> lines, Id<Job> id = {fresh_id()}) {
  return {.id = id, .title = "A job", .due_at = Instant{5}, .notes = {"a\r\nb \n"}, .lines = std::move(lines)};
}

// The records of a job with two lines, decided by a workshop of its own that has the parts: what a log has that holds
// them, or some of them.
std::vector<std::string> records_of_a_job(Bench& like, const Id<Part>& part, const Id<Job>& job) {
  Bench other;
  other.tenant = like.tenant;
  other.append_raw(like.records());
  other.done(job_with({{part, two}, {part, three}}, job));
  auto all = other.records();
  return {all.end() - 3, all.end()};
}

void require_absent(Bench& bench, const Id<Part>& part, const Id<Job>& job) {
  CHECK_FALSE(bench.find(job));
  CHECK(bench.find(part)->reserved == Quantity{});
  CHECK(bench.digest().sequence == 1);
  CHECK_FALSE(bench.quarantine());
}

}  // namespace

TEST_CASE("a rule makes several events, applied in their order", "[several]") {
  Id<Part> part = id<Part>(1), other = id<Part>(2);
  Id<Job> job = id<Job>(3);
  AddJob command = job_with({{part, two}, {other, three}, {part, three}}, job);
  JobAdded added{job, "A job", Instant{5}, {"a\nb"}, command.lines};
  auto tables =
      given({PartAdded{part}, PartAdded{other}})
          .when(command)
          .then({added, PartReserved{part, job, two}, PartReserved{other, job, three}, PartReserved{part, job, three}});
  CHECK(tables.at(part).reserved == Quantity::whole(5));
  given({PartAdded{part}}).when(command).then_refused(refused.part_unknown, "lines[1].partId");
  CHECK_THROWS_AS(accept_in_order<Event>({}), std::logic_error);
}

TEST_CASE("a rule finishes what is due, in the order of when it is", "[several][ordered]") {
  auto job = [](std::uint8_t number, std::optional<std::int64_t> due) {
    return JobAdded{id<Job>(number), "x", due ? std::optional{Instant{*due}} : std::nullopt, {}, {}};
  };
  given({job(1, 7), job(2, 3), job(3, 5), job(4, 9), job(5, {}), job(6, 3)})
      .when(FinishDueJobs{id<Job>(1)})
      .then({JobFinished{id<Job>(1)}, JobFinished{id<Job>(2)}, JobFinished{id<Job>(6)}, JobFinished{id<Job>(3)}});
}

TEST_CASE("each record says which of its command's events it is, and shares the command's id", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part();
  Done done = bench.done(job_with({{part, two}, {part, three}}));
  CHECK(done.first_sequence == 2);
  CHECK(done.last_sequence == 4);
  CHECK(done.event_count == 3);
  auto records = bench.records();
  REQUIRE(records.size() == 4);
  CHECK(records[0][0] == '\x01');  // an event alone is written as it ever was
  CHECK(decode_record(records[0])->attributes.command_part == CommandPart{});
  std::set<std::string_view> commands;
  for (std::uint32_t place = 1; place <= 3; ++place) {
    AttributesView attributes = decode_record(records[place])->attributes;
    CHECK(records[place][0] == '\x02');
    CHECK(attributes.command_part == CommandPart{place, 3});
    CHECK(attributes.sequence == 1 + place);
    commands.insert(attributes.command_id);
  }
  CHECK(commands.size() == 1);
  CHECK(bench.find(part)->reserved == Quantity::whole(5));
}

TEST_CASE("a command of several events has one answer, live and after a restart", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part();
  AddJob command = job_with({{part, two}, {part, three}});
  auto key = make_idempotency_key("k", "p");
  Done first = bench.done(command, key);
  CHECK(first.subject == "jobs/" + command.id.text());
  CHECK_FALSE(first.replayed);
  SECTION("at once") {}
  SECTION("after a restart") {
    bench.reopen();
  }
  SECTION("from tables made anew") {
    bench.rebuild();
  }
  Done again = bench.done(command, key);
  CHECK(again.replayed);
  again.replayed = false;
  CHECK(again == first);
  CHECK(bench.done(command).event_count == 0);
  CHECK(bench.find(part)->reserved == Quantity::whole(5));
  CHECK(bench.records().size() == 4);
}

TEST_CASE("replay makes the tables that commands of several events made", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part();
  Id<Job> last{fresh_id()};
  for (int count = 0; count < 5; ++count) bench.done(job_with({{part, two}, {part, three}}));
  bench.done(job_with({}, last));
  bench.done(FinishDueJobs{last});
  auto live = bench.digest();
  CHECK(bench.find(part)->reserved == Quantity::whole(25));
  CHECK_FALSE(bench.find(last)->due_at);
  bench.rebuild();
  CHECK(bench.digest().rows == live.rows);
  CHECK(bench.count("od") == 0);
  CHECK(bench.count("ot") == 6);
}

TEST_CASE("records and long texts are served as they were given, and records' ids are mentions", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part(), other = bench.add_part();
  AddJob command = job_with({{part, two}, {other, three}, {part, two}});
  bench.done(command);
  CHECK(bench.document(command.id) ==
        R"({"id":")" + command.id.text() + R"(","title":"A job","dueAt":"1970-01-01T00:00:00.005Z",)" +
            R"("askedOn":"1970-01-01","hours":0,"rank":0,"notes":"a\nb","lines":[{"partId":")" + part.text() +
            R"(","quantity":2},{"partId":")" + other.text() + R"(","quantity":3},{"partId":")" + part.text() +
            R"(","quantity":2}]})");
  JobAdded event{command.id, "x", {}, {}, command.lines};
  CHECK(event_mentions(Value{event}) == std::vector{subject_of(part), subject_of(other)});
  CHECK(bench.count(projections::history_prefix('p', part.value)) == 4);  // added, mentioned, reserved twice
  auto wrong = decode_command(
      "AddJob", R"({"title":"x","lines":[{"partId":")" + part.text() + R"(","quantity":1001}]})", {}, fresh_id());
  CHECK(wrong.error().field == "lines[0].quantity");
}

TEST_CASE("of a command that is cut short at the log's end nothing is there, until the rest comes", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part();
  Id<Job> job{fresh_id()};
  auto records = records_of_a_job(bench, part, job);
  std::size_t there = GENERATE(1, 2);
  bench.append_raw({records.begin(), records.begin() + static_cast<std::ptrdiff_t>(there)});
  require_absent(bench, part, job);
  SECTION("the same after a restart, and in tables made anew") {
    bench.reopen();
    require_absent(bench, part, job);
    bench.rebuild();
    require_absent(bench, part, job);
  }
  SECTION("the rest comes") {
    bench.append_raw({records.begin() + static_cast<std::ptrdiff_t>(there), records.end()});
    CHECK(bench.find(job));
    CHECK(bench.find(part)->reserved == Quantity::whole(5));
    auto whole = bench.digest();
    CHECK(whole.sequence == 4);
    bench.rebuild();
    CHECK(bench.digest().rows == whole.rows);
  }
  SECTION("something else comes, and takes the sequence") {
    Id<Part> other = bench.add_part();
    Done done = bench.done(job_with({{other, two}}));
    CHECK(done.first_sequence == 3);
    auto live = bench.digest();
    CHECK_FALSE(bench.find(job));
    CHECK(bench.find(part)->reserved == Quantity{});
    bench.reopen();
    CHECK(bench.digest().rows == live.rows);
    bench.rebuild();
    CHECK(bench.digest().rows == live.rows);
    CHECK_FALSE(bench.quarantine());
  }
  SECTION("the same command comes again, with a key, and is done once") {
    auto key = make_idempotency_key("k", "p");
    Done first = bench.done(job_with({{part, two}, {part, three}}, job), key);
    CHECK(first.first_sequence == 2);
    bench.rebuild();
    CHECK(bench.done(job_with({{part, two}, {part, three}}, job), key).replayed);
    CHECK(bench.find(part)->reserved == Quantity::whole(5));
  }
}

TEST_CASE("what is left of a command among others is passed over, in chunks of any size", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part();
  Id<Job> job{fresh_id()};
  auto torn = records_of_a_job(bench, part, job);
  torn.pop_back();
  bench.append_raw(torn);
  // Three records each, so that a chunk of 4096 would end within a command.
  std::vector<CommandRequest> commands;
  for (int count = 0; count < 1500; ++count) {
    commands.push_back({Value{job_with({{part, two}, {part, Quantity{1}}})}, {}, {}});
  }
  bench.send_all(commands, bench.tenant);
  bench.append_raw(torn);  // out of place altogether
  auto live = bench.digest();
  CHECK(live.sequence == 4501);
  CHECK(bench.find(part)->reserved == Quantity{1500 * 2'000'001LL});
  CHECK_FALSE(bench.find(job));
  bench.rebuild();
  CHECK(bench.digest().rows == live.rows);
  CHECK_FALSE(bench.quarantine());
}

TEST_CASE("a command of which one event cannot be applied is absent as a whole", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part();
  Id<Job> job{fresh_id()};
  std::vector<std::string> records;
  for (const std::string& each : records_of_a_job(bench, part, job)) {
    Record record = record_of(each);
    if (record.attributes.sequence == 4)
      record.data = record.data.replace(record.data.find(job.text()), 36, fresh_id().text());
    records.push_back(encoded(record));
  }
  bench.append_raw(records);
  REQUIRE(bench.quarantine());
  CHECK(bench.quarantine()->sequence == 4);
  CHECK(bench.quarantine()->position == 1);  // from where it is tried again
  CHECK(bench.digest().sequence == 1);
  CHECK_FALSE(bench.find(job));
  CHECK(bench.find(part)->reserved == Quantity{});
  // Others go on.
  TenantId neighbour{fresh_id()};
  CHECK(std::holds_alternative<Done>(bench.send_all({{Value{AddPart{{fresh_id()}}}, {}, {}}}, neighbour).at(0)));
  bench.rebuild();
  CHECK(bench.quarantine()->position == 1);
  CHECK_FALSE(bench.find(job));
}

TEST_CASE("a command of which one event cannot be applied when it is decided leaves nothing", "[several]") {
  Bench bench;
  Id<Part> part = bench.add_part();
  AddJob command = job_with({{part, Quantity{Quantity::millionths_max}}, {part, two}});
  auto outcome = bench.send(command);
  REQUIRE(std::holds_alternative<Failure>(outcome));
  CHECK(std::get<Failure>(outcome).kind == Failure::Kind::state_failed);
  CHECK_FALSE(bench.find(command.id));
  CHECK(bench.records().size() == 1);
  CHECK(bench.done(job_with({{part, two}})).first_sequence == 2);
}

TEST_CASE("a command that would make too many events is refused", "[several]") {
  Bench bench({.command_events_max = 2});
  Id<Part> part = bench.add_part();
  auto outcome = bench.send(job_with({{part, two}, {part, three}}));
  REQUIRE(std::holds_alternative<Failure>(outcome));
  CHECK(std::get<Failure>(outcome).kind == Failure::Kind::too_large);
  CHECK(bench.records().size() == 1);
  CHECK(bench.done(job_with({{part, two}})).event_count == 2);
}

}  // namespace tenantry::test
