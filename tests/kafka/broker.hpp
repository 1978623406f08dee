// The real broker of these tests: one, started when a test first asks for it and removed with its data at the end of
// the run, or the one that TENANTRY_TEST_KAFKA names. Every test has topics of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace tenantry::test {

class Broker {
 public:
  // Starts one of its own in any case, for tests that stop it.
  Broker();
  ~Broker();

  const std::string& bootstrap() const { return bootstrap_; }
  void stop() const { command({"stop", "1"}); }
  void go_on() const { command({"cont", "1"}); }
  // One of Kafka's own programs; throws with what it printed if it fails.
  void tool(std::vector<std::string> arguments) const;

 private:
  std::string command(std::vector<std::string> arguments) const;

  TemporaryFolder folder_;
  std::string bootstrap_;
};

// The bootstrap servers that tests share.
const std::string& shared_bootstrap();
// A prefix of topics that no other test has.
std::string fresh_prefix();

}  // namespace tenantry::test
