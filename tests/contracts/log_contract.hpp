// What every log backend is held to (events/log.hpp), written once. A backend's test instantiates it:
//
//   TEST_CASE("the embedded log keeps the log contract") { contract::check_log([] { return ...; }); }
//
// The function given makes a LogFixture over a log without records and with at least two tenant partitions, all of
// which may be appended to; each section gets its own. Positions may be sparse, so the checks never compute one from
// another. What is appended are records, told apart by a name in their data, under the epoch that the log demands.
#pragma once

#include <catch2/catch.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "domain/kernel/platform.hpp"
#include "events/identifiers.hpp"
#include "events/log.hpp"
#include "events/record.hpp"

namespace tenantry::events::contract {

class LogFixture {
 public:
  virtual ~LogFixture() = default;
  virtual Log& log() = 0;
  // Closes the log and opens the same one again.
  virtual void reopen() = 0;
};
using MakeLogFixture = std::function<std::unique_ptr<LogFixture>()>;

inline const Partition first_partition{Stream::tenants, 0};
inline const Partition second_partition{Stream::tenants, 1};

// The canonical bytes of a record whose data says its name and is filled up to a size.
inline std::string record_named(const Log& log, Partition partition, const std::string& name, std::size_t filling = 0) {
  Record record;
  record.attributes.id = fresh_id();
  record.attributes.tenant = platform_id;
  record.attributes.source = "/platform";
  record.attributes.type = "tenantry.test.named.v1";
  record.attributes.subject = "names/" + name;
  record.attributes.time = Instant::now();
  record.attributes.sequence = 1;
  record.attributes.owner_epoch = log.owner_epoch(partition);
  record.data = "{\"name\":\"" + name + "\",\"filling\":\"" + std::string(filling, 'x') + "\"}";
  std::string bytes;
  encode_record(record, bytes);
  return bytes;
}

inline std::string name_of(std::string_view bytes) {
  auto record = decode_record(bytes);
  if (!record) return "not a record";
  return std::string(record->attributes.subject.substr(std::string_view("names/").size()));
}

inline std::vector<std::string> records_named(const Log& log, Partition partition,
                                              const std::vector<std::string>& names) {
  std::vector<std::string> records;
  for (const auto& name : names) records.push_back(record_named(log, partition, name));
  return records;
}

struct Found {
  std::vector<Position> positions;
  std::vector<std::string> records;
  std::vector<std::string> names;
};

inline Found read_all(Log& log, Partition partition, Position from = 0) {
  Found found;
  auto read = log.read(partition, from, [&](Position position, std::string_view bytes) {
    found.positions.push_back(position);
    found.records.emplace_back(bytes);
    found.names.push_back(name_of(bytes));
    return true;
  });
  REQUIRE(read);
  return found;
}

inline Appended must_append(Log& log, Partition partition, const std::vector<std::string>& records) {
  auto appended = log.append(partition, records);
  if (!appended) FAIL(appended.error().detail);
  return *appended;
}
inline Appended append_named(Log& log, Partition partition, const std::vector<std::string>& names) {
  return must_append(log, partition, records_named(log, partition, names));
}

inline std::vector<std::string> numbered(const std::string& name, int count) {
  std::vector<std::string> names;
  for (int number = 0; number < count; ++number) names.push_back(name + std::to_string(number));
  return names;
}

inline void check_empty(LogFixture& fixture) {
  auto& log = fixture.log();
  CHECK(log.end(first_partition).value() == 0);
  CHECK(read_all(log, first_partition).records.empty());
  CHECK(log.read(first_partition, 0, [](Position, std::string_view) { return true; }).value() == 0);
}

inline void check_order(LogFixture& fixture) {
  auto& log = fixture.log();
  auto written = records_named(log, first_partition, {"a", "b", "c", "d"});
  auto first = must_append(log, first_partition, {written[0], written[1]});
  auto second = must_append(log, first_partition, {written[2], written[3]});
  CHECK(first.first < first.next);
  CHECK(first.next <= second.first);
  CHECK(log.end(first_partition).value() >= second.next);
  auto found = read_all(log, first_partition);
  CHECK((found.records == written));
  REQUIRE(found.positions.size() == 4);
  CHECK(found.positions[0] == first.first);
  CHECK(found.positions[1] == first.first + 1);
  CHECK(found.positions[2] == second.first);
  for (std::size_t index = 1; index < found.positions.size(); ++index) {
    CHECK(found.positions[index - 1] < found.positions[index]);
  }
}

inline void check_partitions_apart(LogFixture& fixture) {
  auto& log = fixture.log();
  const Partition platform{Stream::platform, 0};
  append_named(log, first_partition, {"one"});
  append_named(log, second_partition, {"two"});
  append_named(log, platform, {"three"});
  CHECK(read_all(log, first_partition).names == std::vector<std::string>{"one"});
  CHECK(read_all(log, second_partition).names == std::vector<std::string>{"two"});
  CHECK(read_all(log, platform).names == std::vector<std::string>{"three"});
  CHECK(std::ranges::count(log.partitions(), platform) == 1);
  CHECK(std::ranges::count(log.partitions(), second_partition) == 1);
  CHECK_FALSE(log.append({Stream::tenants, 1000}, records_named(log, first_partition, {"nowhere"})));
}

inline void check_read_from_and_stop(LogFixture& fixture) {
  auto& log = fixture.log();
  append_named(log, first_partition, numbered("r", 10));
  auto all = read_all(log, first_partition);
  auto tail = read_all(log, first_partition, all.positions[6]);
  CHECK(tail.names == std::vector<std::string>{"r6", "r7", "r8", "r9"});
  int visited = 0;
  auto go_on = log.read(first_partition, 0, [&](Position, std::string_view) { return ++visited < 3; });
  CHECK(visited == 3);
  CHECK(read_all(log, first_partition, go_on.value()).names.front() == "r3");
  auto end = log.end(first_partition).value();
  CHECK(read_all(log, first_partition, end).records.empty());
}

inline void check_read_at(LogFixture& fixture) {
  auto& log = fixture.log();
  append_named(log, first_partition, numbered("r", 600));
  auto all = read_all(log, first_partition).positions;
  std::vector<std::string> found;
  auto collect = [&](Position, std::string_view bytes) {
    found.push_back(name_of(bytes));
    return true;
  };
  REQUIRE(log.read_at(first_partition, {all[9], all[2], all[2], all[599]}, collect));
  CHECK(found == std::vector<std::string>{"r9", "r2", "r2", "r599"});
  found.clear();
  REQUIRE(log.read_at(first_partition, all, collect));
  CHECK(found == numbered("r", 600));
  auto missing = log.read_at(first_partition, {log.end(first_partition).value() + 5}, collect);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == LogError::Kind::corrupt);
}

