// A full disk: appends fail and say how, reads go on, and writing resumes when there is room.
#include <random>

#include "tests/events/embedded_log_fixture.hpp"
#include "tests/support/small_disk.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::embedded;
using contract::first_partition;
using contract::must_append;

namespace {

// What no table file holds in less space: a flush that compressed the records would make room as fast as they come.
std::string incompressible(std::size_t bytes) {
  std::mt19937 random(1);
  std::string text(bytes, '\0');
  for (char& each : text) each = static_cast<char>(random());
  return text;
}

// Appends until an append fails; what was answered goes to `kept`.
LogError append_until_failure(Log& log, std::vector<std::string>& kept) {
  std::string filling = incompressible(20'000);
  for (int number = 0; number < 100'000; ++number) {
    std::string record = std::to_string(number) + filling;
    auto appended = log.append(first_partition, {record});
    if (!appended) return appended.error();
    kept.push_back(record);
  }
  return {LogError::Kind::unavailable, "the disk did not fill"};
}

struct FullDisk {
  explicit FullDisk(std::uint64_t free_bytes_min) : options{.tenant_partitions = 2, .free_bytes_min = free_bytes_min} {
    if (!disk.mounted()) WARN("not tested: no small disk can be mounted here (" << disk.why() << ")");
  }

  void open() {
    log.reset();
    auto opened = EmbeddedLog::open(disk.path() + "/log", resources, options);
    if (!opened) FAIL(opened.error().detail);
    log = std::move(*opened);
  }

  void check_kept() const { CHECK((contract::read_all(*log, first_partition).records == kept)); }

  test::SmallDisk disk{128};
  storage::Resources resources;
  EmbeddedLogOptions options;
  std::unique_ptr<EmbeddedLog> log;
  std::vector<std::string> kept;
};

}  // namespace

TEST_CASE("appends are rejected with certainty while room is short") {
  FullDisk full(16u << 20);
  if (!full.disk.mounted()) return;
  full.open();
  auto error = append_until_failure(*full.log, full.kept);
  CHECK(error.kind == LogError::Kind::rejected);
  CHECK_THAT(error.detail, Catch::Matchers::Contains("no space"));
  CHECK(full.log->end(first_partition).value() == full.kept.size());
  full.check_kept();
}

TEST_CASE("an append that the disk refused half-way is in doubt until room is made, and never comes back") {
  FullDisk full(0);
  if (!full.disk.mounted()) return;
  full.open();
  full.kept.push_back("before");
  must_append(*full.log, first_partition, full.kept);
  full.disk.fill();
  auto error = append_until_failure(*full.log, full.kept);
  CHECK(error.kind == LogError::Kind::unknown);

  auto end = full.log->end(first_partition);
  REQUIRE_FALSE(end);
  CHECK(end.error().kind == LogError::Kind::unavailable);
  auto again = full.log->append(first_partition, {"still full"});
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == LogError::Kind::rejected);
  full.check_kept();

  full.disk.free();
  CHECK(full.log->end(first_partition).value() == full.kept.size());
  must_append(*full.log, first_partition, {"healed"});
  full.kept.push_back("healed");
  full.check_kept();
  full.open();
  full.check_kept();
  CHECK(full.log->recovery_notes().empty());
}

TEST_CASE("a log whose last append the disk refused opens again with what was answered") {
  FullDisk full(0);
  if (!full.disk.mounted()) return;
  full.open();
  full.disk.fill();
  CHECK(append_until_failure(*full.log, full.kept).kind == LogError::Kind::unknown);
  full.log.reset();
  full.disk.free();
  full.open();
  full.check_kept();
  must_append(*full.log, first_partition, {"after"});
}
