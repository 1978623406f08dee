// The README's tour: every command in it is run against a server with the demo, and must print what the README shows,
// where "…" stands for what differs from run to run.
#include <catch2/catch.hpp>

#include <fstream>

#include "tests/support/temporary_folder.hpp"
#include "tests/system/loaded_demo.hpp"

using namespace tenantry::test;

namespace {

struct Example {
  std::string command;
  std::vector<std::string> output;
};

// The blocks that begin with ```console: a line "$ command", then what it prints.
std::vector<Example> examples_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<Example> examples;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ ")) {
      examples.push_back({line.substr(2), {}});
    } else if (inside) {
      examples.back().output.push_back(line);
    }
  }
  return examples;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// Whether the line is the pattern's pieces between "…", in order, with something of any length where each "…" stands.
bool matches(const std::string& line, const std::string& pattern) {
  const std::string any = "…";
  std::size_t at = 0;
  std::size_t from = 0;
  for (;;) {
    std::size_t until = pattern.find(any, from);
    std::string piece = pattern.substr(from, until == std::string::npos ? until : until - from);
    if (until == std::string::npos)
      return from == 0 ? line == piece : line.size() >= at + piece.size() && line.ends_with(piece);
    std::size_t found = from == 0 ? (line.starts_with(piece) ? 0 : std::string::npos) : line.find(piece, at);
    if (found == std::string::npos) return false;
    at = found + piece.size();
    from = until + any.size();
  }
}

}  // namespace

TEST_CASE("a line matches a pattern only if all of its pieces are there, in order") {
  CHECK(matches("id 7 at 12:00", "id … at …"));
  CHECK(matches("same", "same"));
  CHECK_FALSE(matches("same.", "same"));
  CHECK_FALSE(matches("at 12:00 id 7", "id … at …"));
  CHECK_FALSE(matches("id 7 at 12:00!", "id … at 12:00"));
}

TEST_CASE("every command of the README's tour prints what the README says") {
  DemoCopy demo;
  Server server(demo.path());
  auto examples = examples_of(TENANTRY_SOURCE_DIR "/README.md");
  REQUIRE(examples.size() >= 15);
  for (const Example& example : examples) {
    CAPTURE(example.command);
    std::string command = replaced(example.command, "localhost:8080", "localhost:" + std::to_string(server.port()));
    auto printed = lines_of(replaced(run({"bash", "-c", command}).output, "\r", ""));
    while (!printed.empty() && printed.back().empty()) printed.pop_back();
    REQUIRE(printed.size() == example.output.size());
    for (std::size_t index = 0; index < printed.size(); ++index) {
      CAPTURE(printed[index], example.output[index]);
      CHECK(matches(printed[index], example.output[index]));
    }
  }
}
