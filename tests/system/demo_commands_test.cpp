// The parts of the demo and of the command line that can be tried without a process: files, commands, addresses.
#include <catch2/catch.hpp>

#include <set>

#include "api/client/http_client.hpp"
#include "api/demo/csv.hpp"
#include "api/demo/embedded_files.hpp"
#include "api/demo/oulad_commands.hpp"
#include "api/demo/published_counts.hpp"
#include "api/handlers/load_line.hpp"

namespace tenantry::api {
namespace {

std::vector<std::vector<std::string>> rows_of(std::string_view text, const std::vector<std::string_view>& columns) {
  std::vector<std::vector<std::string>> rows;
  demo::read_csv(text, columns, [&](demo::CsvRow row) { rows.emplace_back(row.begin(), row.end()); });
  return rows;
}

TEST_CASE("CSV columns are found by name, with and without quotation marks") {
  std::string_view text = "a,\"b\",c\r\n1,\"2,x\",3\r\n\"\",,\r\n";
  CHECK(rows_of(text, {"c", "b"}) == std::vector<std::vector<std::string>>{{"3", "2,x"}, {"", ""}});
  CHECK(rows_of("a,b\n1,2", {"a"}) == std::vector<std::vector<std::string>>{{"1"}});
}

TEST_CASE("CSV that is not what it should be is refused with its line") {
  CHECK_THROWS_WITH(rows_of("a,b\n1,2\n", {"d"}), Catch::Contains("no column d"));
  CHECK_THROWS_WITH(rows_of("a,b\n1,2\n1\n", {"a"}), Catch::Contains("line 3"));
  CHECK_THROWS_WITH(rows_of("a\n\"1\n", {"a"}), Catch::Contains("line 2"));
  CHECK_THROWS_WITH(rows_of("a\n\"1\"2\n", {"a"}), Catch::Contains("line 2"));
}

TEST_CASE("the files in the program are the whole files") {
  CHECK(rows_of(demo::courses_csv(), {"code_module"}).size() == 22);
  CHECK(rows_of(demo::assessments_csv(), {"weight"}).size() == 206);
  CHECK(rows_of(demo::student_info_csv(), {"final_result"}).size() == 32'593);
  CHECK(rows_of(demo::student_registration_csv(), {"id_student"}).size() == 32'593);
  CHECK(rows_of(demo::student_assessment_csv(), {"score"}).size() == 36'184);
}

std::string lines_of(const demo::TenantLoad& load) {
  std::string lines = demo::registration_body(load.registration) + '\n';
  for (const auto& command : load.commands) demo::append_command_line(lines, command);
  return lines;
}

TEST_CASE("the demo's commands are the same each time, and every line can be read back") {
  auto loads = demo::oulad_loads();
  auto again = demo::oulad_loads();
  REQUIRE(loads.size() == 7);
  std::set<std::string> ids;
  std::size_t count = 0;
  for (std::size_t index = 0; index < loads.size(); ++index) {
    CHECK(loads[index].registration.slug == demo::published_registrations[index].slug);
    std::string lines = lines_of(loads[index]);
    CHECK(lines == lines_of(again[index]));
    ids.insert(loads[index].registration.tenant.text());
    for (const auto& command : loads[index].commands) {
      std::string line;
      demo::append_command_line(line, command);
      line.pop_back();  // its end
      auto read = read_load_line(line);
      if (!read) FAIL(line << read.error().detail);
      auto decoded = events::decode_command(read->command, read->data, {}, Uuid{});
      if (!decoded) FAIL(line << decoded.error().field << ' ' << decoded.error().detail);
      std::string back;
      demo::append_command_line(back, *decoded);
      if (back != line + '\n') FAIL(line << " became " << back);
      ++count;
    }
  }
  CHECK(ids.size() == 7);
  CHECK(count == 132'911);
}

TEST_CASE("counts that differ from the published ones are seen") {
  std::vector<demo::TenantCounts> counts;
  for (const auto& published : demo::published_registrations) {
    counts.push_back({std::string{published.slug}, {.registrations = published.count}});
  }
  auto& last = counts.back().statistics;
  last.passed = demo::published_passed;
  last.distinctions = demo::published_distinctions;
  last.failed = demo::published_failed;
  last.withdrawn = demo::published_withdrawn;
  CHECK(demo::compare_with_published(counts).equal);
  auto fewer_passes = counts;
  --fewer_passes.back().statistics.passed;
  CHECK_FALSE(demo::compare_with_published(fewer_passes).equal);
  auto moved = counts;  // the sums are right, two tenants are not
  ++moved[0].statistics.registrations;
  --moved[1].statistics.registrations;
  CHECK_FALSE(demo::compare_with_published(moved).equal);
}

TEST_CASE("addresses of servers are taken apart or refused") {
  auto plain = client::parse_url("http://127.0.0.1:8080");
  REQUIRE(plain);
  CHECK(plain->host == "127.0.0.1");
  CHECK(plain->port == 8080);
  CHECK(client::parse_url("http://[::1]:9/")->host == "[::1]");
  CHECK(client::parse_url("http://school.localhost")->port == 80);
  for (const char* wrong :
       {"", "127.0.0.1:8080", "https://x", "http://", "http://x:0", "http://x:70000", "http://x/y"}) {
    INFO(wrong);
    CHECK_FALSE(client::parse_url(wrong));
  }
  CHECK(client::percent_encoded("students/*") == "students%2F%2A");
}

}  // namespace
}  // namespace tenantry::api
