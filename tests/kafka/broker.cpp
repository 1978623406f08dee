#include "tests/kafka/broker.hpp"

#include <cstdlib>

#include "events/identifiers.hpp"

namespace tenantry::test {

Broker::Broker() {
  try {
    std::string printed = command({"up", "--timeout", "120"});
    while (!printed.empty() && printed.back() == '\n') printed.pop_back();
    bootstrap_ = printed.substr(printed.rfind('\n') + 1);
  } catch (...) {
    run({TENANTRY_SOURCE_DIR "/compose/kafka/kafka", "down", "--delete", "--folder", folder_ / "kafka"});
    throw;
  }
}

Broker::~Broker() {
  run({TENANTRY_SOURCE_DIR "/compose/kafka/kafka", "down", "--delete", "--folder", folder_ / "kafka"});
}

void Broker::tool(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "tool");
  command(std::move(arguments));
}

std::string Broker::command(std::vector<std::string> arguments) const {
  std::string name = arguments[0];
  std::vector<std::string> all{TENANTRY_SOURCE_DIR "/compose/kafka/kafka", name, "--folder", folder_ / "kafka"};
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
