// What a fault run does to nodes and brokers: kill -9, SIGSTOP for longer than ownership lasts, an orderly stop; then
// it brings back what it took. Drawn by the seed.
//
// At most one broker and two nodes are away at a time, so that something can always be answered; a broker is left alone
// for a while after it came back. A node that ends by itself is started again, as a service manager would, and told.
// One thread; it owns neither.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "tests/chaos/takeovers.hpp"
#include "tests/cluster/cluster.hpp"

namespace tenantry::chaos {

class Faults {
 public:
  using Clock = std::chrono::steady_clock;

  Faults(test::Cluster& cluster, test::Broker& brokers, int broker_count, std::uint64_t seed, Takeovers& takeovers)
      : cluster_(cluster), brokers_(brokers), broker_count_(broker_count), random_(seed), takeovers_(takeovers) {}

  // Called often: begins and ends what is due.
  void tick();
  // Brings everything back; returns when nodes and brokers run.
  void end_all();
  // What was done, and how often; and what came without being done.
  const std::map<std::string, int>& counts() const { return counts_; }

 private:
  enum class What { kill, suspend, stop };
  struct Fault {
    What what;
    Clock::time_point until;
  };

  bool are_brokers_whole() const { return !broker_fault_ && !broker_start_; }
  bool is_whole() const { return nodes_.empty() && are_brokers_whole(); }
  void begin_one();
  void begin_node(const std::string& name);
  void begin_broker();
  void end_node(const std::string& name, const Fault& fault);
  void stop_node(const std::string& name);
  void end_broker(const Fault& fault);
  void check_broker_start();
  void mend_nodes();
  std::set<int> partitions_of(const std::string& node);
  void tell(const std::string& what);
  std::chrono::milliseconds between_ms(int least, int most) {
    return std::chrono::milliseconds(least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1)));
  }

  test::Cluster& cluster_;
  test::Broker& brokers_;
  const int broker_count_;
  std::mt19937_64 random_;
  Takeovers& takeovers_;
  const Clock::time_point begun_ = Clock::now();
  Clock::time_point next_ = begun_;
  std::map<std::string, Fault> nodes_;
  int broker_ = 0;  // the one that is away or was last
  std::optional<Fault> broker_fault_;
  std::unique_ptr<test::Process> broker_start_;
  Clock::time_point broker_next_ = begun_;
  std::map<std::string, int> counts_;
};

}  // namespace tenantry::chaos
