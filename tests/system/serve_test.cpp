// The server as a process: starting, stopping, its data folder, what it finds wrong there, and what it prints.
#include <catch2/catch.hpp>

#include "tests/system/loaded_demo.hpp"

namespace tenantry::test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A folder whose log ends with students registered one by one, and the path of the write-ahead log's last file.
std::string fill(const std::string& data, int students) {
  Server server(data);
  HttpClient client = server.client();
  make_tenant(client, "school");
  for (int number = 0; number < students; ++number) {
    REQUIRE(client.post("/v1/students", student(std::to_string(number)).dump(), of("school")).status == 201);
  }
  REQUIRE(server.stop() == 0);
  std::string last;
  for (const std::string& path : files_with(data + "/log/records", ".log")) {
    if (std::filesystem::file_size(path) > 0) last = path;
  }
  REQUIRE_FALSE(last.empty());
  return last;
}

TEST_CASE("a second server on the same folder is refused and told by whom") {
  TemporaryFolder folder;
  Server first(folder / "data");
  REQUIRE(first.serves());
  Finished second = tenantry({"serve", "--data", folder / "data", "--port", "0"});
  CHECK(second.code == 1);
  CHECK(has(second.errors, "is in use by process " + std::to_string(first.process().id())));
  CHECK(first.client().get("/livez").status == 200);
  CHECK(first.stop() == 0);
}

// Whether the server has come to hold a part of a request's body: that request is under way.
bool holds_a_body(Server& server) {
  return comes_true([&] {
    std::string metrics = server.client().get("/metrics").body;
    return has(metrics, "tenantry_http_body_bytes ") && !has(metrics, "tenantry_http_body_bytes 0\n");
  });
}

