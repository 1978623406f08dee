// The README's tour: every command in it is run against a server with the demo, and must print what the README shows,
// where "…" stands for what differs from run to run.
#include <catch2/catch.hpp>

#include "tests/support/examples.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/system/loaded_demo.hpp"

using namespace tenantry::test;

TEST_CASE("a line matches a pattern only if all of its pieces are there, in order") {
  CHECK(matches("id 7 at 12:00", "id … at …"));
  CHECK(matches("same", "same"));
  CHECK_FALSE(matches("same.", "same"));
  CHECK_FALSE(matches("at 12:00 id 7", "id … at …"));
  CHECK_FALSE(matches("id 7 at 12:00!", "id … at 12:00"));
}

TEST_CASE("every command of the page on security prints what it says, on a server that takes tokens") {
  DemoCopy demo;
  Server server(demo.path(), {"--dev", "--public-url", "http://127.0.0.1"});
  auto examples = examples_of(TENANTRY_SOURCE_DIR "/docs/SECURITY.md");
  REQUIRE(examples.size() >= 6);
  const std::string url = "http://127.0.0.1:" + std::to_string(server.port());
  for (const Example& example : examples) {
    std::string command = replaced(example.command, "localhost:8080", "localhost:" + std::to_string(server.port()));
    command = replaced(command, "$(tenantry token",
                       std::string{"$("} + TENANTRY_PROGRAM + " token --data " + demo.path() + " --url " + url);
    check_example(command, example.output);
  }
}

TEST_CASE("every command of the README's tour prints what the README says") {
  DemoCopy demo;
  Server server(demo.path());
  auto examples = examples_of(TENANTRY_SOURCE_DIR "/README.md");
  REQUIRE(examples.size() >= 15);
  for (const Example& example : examples) {
    check_example(replaced(example.command, "localhost:8080", "localhost:" + std::to_string(server.port())),
                  example.output);
  }
}
