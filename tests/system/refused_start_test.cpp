// Starts that cannot succeed: each says why in a sentence, and leaves nothing that was not there before.
#include <catch2/catch.hpp>

#include "tests/support/small_disk.hpp"
#include "tests/system/program.hpp"

namespace tenantry::test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr int disk_megabytes = 256;

void make_school(const std::string& data) {
  Server server(data);
  HttpClient client = server.client();
  make_tenant(client, "school");
  for (int number = 0; number < 5; ++number)
    client.post("/v1/students", student(std::to_string(number)).dump(), of("school"));
  if (server.stop() != 0) throw std::runtime_error("no school");
}

// One sentence for a person: no log line, no exception of a library, nothing of several lines.
void check_refused(const Finished& refused, int code, const std::string& part) {
  INFO(refused.errors);
  CHECK(refused.code == code);
  CHECK(has(refused.errors, part));
  CHECK(lines_of(refused.errors).size() == 1);
  CHECK(refused.errors.starts_with("tenantry: "));
}

std::vector<std::string> with_limit(const std::string& files, std::vector<std::string> arguments) {
  std::vector<std::string> shell = {"/bin/sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh"};
  for (std::string& each : program(std::move(arguments))) shell.push_back(std::move(each));
  return shell;
}

// As somebody whom permissions bind.
std::vector<std::string> as_nobody(std::vector<std::string> arguments) {
  std::vector<std::string> command = program(std::move(arguments));
  if (::geteuid() != 0) return command;
  std::vector<std::string> other = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
  command.insert(command.begin(), other.begin(), other.end());
  return command;
}

void give_to_nobody(const std::string& folder) {
  if (::geteuid() != 0) return;
  std::vector<std::string> paths = {folder};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) paths.push_back(entry.path());
  for (const std::string& path : paths) {
    if (::chown(path.c_str(), 65534, 65534) != 0) throw std::runtime_error("cannot give away " + path);
  }
}

TEST_CASE("without room a new folder is not begun, and the folder and what it needs are named") {
  SmallDisk disk(disk_megabytes);
  if (!disk.mounted()) {
    WARN("skipped: a small disk cannot be mounted here: " << disk.why());
    return;
  }
  std::string data = disk.path() + "/deep/data";
  for (std::size_t kibibytes : {0, 4, 8, 64, 1024, 60 * 1024}) {
    disk.free();
    disk.fill(kibibytes * 1024);
    for (const char* command : {"serve", "demo"}) {
      std::vector<std::string> arguments = {command, "--data", data};
      if (command == std::string{"serve"}) arguments.insert(arguments.end(), {"--port", "0"});
      Finished refused = tenantry(arguments);
      check_refused(refused, 1, "the disk of " + data + " has ");
      CHECK(has(refused.errors, "at least 64 MiB are needed"));
      CHECK_FALSE(std::filesystem::exists(disk.path() + "/deep"));
    }
  }
}

TEST_CASE("without room nothing is erased, and what only reads works or says why not") {
  SmallDisk disk(disk_megabytes);
  if (!disk.mounted()) {
    WARN("skipped: a small disk cannot be mounted here: " << disk.why());
    return;
  }
  std::string data = disk.path() + "/data";
  make_school(data);
  auto before = digests(data);
  Finished all = tenantry({"events", "--data", data});
  for (std::size_t kibibytes : {0, 4, 8, 12, 16, 64, 1024}) {
    CAPTURE(kibibytes);
    disk.free();
    disk.fill(kibibytes * 1024);
    check_refused(tenantry({"serve", "--data", data, "--port", "0"}), 1, "the disk of " + data);
    check_refused(tenantry({"demo", "--data", data}), 1, "the disk of " + data);
    check_refused(tenantry({"rebuild", "--data", data}), 1, "the tables were left as they are");
    check_refused(tenantry({"rebuild", "--data", data, "--tenant", "school"}), 1, "the tables were left as they are");
    for (Finished read : {tenantry({"events", "--data", data}), tenantry({"digest", "--data", data})}) {
      INFO(read.errors);
      CHECK(read.code <= 1);
      CHECK((read.code == 0 || has(read.errors, "No space left on device")));
    }
  }
  disk.free();
  disk.fill(1u << 20);
  CHECK(tenantry({"events", "--data", data}).output == all.output);
  CHECK(digests(data) == before);
  disk.free();
  CHECK(digests(data) == before);
}

