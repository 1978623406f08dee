// Opening: what else may be in the folder, and who else may have it open.
#include <unistd.h>

#include "tests/events/embedded_log_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::embedded;
using Catch::Matchers::Contains;
using contract::first_partition;
using contract::must_append;

TEST_CASE("a log keeps the number of partitions it was made with") {
  EmbeddedLogFixture fixture({.tenant_partitions = 3});
  CHECK(fixture.log().partitions().size() == 4);
  CHECK(fixture.log().partitions().front() == Partition{Stream::platform, 0});
  fixture.close();
  auto opened = fixture.try_open({.tenant_partitions = 5});
  REQUIRE_FALSE(opened);
  CHECK(opened.error().kind == LogError::Kind::unavailable);
  CHECK_THAT(opened.error().detail, Contains("3 tenant partitions") && Contains("with 5"));
  CHECK(fixture.try_open());
}

TEST_CASE("a log is open once at a time") {
  EmbeddedLogFixture fixture;
  auto second = fixture.try_open();
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == LogError::Kind::unavailable);
  CHECK_THAT(second.error().detail, Contains("in use by process " + std::to_string(::getpid())));
  must_append(fixture.log(), first_partition, {"undisturbed"});
  fixture.close();
  CHECK(fixture.try_open());
}

TEST_CASE("a folder that is no log is refused and left alone") {
  test::TemporaryFolder folder;
  storage::Resources resources;
  test::write_file(folder / "holiday.jpg", "pixels");
  auto opened = EmbeddedLog::open(folder.path(), resources);
  REQUIRE_FALSE(opened);
  CHECK_THAT(opened.error().detail, Contains("is not the folder of a log") && Contains("holiday.jpg"));
  CHECK_FALSE(std::filesystem::exists(folder / "records"));
}

TEST_CASE("a half-copied log is refused") {
  EmbeddedLogFixture fixture;
  must_append(fixture.log(), first_partition, {"a"});
  fixture.close();
  std::filesystem::remove(fixture.records_path() + "/CURRENT");
  auto opened = fixture.try_open();
  REQUIRE_FALSE(opened);
  CHECK(opened.error().kind == LogError::Kind::corrupt);
  CHECK_THAT(opened.error().detail, Contains("CURRENT is missing"));
}

TEST_CASE("a creation that was interrupted is begun anew") {
  test::TemporaryFolder folder;
  storage::Resources resources;
  std::filesystem::create_directories(folder / "records.creating");
  test::write_file(folder / "records.creating/CURRENT", "half of it");
  auto opened = EmbeddedLog::open(folder.path(), resources);
  REQUIRE(opened);
  must_append(**opened, first_partition, {"a"});
  CHECK_FALSE(std::filesystem::exists(folder / "records.creating"));
}

TEST_CASE("an append beyond the limit is rejected and leaves nothing") {
  EmbeddedLogFixture fixture({.tenant_partitions = 2, .append_bytes_max = 1000});
  auto refused = fixture.log().append(first_partition, {std::string(600, 'x'), std::string(600, 'x')});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == LogError::Kind::rejected);
  CHECK(fixture.log().end(first_partition).value() == 0);
}
