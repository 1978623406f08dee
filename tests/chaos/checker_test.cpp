// The judge itself: it finds nothing in a sound history, and each kind of violation in one that has it.
#include "tests/chaos/checker.hpp"

#include <catch2/catch.hpp>

namespace tenantry::chaos {
namespace {

Event event(std::uint64_t sequence, std::uint64_t epoch, const std::string& mark) {
  return {.tenant = "school",
          .id = "event-" + mark,
          .type = "tenantry.roster.student-registered.v1",
          .subject = "students/" + mark + "-id",
          .sequence = sequence,
          .owner_epoch = epoch,
          .mark = mark};
}

Claim claim(std::vector<std::string> marks, Outcome outcome, std::uint64_t position) {
  Claim claim{.tenant = "school", .marks = std::move(marks), .outcome = outcome, .ids = {}, .position = position};
  if (outcome == Outcome::applied) {
    for (const std::string& mark : claim.marks) claim.ids.push_back(mark + "-id");
  }
  return claim;
}

// Two owners, a single command, three that go together, one that was refused.
History sound() {
  History history;
  history.partitions["events-0"] = {{1, OwnerRecord{"a"}},     {2, event(1, 1, "one")},  {4, event(2, 1, "two")},
                                    {5, event(3, 1, "three")}, {6, event(4, 1, "four")}, {9, OwnerRecord{"b"}},
                                    {10, event(5, 9, "five")}};
  history.claims = {claim({"one"}, Outcome::applied, 1), claim({"two", "three", "four"}, Outcome::applied, 4),
                    claim({"five"}, Outcome::applied, 5), claim({"never"}, Outcome::refused, 0)};
  history.claims.back().is_refusable = true;
  history.reads = {{"school", "/v1/students/one-id", "b", 1, 200}};
  history.tables = {{"a", "digest"}, {"b", "digest"}, {"a rebuild", "digest"}};
  return history;
}

Event& event_at(History& history, std::size_t index) {
  return std::get<Event>(history.partitions.at("events-0").at(index).what);
}

void remove_entry(History& history, std::ptrdiff_t index) {
  auto& entries = history.partitions.at("events-0");
  entries.erase(entries.begin() + index);
}

std::vector<std::string> found_in(const History& history) {
  std::vector<std::string> names;
  for (const Violation& violation : check(history)) names.push_back(name_of(violation.kind));
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("a sound history has no violation") {
  CHECK(found_in(sound()) == Names{});
  CHECK(found_in({}) == Names{});
}

TEST_CASE("an answered command without an event is lost") {
  History history = sound();
  remove_entry(history, 6);
  CHECK(found_in(history) == Names{"lost"});
}

TEST_CASE("two events of one command are doubled, whatever their ids") {
  History history = sound();
  Event again = event(6, 9, "five");
  again.id = "another";
  history.partitions["events-0"].push_back({11, again});
  CHECK(found_in(history) == Names{"doubled"});
  event_at(history, 7).mark = "";
  CHECK(found_in(history) == Names{});
  event_at(history, 7).id = "event-five";  // one event written twice
  CHECK(found_in(history) == Names{"doubled"});
}

TEST_CASE("a part of what goes together is half applied") {
  History history = sound();
  history.claims[1].outcome = Outcome::refused;
  history.claims[1].is_refusable = true;
  CHECK(found_in(history) == Names{"refused and applied", "refused and applied", "refused and applied"});
  event_at(history, 2).mark = "";
  event_at(history, 3).mark = "";
  CHECK(found_in(history) == Names{"refused and applied", "half applied"});
}

TEST_CASE("an answer with another id, or a position before its event, is told") {
  History history = sound();
  history.claims[0].ids[0] = "other";
  CHECK(found_in(history) == Names{"answered otherwise"});
  history = sound();
  history.claims[2].position = 4;
  CHECK(found_in(history) == Names{"answered otherwise"});
}

TEST_CASE("a refusal of what nothing is wrong with is told") {
  History history = sound();
  history.claims.back().is_refusable = false;
  CHECK(found_in(history) == Names{"refused wrongly"});
}

TEST_CASE("what nobody answered, or nobody asked for, is told") {
  History history = sound();
  history.claims.push_back(claim({"open"}, Outcome::open, 0));
  CHECK(found_in(history) == Names{"never answered"});
  history = sound();
  history.claims.pop_back();
  history.claims.erase(history.claims.begin());
  CHECK(found_in(history) == Names{"unasked"});
}

TEST_CASE("a tenant's sequence must be dense, in order, and in one partition") {
  History history = sound();
  event_at(history, 6).sequence = 6;
  history.claims[2].position = 6;
  CHECK(found_in(history) == Names{"sequence broken"});
  history = sound();
  event_at(history, 6).sequence = 4;
  CHECK(found_in(history) == Names{"sequence broken"});
  history = sound();
  history.partitions["events-1"] = {{0, OwnerRecord{"a"}}, {1, event(6, 0, "six")}};
  history.claims.push_back(claim({"six"}, Outcome::applied, 6));
  CHECK(found_in(history) == Names{"in two partitions"});
}

TEST_CASE("an event of a deposed owner after its successor's record is told, and does not count") {
  History history = sound();
  event_at(history, 6).owner_epoch = 1;
  CHECK(found_in(history) == Names{"of a deposed owner", "lost"});
  history = sound();
  event_at(history, 6).owner_epoch = 10;  // an epoch that nobody had
  CHECK(found_in(history) == Names{"of a deposed owner", "lost"});
  history = sound();
  history.partitions["events-1"] = {{0, Event{.tenant = "other", .id = "x", .type = "", .subject = "", .sequence = 1}}};
  CHECK(found_in(history) == Names{"of a deposed owner"});  // before any owner record
}

TEST_CASE(
    "a note of the owner's has no place in the sequence; one of a deposed owner and one that came before are told") {
  History history = sound();
  auto& entries = history.partitions["events-0"];
  entries.insert(entries.begin() + 2, {3, Note{"school", "n", 1}});
  CHECK(found_in(history) == Names{});
  entries.push_back({11, Note{"school", "m", 1}});
  CHECK(found_in(history) == Names{"of a deposed owner"});
  entries.back() = {11, Note{"school", "n", 9}};
  CHECK(found_in(history) == Names{"doubled"});
}

TEST_CASE("a foreign record, a read that is behind and tables that differ are told") {
  History history = sound();
  history.partitions["events-0"].push_back({11, Foreign{"no ce_id"}});
  CHECK(found_in(history) == Names{"foreign record"});
  history = sound();
  history.reads.push_back({"school", "/v1/students/five-id", "a", 5, 404});
  CHECK(found_in(history) == Names{"read behind"});
  history = sound();
  history.tables["b"] = "another";
  CHECK(found_in(history) == Names{"tables differ"});
}

}  // namespace
}  // namespace tenantry::chaos
