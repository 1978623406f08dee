// The order and the bytes of what process managers have to do.
#include "projections/pending_rows.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "events/identifiers.hpp"
#include "projections/keys.hpp"

using namespace tenantry;
using namespace tenantry::projections;
using events::engine::PendingWork;

TEST_CASE("the keys of pending work stand in the order in which it falls due, and come back") {
  std::vector<PendingWork> works;
  for (std::int64_t due : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0}, std::int64_t{1},
                           std::int64_t{1'700'000'000'000}, std::numeric_limits<std::int64_t>::max()}) {
    for (std::uint64_t sequence : {1u, 2u, 255u, 256u, 70'000u}) {
      works.push_back({{due}, about_event(sequence), "a.process"});
    }
  }
  std::vector<std::string> keys;
  for (const PendingWork& work : works) keys.push_back(pending_key(work));
  CHECK(std::ranges::is_sorted(keys));
  for (std::size_t index = 0; index < works.size(); ++index) CHECK(read_pending_key(keys[index]) == works[index]);
  CHECK(sequence_about(about_event(70'000)) == 70'000);
  CHECK(events::hex(pending_key({{1'700'000'000'000}, about_event(42), "a.b"})) ==
        "708000018bcfe568000000000000000000000000000000002a612e62");
}

TEST_CASE("a key that no process manager's name ends is damage") {
  std::string key = pending_key({{1}, {events::fresh_id()}, "a.process"});
  for (std::size_t size = 0; size <= key.size() - 9; ++size) {
    CHECK_THROWS_AS(read_pending_key(key.substr(0, size)), DamagedRows);
  }
  CHECK_THROWS_AS(read_pending_key(key + "\n"), DamagedRows);
}
