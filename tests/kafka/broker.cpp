#include "tests/kafka/broker.hpp"

#include <cstdlib>

#include "events/identifiers.hpp"

namespace tenantry::test {
namespace {

constexpr const char* kafka = TENANTRY_SOURCE_DIR "/compose/kafka/kafka";

}  // namespace

Broker::Broker(int count, const std::vector<std::string>& more) {
  watch();
  std::vector<std::string> arguments = {"up", "--brokers", std::to_string(count), "--timeout", "120"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  try {
    std::string printed = command(std::move(arguments));
    while (!printed.empty() && printed.back() == '\n') printed.pop_back();
    bootstrap_ = printed.substr(printed.rfind('\n') + 1);
  } catch (...) {
    end();
    throw;
  }
}

Broker::~Broker() {
  end();
}

// A shell waits until this program closes its end of a pipe, as its death does, and then removes the brokers.
void Broker::watch() {
  constexpr const char* removal = R"(cat; "$0" down --delete --folder "$1"; rm -rf "$2")";
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::string cluster = folder();
  watcher_ = ::fork();
  if (watcher_ < 0) throw std::runtime_error("cannot fork");
  if (watcher_ == 0) {
    ::setsid();  // what ends the tests' session is not to end this
    int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (::dup2(ends[0], STDIN_FILENO) < 0 || ::dup2(nowhere, STDOUT_FILENO) < 0 || ::dup2(nowhere, STDERR_FILENO) < 0) {
      ::_exit(126);
    }
    ::execlp("bash", "bash", "-c", removal, kafka, cluster.c_str(), folder_.path().c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[0]);
  lifeline_ = ends[1];
}

void Broker::end() {
  ::close(lifeline_);
  ::waitpid(watcher_, nullptr, 0);
}

void Broker::tool(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "tool");
  command(std::move(arguments));
}

std::unique_ptr<Process> Broker::start(int number) const {
  return std::make_unique<Process>(
      std::vector<std::string>{kafka, "start", "--folder", folder(), "--timeout", "120", std::to_string(number)});
}

std::string Broker::command(std::vector<std::string> arguments) const {
  std::string name = arguments[0];
  std::vector<std::string> all{kafka, name, "--folder", folder()};
  all.insert(all.end(), arguments.begin() + 1, arguments.end());
  Finished finished = run(all);
  if (finished.code != 0) throw std::runtime_error("kafka " + name + ": " + finished.output + finished.errors);
  return finished.output;
}

const std::string& shared_bootstrap() {
  static const std::string bootstrap = [] {
    const char* running = std::getenv("TENANTRY_TEST_KAFKA");
    if (running != nullptr) return std::string(running);
    static Broker broker;
    return broker.bootstrap();
  }();
  return bootstrap;
}

std::string fresh_prefix() {
  return "t" + events::fresh_id().text();
}

}  // namespace tenantry::test
