// The real broker of these tests: one, started when a test first asks for it and removed with its data at the end of
// the run, or the one that TENANTRY_TEST_KAFKA names. Every test has topics of its own. A broker that is started here
// ends with the program, however that ends.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace tenantry::test {

class Broker {
 public:
  // Starts one of its own in any case, for tests that stop it; or a cluster of several. `more` goes to `kafka up`.
  explicit Broker(int count = 1, const std::vector<std::string>& more = {});
  ~Broker();
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  const std::string& bootstrap() const { return bootstrap_; }
  std::string folder() const { return folder_ / "kafka"; }
  void stop(int number = 1) const { command({"stop", std::to_string(number)}); }
  void go_on(int number = 1) const { command({"cont", std::to_string(number)}); }
  void kill(int number) const { command({"kill", std::to_string(number)}); }
  // Returns at once; the process ends, with 0, when the broker answers again.
  std::unique_ptr<Process> start(int number) const;
  // One of Kafka's own programs; throws with what it printed if it fails.
  void tool(std::vector<std::string> arguments) const;

 private:
  std::string command(std::vector<std::string> arguments) const;

  void watch();
  void end();

  TemporaryFolder folder_;
  pid_t watcher_ = -1;
  int lifeline_ = -1;
  std::string bootstrap_;
};

// The bootstrap servers that tests share.
const std::string& shared_bootstrap();
// A prefix of topics that no other test has.
std::string fresh_prefix();

}  // namespace tenantry::test
