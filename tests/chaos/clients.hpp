// The clients of a fault run: each sends one request after another, to any node, and asks again with the same
// idempotency key, at any node, until it has an answer for good. What it was answered is kept for the judge.
//
// Requests: a student, an assessment, three assessments that go together, an assessment of a class that there is not
// (refused). Only a student's number would show a second application by itself; the others could be applied twice.
// Now and then a request that was answered is sent once more, and what was made is read on another node with the
// answer's position. One more thread reads all the time, to see whether reads go on. Threads of its own between start()
// and settle(); results() after that.
#pragma once

#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/chaos/history.hpp"
#include "tests/chaos/takeovers.hpp"
#include "tests/system/program.hpp"

namespace tenantry::chaos {

struct Node {
  std::string name;
  std::uint16_t port;
};

// A tenant with a class for assessments.
struct School {
  std::string tenant;
  int partition;
  std::string class_id;
};

struct Results {
  std::vector<Claim> claims;
  std::vector<Read> reads;
  std::map<std::string, std::uint64_t> answers;  // "201", "503 not-served", "none" -> how often
};

class Clients {
 public:
  Clients(std::vector<Node> nodes, std::vector<School> schools, std::uint64_t seed, Takeovers& takeovers)
      : nodes_(std::move(nodes)), schools_(std::move(schools)), seed_(seed), takeovers_(takeovers) {}

  void start(int count);
  // Stops, and asks for what is open until it is answered; gives up after a minute for all of it.
  void settle();
  std::uint64_t applied() const;
  const Results& results() const { return results_; }

 private:
  struct Request {
    const School* school;
    std::string target;
    std::string media_type;
    std::string body;
    std::string key;  // empty: each line has its own
    Claim claim;
    std::string read_at;  // where what is made can be read, up to its id; empty: nowhere
  };
  using Random = std::mt19937_64;

  void run(std::stop_token stop, int client);
  void read_all_the_time(std::stop_token stop);
  Request plan(Random& random, const std::string& name) const;
  // Until it is answered for good, or `give_up` says so; returns whether it was.
  bool insist(Request& request, Random& random, const std::function<bool()>& give_up);
  test::Answer send(const Request& request, const Node& node);
  void read_back(const Request& request, const Node& node);
  void keep(const Claim& claim);
  void count(const test::Answer& answer);
  const Node& any_node(Random& random) const { return nodes_[random() % nodes_.size()]; }

  const std::vector<Node> nodes_;
  const std::vector<School> schools_;
  const std::uint64_t seed_;
  Takeovers& takeovers_;
  mutable std::mutex mutex_;  // guards what follows
  Results results_;
  std::vector<Request> open_;
  std::vector<std::jthread> threads_;  // last: they use the others
};

}  // namespace tenantry::chaos
