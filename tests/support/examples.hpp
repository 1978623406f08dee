// The examples of a document: each line "$ command" of its ```console blocks with the lines that it shows as printed,
// in which "…" stands for what differs from run to run. check_example() runs one and compares.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace tenantry::test {

struct Example {
  std::string command;
  std::vector<std::string> output;
};

inline std::vector<Example> examples_of(const std::string& path) {
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

inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// Whether the line is the pattern's pieces between "…", in order, with something of any length where each "…" stands.
inline bool matches(const std::string& line, const std::string& pattern) {
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

// Runs the command, which may differ from the document's in addresses, and holds what it prints against the document.
inline void check_example(const std::string& command, const std::vector<std::string>& expected) {
  Finished finished = run({"bash", "-c", command});
  std::vector<std::string> printed;
  std::istringstream lines(replaced(finished.output, "\r", ""));
  for (std::string line; std::getline(lines, line);) printed.push_back(line);
  while (!printed.empty() && printed.back().empty()) printed.pop_back();
  CAPTURE(command, finished.output, finished.errors);
  REQUIRE(printed.size() == expected.size());
  for (std::size_t index = 0; index < printed.size(); ++index) {
    CAPTURE(printed[index], expected[index]);
    CHECK(matches(printed[index], expected[index]));
  }
}

}  // namespace tenantry::test