TEST_CASE("readiness knows of a disk that takes no writes before a client does, and of its end") {
  SmallDisk disk(disk_megabytes);
  if (!disk.mounted()) {
    WARN("skipped: a small disk cannot be mounted here: " << disk.why());
    return;
  }
  std::string data = disk.path() + "/data";
  make_school(data);
  Server server(data);
  HttpClient client = server.client();
  CHECK(client.get("/readyz").status == 200);
  disk.fill(20u << 20);
  Answer unready = client.get("/readyz");
  CHECK(unready.status == 503);
  CHECK(has(unready.body, "the log does not take events"));
  CHECK_FALSE(has(unready.body, disk.path()));  // that is for the server's log
  CHECK(comes_true([&] { return has(server.process().errors(), "bytes must be free"); }));
  CHECK(client.get("/v1/students?number=1", of("school")).status == 200);
  CHECK(client.post("/v1/students", student("7").dump(), of("school")).status == 503);
  disk.free();
  CHECK(comes_true([&] { return client.get("/readyz").status == 200; }));
  CHECK(client.post("/v1/students", student("7").dump(), of("school")).status == 201);
  CHECK(server.stop() == 0);

  // Started on such a disk it reads, and is not ready until there is room.
  disk.fill(8u << 20);
  Server late(data);
  HttpClient reader = late.client();
  CHECK(reader.get("/readyz").status == 503);
  CHECK(json_of(reader.get("/v1/students?number=1", of("school"))).at("items").size() == 1);
  disk.free();
  CHECK(comes_true([&] { return reader.get("/readyz").status == 200; }));
  CHECK(late.stop() == 0);
}

TEST_CASE("a disk that is only read is named as such") {
  SmallDisk disk(disk_megabytes);
  if (!disk.mounted()) {
    WARN("skipped: a small disk cannot be mounted here: " << disk.why());
    return;
  }
  std::string data = disk.path() + "/data";
  make_school(data);
  REQUIRE(disk.remount(true));
  for (const char* command : {"serve", "demo", "rebuild", "digest", "events"}) {
    check_refused(tenantry({command, "--data", data}), 1, "Read-only file system");
  }
  check_refused(tenantry({"serve", "--data", disk.path() + "/other", "--port", "0"}), 1, "Read-only file system");
}

TEST_CASE("a log that cannot be read is not said to be missing") {
  TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  std::string data = folder / "data";
  make_school(data);
  give_to_nobody(data);
  auto each_command = [&](const std::string& part) {
    for (const char* command : {"digest", "events", "rebuild", "serve", "demo"}) {
      std::vector<std::string> arguments = {command, "--data", data};
      if (command == std::string{"serve"}) arguments.insert(arguments.end(), {"--port", "0"});
      Finished refused = run(as_nobody(arguments));
      check_refused(refused, 1, part);
      CHECK_FALSE(has(refused.errors, "there is no log"));
    }
  };
  using std::filesystem::perms;
  for (const std::string& closed : {data + "/log", data}) {
    std::filesystem::permissions(closed, perms::none);
    each_command("Permission denied");
    std::filesystem::permissions(closed, perms(0755));
  }
  CHECK(run(as_nobody({"digest", "--data", data})).code == 0);
  // Something else in its place.
  std::filesystem::rename(data + "/log", data + "/aside");
  write_file(data + "/log", "");
  each_command("Not a directory");
  CHECK(has(tenantry({"digest", "--data", folder / "none"}).errors, "there is no log in"));
}

