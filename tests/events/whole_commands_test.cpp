// Which records make whole commands: held to the events that were decided, however they were torn.
#include "events/whole_commands.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace tenantry::events {
namespace {

const std::vector<std::string> names = [] {
  std::vector<std::string> names;
  for (int number = 0; number < 2000; ++number) names.push_back("c" + std::to_string(number));
  return names;
}();

AttributesView event(std::size_t command, std::uint64_t sequence, CommandPart part = {}) {
  AttributesView attributes;
  attributes.command_id = names.at(command);
  attributes.sequence = sequence;
  attributes.command_part = part;
  return attributes;
}

Run run_of(const std::vector<AttributesView>& records) {
  std::vector<const AttributesView*> pointers;
  for (const AttributesView& each : records) pointers.push_back(&each);
  return first_run(pointers);
}

void check_run(const std::vector<AttributesView>& records, std::size_t count, Run::Kind kind) {
  Run run = run_of(records);
  CHECK(run.records == count);
  CHECK(run.kind == kind);
}

}  // namespace

TEST_CASE("a command is whole, torn or open by what follows", "[several]") {
  using Kind = Run::Kind;
  AttributesView lone = event(1, 5);
  AttributesView one = event(2, 5, {1, 3}), two = event(2, 6, {2, 3}), three = event(2, 7, {3, 3});
  check_run({lone, one}, 1, Kind::whole);
  check_run({one, two, three, lone}, 3, Kind::whole);
  check_run({one, two, three}, 3, Kind::whole);
  check_run({one, two}, 2, Kind::open);
  check_run({one}, 1, Kind::open);
  check_run({one, two, lone}, 2, Kind::torn);
  check_run({one, one, two, three}, 1, Kind::torn);
  check_run({two, three, lone}, 2, Kind::torn);
  check_run({three}, 1, Kind::torn);
  check_run({one, three}, 1, Kind::torn);
  AttributesView of_another = two;
  of_another.tenant.value.bytes[0] = 1;
  AttributesView of_another_owner = two;
  of_another_owner.owner_epoch = 9;
  check_run({one, of_another, three}, 1, Kind::torn);
  check_run({one, of_another_owner, three}, 1, Kind::torn);
  check_run({one, event(3, 6, {2, 3}), three}, 1, Kind::torn);
  check_run({one, event(2, 6, {2, 4}), three}, 1, Kind::torn);
  check_run({one, event(2, 8, {2, 3}), three}, 1, Kind::torn);
  const AttributesView* between[] = {&one, nullptr, &two, &three};  // a note, or what cannot be read
  CHECK(first_run(between).kind == Kind::torn);
  CHECK(first_run(std::span{between}.subspan(1)).kind == Kind::whole);
}

TEST_CASE("whoever reads a log finds the commands that are whole, whatever was torn where", "[several]") {
  std::mt19937 random{7};
  for (int round = 0; round < 300; ++round) {
    std::vector<AttributesView> log;
    std::vector<std::size_t> decided;
    std::uint64_t sequence = 0;
    for (std::size_t command = 0; command < 40; ++command) {
      auto count = static_cast<std::uint32_t>(1 + random() % 4);
      std::uint32_t written = random() % 3 == 0 ? static_cast<std::uint32_t>(random() % count) : count;
      for (std::uint32_t place = 1; place <= written; ++place) {
        log.push_back(event(command, sequence + place, {place, count}));
      }
      if (written < count) continue;  // its sequences are used again
      sequence += count;
      decided.push_back(command);
    }
    std::vector<std::size_t> found;
    std::uint64_t last = 0;
    for (std::size_t at = 0; at < log.size();) {
      std::vector<AttributesView> rest{log.begin() + static_cast<std::ptrdiff_t>(at), log.end()};
      Run run = run_of(rest);
      if (run.kind == Run::Kind::open) break;
      if (run.kind == Run::Kind::whole) {
        found.push_back(static_cast<std::size_t>(std::stoi(std::string{rest.front().command_id.substr(1)})));
        REQUIRE(rest.front().sequence == last + 1);
        last += run.records;
      }
      at += run.records;
    }
    REQUIRE(found == decided);
  }
}

}  // namespace tenantry::events
