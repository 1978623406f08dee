#include "events/backend.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "events/kafka/backend.hpp"
#include "storage/resources.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace tenantry;
using events::Backend;
using events::LogOptions;

TEST_CASE("backends have names and folders of their own, and the first is the default") {
  std::set<std::string_view> names, folders;
  for (const Backend& each : events::backends()) {
    names.insert(each.name);
    folders.insert(each.folder);
    CHECK(&events::backend_named(each.name) == &each);
  }
  CHECK(names.size() == events::backends().size());
  CHECK(folders.size() == events::backends().size());
  CHECK(LogOptions{}.backend == events::backends().front().name);
  CHECK_THROWS_WITH(events::backend_named("paper"), "there is no log backend paper");
}

TEST_CASE("a backend finds the log that it made, and how many partitions it has") {
  test::TemporaryFolder folder;
  storage::Resources resources;
  LogOptions options{.tenant_partitions = 3};
  const Backend& backend = events::backend_named(options.backend);
  CHECK(backend.holds_log(folder.path()) == false);
  CHECK(backend.expected_partitions(folder.path(), {}) == backend.tenant_partitions);
  CHECK(backend.expected_partitions(folder.path(), options) == 3);
  {
    auto opened = backend.open(folder.path(), resources, options, {});
    REQUIRE(opened.has_value());
    CHECK(opened->shared == nullptr);
    CHECK(opened->notes.empty());
  }
  CHECK(backend.holds_log(folder.path()) == true);
  CHECK(backend.expected_partitions(folder.path(), {}) == 3);
  auto again = backend.open(folder.path(), resources, {}, {});
  REQUIRE(again.has_value());
  CHECK(again->log->partitions().size() == 4);
}

TEST_CASE("an option that a backend does not have is refused by its name") {
  test::TemporaryFolder folder;
  storage::Resources resources;
  for (const Backend& each : events::backends()) {
    LogOptions options{.backend = std::string{each.name}, .own = {{"colour", "red"}}};
    auto opened = each.open(folder.path(), resources, options, {});
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().kind == events::LogError::Kind::rejected);
    CHECK(opened.error().detail.find("colour") != std::string::npos);
  }
  LogOptions nameless{.backend = "kafka", .own = {{"property", "no equals sign"}}};
  CHECK_FALSE(events::kafka::kafka_options(nameless).has_value());
}

TEST_CASE("what a backend reads from its own options") {
  LogOptions options{.backend = "kafka", .tenant_partitions = 8, .node = "a", .address = "http://a:1"};
  options.own = {{"brokers", "one:9092"},
                 {"prefix", "school"},
                 {"property", "sasl.password=a=b"},
                 {"property", "security.protocol=SSL"}};
  auto read = events::kafka::kafka_options(options).value();
  CHECK(read.bootstrap == "one:9092");
  CHECK(read.prefix == "school");
  CHECK(read.properties == std::map<std::string, std::string>{{"sasl.password", "a=b"}, {"security.protocol", "SSL"}});
  CHECK(read.tenant_partitions == 8);
  CHECK(read.node == "a");
  CHECK(read.address == "http://a:1");
}

TEST_CASE("without topics of its own a log is described by those that a copy of it would have") {
  auto of_copy = events::event_topics({});
  CHECK(of_copy.tenants == "tenantry.events");
  CHECK(of_copy.platform == "tenantry.platform");
  CHECK(of_copy.servers.empty());
  auto own =
      events::event_topics({.backend = "kafka", .own = {{"brokers", "one:9092,two:9092"}, {"prefix", "school"}}});
  CHECK(own.tenants == "school.events");
  CHECK(own.servers == std::vector<std::string>{"one:9092", "two:9092"});
}
