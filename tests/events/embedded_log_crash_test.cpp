// kill -9 in the middle of appends: what was answered is there, whole and in order.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>

#include "tests/events/embedded_log_fixture.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::embedded;
using contract::first_partition;

namespace {

constexpr const char* folder_variable = "TENANTRY_TEST_LOG_FOLDER";
constexpr const char* child_test = "appends until killed";

// Each record says which append it belongs to, so that a part of an append would show.
std::string record_of(Position first, std::size_t count, std::size_t index) {
  return std::to_string(first) + "/" + std::to_string(count) + "/" + std::to_string(index) + std::string(300, '.');
}

std::vector<std::string> batch_at(Position first, std::size_t count) {
  std::vector<std::string> records;
  for (std::size_t index = 0; index < count; ++index) records.push_back(record_of(first, count, index));
  return records;
}

struct Child {
  pid_t pid;
  int answers;
};

// A process of its own (not a mere fork: the library's threads would be missing in it).
Child start_child(const std::string& folder) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::setenv(folder_variable, folder.c_str(), 1);
  pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl("/proc/self/exe", "test", child_test, static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  return {pid, ends[0]};
}

// The appends that the child answered; it is killed after `wanted` of them.
std::vector<Appended> answers_until_killed(const Child& child, std::size_t wanted) {
  std::vector<Appended> answers;
  Appended answer{};
  while (::read(child.answers, &answer, sizeof answer) == sizeof answer) {
    answers.push_back(answer);
    if (answers.size() == wanted) ::kill(child.pid, SIGKILL);
  }
  ::close(child.answers);
  int status = 0;
  ::waitpid(child.pid, &status, 0);
  CHECK(WIFSIGNALED(status));
  return answers;
}

// All records from a position on are whole appends; returns where they end.
Position check_whole_appends(Log& log, Position from) {
  auto found = contract::read_all(log, first_partition, from);
  std::size_t at = 0;
  while (at < found.records.size()) {
    Position first = from + at;
    auto slash = found.records[at].find('/');
    auto count = static_cast<std::size_t>(std::stoul(found.records[at].substr(slash + 1)));
    REQUIRE(at + count <= found.records.size());
    for (std::size_t index = 0; index < count; ++index) {
      REQUIRE(found.records[at + index] == record_of(first, count, index));
    }
    at += count;
  }
  return from + at;
}

}  // namespace

TEST_CASE(child_test, "[.][child]") {
  storage::Resources resources;
  auto log = EmbeddedLog::open(std::getenv(folder_variable), resources, {.tenant_partitions = 2});
  REQUIRE(log);
  for (std::size_t round = 0;; ++round) {
    Position first = (*log)->end(first_partition).value();
    auto appended = (*log)->append(first_partition, batch_at(first, 1 + round * 7 % 64));
    if (!appended || ::write(STDOUT_FILENO, &*appended, sizeof *appended) != sizeof *appended) break;
  }
}

TEST_CASE("answered appends survive kill -9") {
  EmbeddedLogFixture fixture;
  fixture.close();
  std::mt19937 random(20);
  Position checked = 0;
  for (int round = 0; round < 10; ++round) {
    auto answers = answers_until_killed(start_child(fixture.path()), 5 + random() % 60);
    REQUIRE_FALSE(answers.empty());
    fixture.open();
    CHECK(fixture.log().recovery_notes().empty());
    CHECK(answers.front().first == checked);
    checked = check_whole_appends(fixture.log(), checked);
    CHECK(checked >= answers.back().next);
    CHECK(fixture.log().end(first_partition).value() == checked);
    fixture.close();
  }
}