TEST_CASE("SIGTERM, SIGINT and SIGHUP let answers under way finish, and end with 0") {
  for (int signal : {SIGTERM, SIGINT, SIGHUP}) {
    CAPTURE(signal);
    TemporaryFolder folder;
    auto former = ::signal(SIGHUP, SIG_DFL);  // a child inherits what whoever runs the tests has told of it
    Server server(folder / "data");
    ::signal(SIGHUP, former);
    HttpClient client = server.client();
    make_tenant(client, "school");
    // A request whose body is not all there yet is under way; its answer must come although the server stops.
    test::RawClient slow(server.port());
    std::string body = student("1").dump();
    slow.send(
        "POST /v1/students HTTP/1.1\r\nHost: localhost\r\nX-Tenant: school\r\nContent-Type: application/json\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, 5));
    REQUIRE(holds_a_body(server));
    server.process().kill(signal);
    CHECK(comes_true([&] { return has(server.process().errors(), "\"stopping"); }));
    server.process().kill(SIGHUP);  // a terminal that goes away sends more than one
    server.process().kill(SIGPIPE);
    slow.send(body.substr(5));
    auto answer = slow.read();
    REQUIRE(answer);
    CHECK(answer->status == 201);
    CHECK(server.process().wait() == 0);
    Server again(folder / "data");
    CHECK(json_of(again.client().get("/v1/students?number=1", of("school"))).at("items").size() == 1);
  }
}

TEST_CASE("a second SIGINT ends at once, and a SIGHUP that the caller ignores ends nothing") {
  for (int second : {SIGINT, SIGTERM}) {
    TemporaryFolder folder;
    Server server(folder / "data");
    test::RawClient slow(server.port());
    slow.send("POST /v1/tenants HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
    REQUIRE(holds_a_body(server));
    server.process().kill(SIGINT);
    CHECK(comes_true([&] { return has(server.process().errors(), "\"stopping"); }));
    // Until it is let through: the message comes just before.
    CHECK(comes_true([&] {
      server.process().kill(second);
      return !server.process().is_running();
    }));
    CHECK(server.process().wait() == 128 + second);
  }
  TemporaryFolder folder;
  auto former = ::signal(SIGHUP, SIG_IGN);  // as nohup does
  Server server(folder / "data");
  ::signal(SIGHUP, former);
  HttpClient client = server.client();
  server.process().kill(SIGHUP);
  make_tenant(client, "school");
  CHECK(client.get("/readyz").status == 200);
  CHECK(server.stop() == 0);
  CHECK_FALSE(has(server.process().errors(), "\"level\":\"error\""));
}

TEST_CASE("the log is one JSON object a line, and its level is a setting") {
  TemporaryFolder folder;
  Server server(folder / "data");
  REQUIRE(server.serves());
  CHECK(server.stop() == 0);
  auto lines = lines_of(server.process().errors());
  REQUIRE(lines.size() >= 3);
  for (const std::string& line : lines) {
    json entry = json::parse(line);
    CHECK(entry.at("time").get<std::string>().ends_with("Z"));
    CHECK(entry.at("level").is_string());
    CHECK(entry.at("message").is_string());
  }
  // An idle server that says nothing can still be seen to have stopped well.
  Process quiet(program({"serve", "--data", folder / "data", "--port", "0", "--log-level", "error"}));
  CHECK(comes_true([&] { return has(quiet.output(), "Tenantry serves"); }));
  quiet.kill(SIGTERM);
  CHECK(quiet.wait() == 0);
  CHECK(quiet.errors().empty());
}

TEST_CASE("a server goes by the names that it is given, and by no other") {
  TemporaryFolder folder;
  Server server(folder / "data", {"--server-name", "school.test", "--server-name", "[fd00::7],b.test"});
  auto status_for = [&](const std::string& host) {
    test::RawClient client(server.port());
    auto answer = client.ask("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    return answer ? answer->status : 0;
  };
  for (const char* host : {"school.test", "b.test:80", "[fd00::7]", "[fd00::7]:80"}) CHECK(status_for(host) == 200);
  for (const char* host : {"c.test", "[fd00::8]"}) CHECK(status_for(host) != 200);
  CHECK(server.stop() == 0);
}

// Runs each line that begins with curl, as a person would by copying it.
void run_suggestions(const std::string& output) {
  int count = 0;
  for (std::string line : lines_of(output)) {
    if (!line.starts_with("curl ")) continue;
    ++count;
    Finished curl = run({"/bin/sh", "-c", "curl --fail --max-time 20 " + line.substr(5)});
    INFO(line << '\n' << curl.output << curl.errors);
    CHECK(curl.code == 0);
    CHECK_FALSE(curl.output.empty());
    CHECK_FALSE(has(curl.output, "\"items\":[]"));
  }
  CHECK(count >= 4);
}

TEST_CASE("what the server suggests works as it stands") {
  TemporaryFolder folder;
  Server empty(folder / "data");
  REQUIRE(empty.serves());
  CHECK(comes_true([&] { return has(empty.process().output(), "openapi.json"); }));
  run_suggestions(empty.process().output());
  CHECK(empty.stop() == 0);
  DemoCopy copy;
  Server demo(copy.path(), {"--demo-if-empty"});
  REQUIRE(demo.serves());
  CHECK(comes_true([&] { return has(demo.process().output(), "openapi.json"); }));
  CHECK_FALSE(has(demo.process().output(), "loading"));
  run_suggestions(demo.process().output());
  CHECK(demo.stop() == 0);
}

TEST_CASE("the number of partitions is fixed when the log is made") {
  TemporaryFolder folder;
  Server made(folder / "data", {"--partitions", "2"});
  REQUIRE(made.serves());
  CHECK(made.stop() == 0);
  Server again(folder / "data");
  CHECK(again.serves());
  CHECK(again.stop() == 0);
  Finished other = tenantry({"serve", "--data", folder / "data", "--port", "0", "--partitions", "3"});
  CHECK(other.code == 1);
  CHECK(has(other.errors, "2 tenant partitions"));
}

TEST_CASE("a log whose last append is gone is refused, until its loss is accepted; its tables follow it then") {
  TemporaryFolder folder;
  std::string file = fill(folder / "data", 20);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 7);
  for (std::vector<std::string> command : {std::vector<std::string>{"serve", "--port", "0"}, {"digest"}, {"rebuild"}}) {
    command.insert(command.end(), {"--data", folder / "data"});
    Finished refused = tenantry(command);
    INFO(refused.errors);
    CHECK(refused.code == 1);
    CHECK(has(refused.errors, "the last append"));
    CHECK(has(refused.errors, "tenantry rebuild --accept-lost-append"));
  }
  CHECK(tenantry({"rebuild", "--data", folder / "data", "--accept-lost-append", "--tenant", "school"}).code == 2);
  Finished accepted = tenantry({"rebuild", "--data", folder / "data", "--accept-lost-append"});
  CHECK(accepted.code == 0);
  CHECK(has(accepted.errors, "the last append"));
  {
    Server server(folder / "data");
    REQUIRE(server.serves());
    HttpClient client = server.client();
    CHECK(json_of(client.get("/v1/students?number=18", of("school"))).at("items").size() == 1);
    CHECK(json_of(client.get("/v1/students?number=19", of("school"))).at("items").empty());
    CHECK(client.post("/v1/students", student("19").dump(), of("school")).status == 201);
    CHECK(server.stop() == 0);
  }
  auto live = digests(folder / "data");
  CHECK(tenantry({"rebuild", "--data", folder / "data"}).code == 0);
  CHECK(digests(folder / "data") == live);
}

TEST_CASE("a corrupt record stops the start, with its position") {
  TemporaryFolder folder;
  std::string file = fill(folder / "data", 20);
  if (GENERATE(false, true)) {  // a restart leaves newer files beside the damaged one
    Server restarted(folder / "data");
    REQUIRE(restarted.serves());
    REQUIRE(restarted.stop() == 0);
  }
  flip_bit(file, std::filesystem::file_size(file) / 2);
  for (int attempt = 0; attempt < 2; ++attempt) {
    Finished refused = tenantry({"serve", "--data", folder / "data", "--port", "0"});
    INFO(refused.errors);
    CHECK(refused.code == 1);
    CHECK(has(refused.errors, "position"));
    CHECK(has(refused.errors, "events-0"));
  }
}

TEST_CASE("a record that is damaged in the midst of the log stops the start, and a rebuild before it erases a table") {
  DemoCopy copy;
  std::string folder = copy.path() + "/log/records";
  auto files = files_with(folder, ".sst");
  std::ranges::copy(files_with(folder, ".log"), std::back_inserter(files));
  auto by_size = [](const std::string& path) { return std::filesystem::file_size(path); };
  std::string largest = *std::ranges::max_element(files, {}, by_size);
  Finished before = tenantry({"digest", "--data", copy.path()});
  REQUIRE(before.code == 0);
  std::size_t offset = by_size(largest) / 3;
  flip_bit(largest, offset);
  Finished refused = tenantry({"serve", "--data", copy.path(), "--port", "0"});
  INFO(refused.errors);
  CHECK(refused.code == 1);
  CHECK(has(refused.errors, "position"));
  Finished rebuilt = tenantry({"rebuild", "--data", copy.path()});
  CHECK(rebuilt.code == 1);
  CHECK(has(rebuilt.errors, "position"));
  CHECK(has(rebuilt.errors, "the tables were left as they are"));
  flip_bit(largest, offset);
  Finished after = tenantry({"digest", "--data", copy.path()});
  CHECK(after.code == 0);
  CHECK(after.output == before.output);
}

}  // namespace
}  // namespace tenantry::test