inline void check_all_or_nothing(LogFixture& fixture) {
  auto& log = fixture.log();
  append_named(log, first_partition, {"kept"});
  auto end = log.end(first_partition).value();
  append_named(log, first_partition, {});
  CHECK(read_all(log, first_partition, end).records.empty());
  // A reader beside the appender sees whole appends only.
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  std::thread reader([&] {
    while (!done) {
      std::size_t count = 0;
      auto read = log.read(first_partition, end, [&](Position, std::string_view) { return ++count > 0; });
      if (!read || count % 50 != 0) ++torn;
    }
  });
  for (int round = 0; round < 40; ++round) {
    if (!log.append(first_partition, records_named(log, first_partition, numbered("r", 50)))) ++torn;
  }
  done = true;
  reader.join();
  CHECK(torn == 0);
  CHECK(read_all(log, first_partition, end).records.size() == 2000);
}

inline void check_concurrent_appends(LogFixture& fixture) {
  auto& log = fixture.log();
  constexpr int rounds = 100;
  std::atomic<int> failures = 0;
  auto write = [&](Partition partition, const std::string& name) {
    for (int round = 0; round < rounds; ++round) {
      if (!log.append(partition, {record_named(log, partition, name + std::to_string(round))})) ++failures;
    }
  };
  std::thread one([&] { write(first_partition, "one-"); });
  std::thread two([&] { write(second_partition, "two-"); });
  one.join();
  two.join();
  CHECK(failures == 0);
  CHECK(read_all(log, first_partition).names == numbered("one-", rounds));
  CHECK(read_all(log, second_partition).names == numbered("two-", rounds));
}

inline void check_reopen(LogFixture& fixture) {
  append_named(fixture.log(), first_partition, {"before"});
  auto end = fixture.log().end(first_partition).value();
  fixture.reopen();
  CHECK(fixture.log().end(first_partition).value() == end);
  CHECK(fixture.log().end(second_partition).value() == 0);
  append_named(fixture.log(), first_partition, {"after"});
  fixture.reopen();
  CHECK(read_all(fixture.log(), first_partition).names == std::vector<std::string>{"before", "after"});
}

inline void check_large_records(LogFixture& fixture) {
  auto& log = fixture.log();
  std::vector<std::string> large{record_named(log, first_partition, "a", 1u << 20),
                                 record_named(log, first_partition, "small"),
                                 record_named(log, first_partition, "b", (1u << 20) + 7)};
  must_append(log, first_partition, large);
  CHECK((read_all(log, first_partition).records == large));
  fixture.reopen();
  CHECK((read_all(fixture.log(), first_partition).records == large));
}

inline void check_log(const MakeLogFixture& make) {
  const std::vector<std::pair<const char*, void (*)(LogFixture&)>> promises{
      {"an empty partition ends at 0", check_empty},
      {"records come back in order, as they were", check_order},
      {"partitions do not see each other", check_partitions_apart},
      {"reading starts anywhere and stops when told", check_read_from_and_stop},
      {"records are read at given positions", check_read_at},
      {"an append is seen whole or not at all", check_all_or_nothing},
      {"partitions are appended to concurrently", check_concurrent_appends},
      {"what was appended is there after reopening", check_reopen},
      {"records of a megabyte", check_large_records}};
  for (const auto& [promise, check] : promises) {
    DYNAMIC_SECTION(promise) {
      check(*make());
    }
  }
}

}  // namespace tenantry::events::contract
