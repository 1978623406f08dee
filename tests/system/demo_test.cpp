// The demo, held to what its source publishes.
#include <catch2/catch.hpp>

#include "tests/system/loaded_demo.hpp"

namespace tenantry::test {
namespace {

// Registrations as published (Sci. Data 4:170171, module table); outcomes counted in the dataset's studentInfo.csv.
struct Expected {
  std::string slug;
  std::vector<int> counts;  // registrations, pass, distinction, fail, withdrawn
};
const std::vector<Expected> expected = {
    {"aaa", {748, 487, 44, 91, 126}},
    {"bbb", {7909, 3077, 677, 1767, 2388}},
    {"ccc", {4434, 1180, 498, 781, 1975}},
    {"ddd", {6272, 2227, 383, 1412, 2250}},
    {"eee", {2934, 1294, 356, 562, 722}},
    {"fff", {7762, 2978, 670, 1711, 2403}},
    {"ggg", {2534, 1118, 396, 728, 292}},
    {"together", {32593, 12361, 3024, 7052, 10156}},
    {"published", {32593, 12361, 3024, 7052, 10156}},
};

std::vector<int> counts_printed(const std::string& output, const std::string& name) {
  for (const std::string& line : lines_of(output)) {
    std::istringstream words(line);
    std::string first;
    if (!(words >> first) || first != name) continue;
    std::vector<int> counts(5);
    for (int& count : counts) words >> count;
    return counts;
  }
  return {};
}

TEST_CASE("the demo's tables hold the published counts") {
  const Finished& demo = LoadedDemo::once().finished;
  INFO(demo.output << demo.errors);
  REQUIRE(demo.code == 0);
  for (const Expected& each : expected) {
    INFO(each.slug);
    CHECK(counts_printed(demo.output, each.slug) == each.counts);
  }
  CHECK(demo.output.find("equal the published ones") != std::string::npos);
  CHECK(demo.output.find("commands/s") == std::string::npos);
  CHECK(demo.output.find("/s") != std::string::npos);
}

TEST_CASE("what the demo prints is what a server answers") {
  DemoCopy copy;
  Server server(copy.path());
  HttpClient client = server.client();
  for (std::size_t index = 0; index < 7; ++index) {
    const Expected& each = expected[index];
    INFO(each.slug);
    json statistics = json_of(client.get("/v1/statistics", of(each.slug)));
    CHECK(statistics.at("registrations") == each.counts[0]);
    CHECK(statistics.at("passed") == each.counts[1]);
    CHECK(statistics.at("distinctions") == each.counts[2]);
    CHECK(statistics.at("failed") == each.counts[3]);
    CHECK(statistics.at("withdrawn") == each.counts[4]);
  }
  // A row of the files: AAA 2013J, student 11391, TMA 1752, score 78.
  json students = json_of(client.get("/v1/students?number=11391", of("aaa")));
  REQUIRE(students.at("items").size() == 1);
  std::string id = students.at("items").at(0).at("id");
  json results = json_of(client.get("/v1/students/" + id + "/results", of("aaa")));
  bool has_score = false;
  for (const json& result : results.at("items")) has_score = has_score || result.value("score", 0.0) == 78.0;
  CHECK(has_score);
  CHECK(server.stop() == 0);
}

TEST_CASE("loading the demo twice changes nothing") {
  DemoCopy copy;
  auto before = digests(copy.path());
  Finished again = tenantry({"demo", "--data", copy.path()});
  INFO(again.output << again.errors);
  CHECK(again.code == 0);
  CHECK(again.output.find("made 0 events") != std::string::npos);
  CHECK(digests(copy.path()) == before);
}

TEST_CASE("an interrupted demo is finished by loading it again") {
  TemporaryFolder folder;
  for (int signal : {SIGKILL, SIGTERM}) {
    Process demo(program({"demo", "--data", folder / "data"}));
    CHECK(comes_true([&] { return demo.output().find("0%") != std::string::npos || !demo.is_running(); }));
    demo.kill(signal);
    int code = demo.wait();
    INFO(demo.output() << demo.errors());
    CHECK(code == (signal == SIGKILL ? 128 + SIGKILL : 1));
  }
  // serve --demo-if-empty sees that the load was interrupted.
  Server server(folder / "data", {"--demo-if-empty"});
  REQUIRE(server.serves());
  CHECK(server.process().output().find("equal the published ones") != std::string::npos);
  CHECK(server.stop() == 0);
  CHECK(contents(folder / "data") == contents(LoadedDemo::once().path()));
}

TEST_CASE("the demo goes through a running server's API as well") {
  TemporaryFolder folder;
  Server server(folder / "data");
  REQUIRE(server.serves());
  Finished refused = tenantry({"demo", "--data", folder / "data"});
  CHECK(refused.code == 1);
  CHECK(refused.errors.find("is in use by process " + std::to_string(server.process().id())) != std::string::npos);
  CHECK(refused.errors.find("--url") != std::string::npos);
  Finished loaded = tenantry({"demo", "--url", server.url()});
  INFO(loaded.output << loaded.errors);
  CHECK(loaded.code == 0);
  CHECK(counts_printed(loaded.output, "together") == expected[7].counts);
  Finished again = tenantry({"demo", "--url", server.url()});
  CHECK(again.output.find("made 0 events") != std::string::npos);
  CHECK(server.stop() == 0);
  CHECK(contents(folder / "data") == contents(LoadedDemo::once().path()));
}

}  // namespace
}  // namespace tenantry::test
