// Three nodes over one real broker, as tests use them: started, asked, killed and started again. Each cluster has
// topics of its own.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <set>
#include <stdexcept>

#include "tests/kafka/broker.hpp"
#include "tests/system/program.hpp"

namespace tenantry::test {

// Free at the moment: nodes say their addresses to each other before they listen.
inline std::uint16_t free_port() {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
               ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

class Cluster {
 public:
  static constexpr int partitions = 4;

  // What each node is told beside, and what shows it who asks.
  struct Access {
    std::string prefix = fresh_prefix();
    std::vector<std::string> arguments = {};
    Headers headers = {};
  };

  explicit Cluster(const std::vector<std::string>& names, std::string bootstrap = shared_bootstrap())
      : Cluster(names, std::move(bootstrap), Access{}) {}
  Cluster(const std::vector<std::string>& names, std::string bootstrap, Access access)
      : bootstrap_(std::move(bootstrap)), access_(std::move(access)) {
    for (const std::string& name : names) nodes_[name] = {free_port(), nullptr};
    for (const std::string& name : names) start(name);
    wait_until_served();
  }

  void start(const std::string& name) {
    launch(name);
    nodes_.at(name).server->port();
  }
  // Without waiting for it to serve.
  void launch(const std::string& name) {
    std::vector<std::string> more = log_arguments();
    more.insert(more.end(), {"--node", name, "--port", std::to_string(nodes_.at(name).port), "--partitions",
                             std::to_string(partitions)});
    more.insert(more.end(), access_.arguments.begin(), access_.arguments.end());
    nodes_.at(name).server = std::make_unique<Server>(folder_of(name), more);
  }
  // A node that was not among the first ones.
  void add(const std::string& name) {
    nodes_[name] = {free_port(), nullptr};
    start(name);
  }
  Process& process(const std::string& name) { return nodes_.at(name).server->process(); }
  std::uint16_t port(const std::string& name) const { return nodes_.at(name).port; }
  const std::string& bootstrap() const { return bootstrap_; }
  const std::string& prefix() const { return access_.prefix; }
  void kill(const std::string& name) { end(name, SIGKILL); }
  int stop(const std::string& name) { return end(name, SIGTERM); }

  HttpClient client(const std::string& name) {
    HttpClient made = client_at(nodes_.at(name).port);
    made.standing = access_.headers;
    return made;
  }
  std::vector<std::string> running() const {
    std::vector<std::string> names;
    for (const auto& [name, node] : nodes_) {
      if (node.server) names.push_back(name);
    }
    return names;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& [name, node] : nodes_) all.push_back(name);
    return all;
  }
  bool is_running(const std::string& name) { return nodes_.at(name).server && process(name).is_running(); }
  // partition -> the node that says that it serves it.
  std::map<std::string, std::string> owners() {
    std::map<std::string, std::string> found;
    for (const std::string& name : running()) {
      Answer answer = client(name).get("/v1/cluster");
      if (answer.status != 200) continue;
      json document = json_of(answer);
      for (const json& partition : document.at("partitions")) {
        if (partition.at("servedHere").get<bool>()) found[partition.at("partition")] = name;
      }
    }
    return found;
  }
  // Until every partition is served, and every node that runs has its part: nothing is about to move then.
  void wait_until_served() {
    bool served = comes_true([&] {
      std::set<std::string> serving;
      auto found = owners();
      for (const auto& [partition, name] : found) serving.insert(name);
      return found.size() == partitions + 1 && serving.size() == running().size();
    });
    if (!served) throw std::runtime_error("not all is served");
  }
  std::map<std::string, std::vector<std::string>> digests(const std::string& name) {
    return test::digests(folder_of(name), log_arguments());
  }
  Finished rebuild(const std::string& name) { return run_with_log({"rebuild", "--data", folder_of(name)}); }

 private:
  struct OneNode {
    std::uint16_t port;
    std::unique_ptr<Server> server;
  };

  std::string folder_of(const std::string& name) const { return folder_ / name; }
  std::vector<std::string> log_arguments() const {
    return {"--log", "kafka", "--kafka-brokers", bootstrap_, "--kafka-prefix", access_.prefix};
  }
  Finished run_with_log(std::vector<std::string> arguments) const {
    auto more = log_arguments();
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tenantry(arguments);
  }
  int end(const std::string& name, int signal) {
    int code = nodes_.at(name).server->stop(signal);
    nodes_.at(name).server.reset();
    return code;
  }

  TemporaryFolder folder_;
  std::string bootstrap_;
  Access access_;
  std::map<std::string, OneNode> nodes_;
};

}  // namespace tenantry::test
