#include "tests/chaos/faults.hpp"

#include <cstdio>

namespace tenantry::chaos {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t nodes_away_max = 2;
// A member of the group is given up after 6 s, a broker after 9 s.
constexpr int suspended_least_ms = 8'000;
constexpr int suspended_most_ms = 14'000;
constexpr auto broker_rest = 6s;
constexpr auto alone = 10s;

std::string last_error(test::Process& process) {
  auto lines = test::lines_of(process.errors());
  return lines.empty() ? "" : lines.back();
}

}  // namespace

void Faults::tell(const std::string& what) {
  std::printf("%7.1f s  %s\n", std::chrono::duration<double>(Clock::now() - begun_).count(), what.c_str());
  std::fflush(stdout);
}

void Faults::tick() {
  auto now = Clock::now();
  for (auto each = nodes_.begin(); each != nodes_.end();) {
    auto fault = each++;
    if (fault->second.until > now) continue;
    end_node(fault->first, fault->second);
    nodes_.erase(fault);
  }
  if (broker_fault_ && broker_fault_->until <= now) end_broker(*broker_fault_);
  check_broker_start();
  mend_nodes();
  if (now < next_) return;
  bool was_whole = is_whole();
  begin_one();
  next_ = Clock::now() + between_ms(1'500, 6'000);
  // Now and then one fault has its whole effect before the next.
  if (was_whole && random_() % 2 == 0) next_ += alone;
}

void Faults::begin_one() {
  bool broker_is_well = are_brokers_whole() && Clock::now() >= broker_next_;
  if (broker_is_well && random_() % 3 == 0) return begin_broker();
  auto names = cluster_.names();
  const std::string name = names[random_() % names.size()];
  if (nodes_.size() < nodes_away_max && !nodes_.contains(name) && cluster_.is_running(name)) begin_node(name);
}

// As another node sees it, or nothing when none answers.
std::set<int> Faults::partitions_of(const std::string& node) {
  std::set<int> found;
  test::HttpClient client = test::client_at(cluster_.port(node), 2);
  test::Answer answer = client.get("/v1/cluster");
  if (answer.status != 200) return found;
  test::json document = test::json_of(answer);
  for (const test::json& partition : document.at("partitions")) {
    std::string name = partition.at("partition");
    if (partition.at("servedHere").get<bool>() && name.starts_with("events-")) found.insert(std::stoi(name.substr(7)));
  }
  return found;
}

void Faults::begin_node(const std::string& name) {
  takeovers_.more_is_away();
  switch (random_() % 5) {
    case 0:
    case 1: {
      auto partitions = partitions_of(name);
      cluster_.kill(name);
      takeovers_.owner_was_killed(partitions, is_whole());
      nodes_[name] = {What::kill, Clock::now() + between_ms(500, 9'000)};
      ++counts_["nodes killed"];
      return tell("node " + name + ": kill -9, it served " + std::to_string(partitions.size()) + " partitions");
    }
    case 2:
    case 3:
      cluster_.process(name).kill(SIGSTOP);
      nodes_[name] = {What::suspend, Clock::now() + between_ms(suspended_least_ms, suspended_most_ms)};
      ++counts_["nodes suspended"];
      return tell("node " + name + ": SIGSTOP");
    default:
      cluster_.process(name).kill(SIGTERM);
      nodes_[name] = {What::stop, Clock::now() + between_ms(2'000, 6'000)};
      ++counts_["nodes stopped"];
      return tell("node " + name + ": SIGTERM");
  }
}

void Faults::end_node(const std::string& name, const Fault& fault) {
  if (fault.what == What::suspend) {
    cluster_.process(name).kill(SIGCONT);
    return tell("node " + name + ": goes on");
  }
  if (fault.what == What::stop) stop_node(name);
  cluster_.launch(name);
  tell("node " + name + ": started again");
}

// It was asked to when the fault began.
void Faults::stop_node(const std::string& name) {
  if (!test::comes_true([&] { return !cluster_.process(name).is_running(); })) {
    ++counts_["nodes that did not stop"];
    tell("node " + name + ": does not stop, kill -9");
    return cluster_.kill(name);
  }
  int code = cluster_.stop(name);
  if (code == 0 || code == 128 + SIGTERM) return;  // the latter: it was only just starting
  ++counts_["nodes that did not stop with 0"];
  tell("node " + name + ": ended with " + std::to_string(code));
}

void Faults::mend_nodes() {
  for (const std::string& name : cluster_.running()) {
    if (nodes_.contains(name) || cluster_.process(name).is_running()) continue;
    ++counts_["nodes that ended by themselves"];
    tell("node " + name + ": ended by itself: " + last_error(cluster_.process(name)));
    cluster_.stop(name);
    cluster_.launch(name);
  }
}

void Faults::begin_broker() {
  takeovers_.more_is_away();
  broker_ = 1 + static_cast<int>(random_() % static_cast<unsigned>(broker_count_));
  if (random_() % 2 == 0) {
    brokers_.kill(broker_);
    broker_fault_ = Fault{What::kill, Clock::now() + between_ms(1'000, 14'000)};
    ++counts_["brokers killed"];
    return tell("broker " + std::to_string(broker_) + ": kill -9");
  }
  brokers_.stop(broker_);
  broker_fault_ = Fault{What::suspend, Clock::now() + between_ms(suspended_least_ms, suspended_most_ms)};
  ++counts_["brokers suspended"];
  tell("broker " + std::to_string(broker_) + ": SIGSTOP");
}

void Faults::end_broker(const Fault& fault) {
  if (fault.what == What::suspend) {
    brokers_.go_on(broker_);
    tell("broker " + std::to_string(broker_) + ": goes on");
    broker_next_ = Clock::now() + broker_rest;
  } else {
    broker_start_ = brokers_.start(broker_);
    tell("broker " + std::to_string(broker_) + ": started again");
  }
  broker_fault_.reset();
}

void Faults::check_broker_start() {
  if (!broker_start_ || broker_start_->is_running()) return;
  if (broker_start_->wait() != 0) throw std::runtime_error("a broker does not start: " + broker_start_->errors());
  broker_start_.reset();
  broker_next_ = Clock::now() + broker_rest;
}

void Faults::end_all() {
  if (broker_fault_) end_broker(*broker_fault_);
  for (const auto& [name, fault] : nodes_) end_node(name, fault);
  nodes_.clear();
  if (broker_start_) broker_start_->wait();
  check_broker_start();
  mend_nodes();
  tell("everything is back");
}

}  // namespace tenantry::chaos