TEST_CASE("a limit on open files that is too low is told with the number that is needed, and nothing is made") {
  TemporaryFolder folder;
  std::string data = folder / "data";
  Finished refused = run(with_limit("256", {"serve", "--data", data, "--port", "0"}));
  check_refused(refused, 1, "may open 256 files");
  CHECK(has(refused.errors, "needs to be allowed 8928 (ulimit -n"));
  CHECK_FALSE(std::filesystem::exists(data));
  check_refused(run(with_limit("256", {"demo", "--data", data})), 1, "may open 256 files");
  CHECK_FALSE(std::filesystem::exists(data));
  // The number that is named is enough.
  Process server(with_limit("8928", {"serve", "--data", data, "--port", "0"}));
  CHECK(comes_true([&] { return has(server.errors(), "\"serving\"") || !server.is_running(); }));
  CHECK(server.is_running());
  server.kill(SIGTERM);
  CHECK(server.wait() == 0);
  check_refused(run(with_limit("64", {"digest", "--data", data})), 1, "may open 64 files");
  CHECK(run(with_limit("400", {"digest", "--data", data})).code == 0);
}

TEST_CASE("what a start made before it failed is taken away again") {
  TemporaryFolder folder;
  // A setting that only librdkafka can judge.
  Finished refused =
      tenantry({"serve", "--data", folder / "deep/data", "--port", "0", "--log", "kafka", "--kafka-brokers",
                "127.0.0.1:1", "--kafka-property", "security.protocol=nonsense", "--advertise", "http://127.0.0.1:1"});
  check_refused(refused, 1, "security.protocol");
  CHECK_FALSE(std::filesystem::exists(folder / "deep"));
  // In a folder that was there already what was in it stays.
  std::filesystem::create_directories(folder / "mine");
  write_file(folder / "mine/state", "not a folder");
  check_refused(tenantry({"serve", "--data", folder / "mine", "--port", "0"}), 1, "mine/state");
  CHECK_FALSE(std::filesystem::exists(folder / "mine/log"));
  CHECK(read_file(folder / "mine/state") == "not a folder");
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

TEST_CASE("a start that failed leaves an empty folder empty") {
  TemporaryFolder folder;
  std::filesystem::create_directories(folder / "other");
  std::filesystem::create_directories(folder / "empty");
  Server other(folder / "other");
  std::string port = std::to_string(other.port());
  // Known before the folder is opened.
  check_refused(tenantry({"serve", "--data", folder / "empty", "--port", port}), 1, "Address already in use");
  CHECK(names_in(folder / "empty").empty());
  // Met when it was opened already.
  check_refused(
      tenantry({"serve", "--data", folder / "empty", "--port", "0", "--log", "kafka", "--kafka-brokers", "127.0.0.1:1",
                "--kafka-property", "security.protocol=nonsense", "--advertise", "http://127.0.0.1:1"}),
      1, "security.protocol");
  CHECK(names_in(folder / "empty").empty());
  // Whoever is refused because another has the folder takes nothing from that one.
  auto used = names_in(folder / "other");
  check_refused(tenantry({"serve", "--data", folder / "other", "--port", "0"}), 1, "is in use by process");
  CHECK(names_in(folder / "other") == used);
  CHECK(other.stop() == 0);
}

TEST_CASE("tables without their log are refused by every command, and no other log is begun beside them") {
  TemporaryFolder folder;
  std::string data = folder / "data";
  make_school(data);
  auto before = digests(data);
  std::filesystem::rename(data + "/log", folder / "away");
  std::filesystem::remove(data + "/LOCK");
  auto each_command = [&] {
    for (const char* command : {"serve", "demo", "rebuild", "digest", "events"}) {
      std::vector<std::string> arguments = {command, "--data", data};
      if (command == std::string{"serve"}) arguments.insert(arguments.end(), {"--port", "0"});
      Finished refused = tenantry(arguments);
      check_refused(refused, 1, "the log of " + data + " is missing: " + data + "/state holds tables");
      CHECK(has(refused.errors, "is not in " + data + "/log;"));
    }
  };
  each_command();
  CHECK(names_in(data) == std::vector<std::string>{"state"});
  // So is a folder in which the log's disk, say, is not mounted.
  std::filesystem::create_directories(data + "/log");
  each_command();
  CHECK(names_in(data + "/log").empty());
  std::filesystem::remove(data + "/log");
  std::filesystem::rename(folder / "away", data + "/log");
  CHECK(digests(data) == before);
  // As the sentence says, without the tables there is a new beginning.
  std::filesystem::remove_all(data + "/log");
  std::filesystem::remove_all(data + "/state");
  Server server(data);
  CHECK(server.serves());
  CHECK(server.stop() == 0);
}

}  // namespace
}  // namespace tenantry::test
