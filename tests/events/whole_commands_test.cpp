// Which records make whole commands: held to the events that were decided, however they were torn.
#include "events/whole_commands.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "domain/kernel/platform.hpp"
#include "events/identifiers.hpp"

namespace tenantry::events {
namespace {

Record event(const std::string& command, std::uint64_t sequence, CommandPart part = {}) {
  Record record;
  record.attributes.id = fresh_id();
  record.attributes.tenant = platform_id;
  record.attributes.source = "/platform";
  record.attributes.type = "t.v1";
  record.attributes.subject = "s/1";
  record.attributes.command_id = command;
  record.attributes.sequence = sequence;
  record.attributes.command_part = part;
  record.data = "{}";
  return record;
}

// The positions that are visited of these records, and where a command is open at the end.
struct Read {
  std::vector<Position> visited;
  std::optional<Position> open_from;

  bool operator==(const Read&) const = default;
};

Read read(const std::vector<std::string>& log) {
  Read read;
  WholeCommands whole([&](Position position, std::string_view bytes) {
    CHECK(bytes == log.at(position));
    return read.visited.push_back(position), true;
  });
  for (Position position = 0; position < log.size(); ++position) CHECK(whole.take(position, log[position]));
  read.open_from = whole.open_from();
  return read;
}

std::vector<std::string> bytes_of(const std::vector<Record>& records) {
  std::vector<std::string> all;
  for (const Record& each : records) encode_record(each, all.emplace_back());
  return all;
}

Read read(const std::vector<Record>& records) {
  return read(bytes_of(records));
}

const Record lone = event("1", 5), one = event("2", 5, {1, 3}), two = event("2", 6, {2, 3}),
             three = event("2", 7, {3, 3});

}  // namespace

TEST_CASE("events of a command are visited once its last has come", "[several]") {
  CHECK(read({lone, lone}) == Read{{0, 1}, {}});
  CHECK(read({lone, one, two, three, lone}) == Read{{0, 1, 2, 3, 4}, {}});
  CHECK(read({lone, one, two}) == Read{{0}, 1});
  CHECK(read({one}) == Read{{}, 0});
}

TEST_CASE("events that anything else follows than the next of their command are passed over", "[several]") {
  CHECK(read({one, two, lone}) == Read{{2}, {}});
  CHECK(read({one, one, two, three}) == Read{{1, 2, 3}, {}});
  CHECK(read({one, two, one}) == Read{{}, 2});
  CHECK(read({two, three, lone}) == Read{{2}, {}});
  CHECK(read({three}) == Read{{}, {}});
  CHECK(read({one, three, two}) == Read{{}, {}});
  Record of_another = two;
  of_another.attributes.tenant.value = fresh_id();
  Record of_another_owner = two;
  of_another_owner.attributes.owner_epoch = 9;
  for (const Record& other :
       {of_another, of_another_owner, event("3", 6, {2, 3}), event("2", 6, {2, 4}), event("2", 8, {2, 3})}) {
    CHECK(read({one, other, three}) == Read{{}, {}});
  }
}

TEST_CASE("what is no record, or cannot be read, ends a command and is visited", "[several]") {
  for (const std::string& other :
       {std::string{"\x80 note"}, std::string{"\x00 foreign", 9}, std::string{"\x02 damaged"}}) {
    std::vector<std::string> log = bytes_of({one, two, three, lone});
    CHECK(read({other, log[0], log[1], log[2], other}) == Read{{0, 1, 2, 3, 4}, {}});
    CHECK(read({log[0], other, log[1], log[2], log[3]}) == Read{{1, 4}, {}});
  }
}

TEST_CASE("a visitor stops within a command", "[several]") {
  std::vector<std::string> log = bytes_of({one, two, three});
  int visited = 0;
  WholeCommands whole([&](Position, std::string_view) { return ++visited < 2; });
  CHECK(whole.take(0, log[0]));
  CHECK(whole.take(1, log[1]));
  CHECK_FALSE(whole.take(2, log[2]));
  CHECK(visited == 2);
}

TEST_CASE("whoever reads a log finds the commands that are whole, whatever was torn where", "[several]") {
  std::mt19937 random{7};
  for (int round = 0; round < 300; ++round) {
    std::vector<Record> log;
    std::vector<Position> decided;
    std::uint64_t sequence = 0;
    for (int command = 0; command < 40; ++command) {
      auto count = static_cast<std::uint32_t>(1 + random() % 4);
      std::uint32_t written = random() % 3 == 0 ? static_cast<std::uint32_t>(random() % count) : count;
      for (std::uint32_t place = 1; place <= written; ++place) {
        if (written == count) decided.push_back(log.size());
        log.push_back(event("c" + std::to_string(command), sequence + place, {place, count}));
      }
      if (written == count) sequence += count;  // else its sequences are used again
    }
    REQUIRE(read(log).visited == decided);
  }
}

}  // namespace tenantry::events
