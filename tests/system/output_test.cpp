// Standard output that cannot be written: no command takes that for success, and none writes elsewhere instead.
#include <catch2/catch.hpp>

#include "tests/system/program.hpp"

namespace tenantry::test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string make_school(const std::string& data) {
  Server server(data);
  HttpClient client = server.client();
  make_tenant(client, "school");
  if (client.post("/v1/students", student("1").dump(), of("school")).status != 201)
    throw std::runtime_error("no student");
  server.stop();
  return data;
}

// As a shell starts it with this redirection.
Finished redirected(const std::string& redirection, std::vector<std::string> arguments) {
  std::vector<std::string> shell = {"/bin/sh", "-c", "exec \"$@\" " + redirection, "sh"};
  for (std::string& each : program(std::move(arguments))) shell.push_back(std::move(each));
  return run(std::move(shell));
}

TEST_CASE("output that is closed or cannot be written ends with 1 and a sentence") {
  TemporaryFolder folder;
  std::string data = make_school(folder / "data");
  for (const std::string redirection : {">&-", ">/dev/full"}) {
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"--help"},
                                               {"serve", "--help"},
                                               {"help"},
                                               {"help", "serve"},
                                               {"version"},
                                               {"--version"},
                                               {"documentation", "events"},
                                               {"events", "--data", data},
                                               {"digest", "--data", data},
                                               {"rebuild", "--data", data}}) {
      Finished finished = redirected(redirection, arguments);
      INFO(arguments.front() << ' ' << redirection << ": " << finished.errors);
      CHECK(finished.code == 1);
      CHECK(has(finished.errors, "the output cannot be written"));
    }
  }
}

TEST_CASE("what is printed to a closed output is not written into the data folder") {
  TemporaryFolder folder;
  std::string data = make_school(folder / "data");
  auto before = digests(data);
  for (const std::string redirection : {">&-", "<&- >&-", "<&- >&- 2>&-"}) {
    CHECK(redirected(redirection, {"events", "--data", data}).code == 1);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
      if (!entry.is_regular_file()) continue;
      // The log holds events in its own form, never as the JSON that is printed.
      INFO(redirection << ' ' << entry.path());
      CHECK_FALSE(has(read_file(entry.path()), "\"specversion\""));
    }
    CHECK(digests(data) == before);
  }
}

TEST_CASE("a server whose output and input are closed serves all the same") {
  TemporaryFolder folder;
  std::vector<std::string> shell = {"/bin/sh", "-c", "exec \"$@\" <&- >&-", "sh"};
  for (std::string& each : program({"serve", "--data", folder / "data", "--port", "0"}))
    shell.push_back(std::move(each));
  Process server(std::move(shell));
  CHECK(comes_true([&] { return has(server.errors(), "cannot be printed"); }));
  server.kill(SIGTERM);
  CHECK(server.wait() == 0);
}

}  // namespace
}  // namespace tenantry::test
