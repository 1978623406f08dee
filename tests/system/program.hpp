// The program under test as tests use it: commands run to their end, and a server of it on a free port.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>

#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"

namespace tenantry::test {

using nlohmann::json;

inline std::vector<std::string> program(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), TENANTRY_PROGRAM);
  return arguments;
}

inline Finished tenantry(std::vector<std::string> arguments, const std::vector<std::string>& environment = {}) {
  return run(program(std::move(arguments)), environment);
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// slug -> what `digest` says of it, without the number of rows' spacing: "sequence rows rows-digest content audit".
inline std::map<std::string, std::vector<std::string>> digests(const std::string& folder,
                                                               std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"digest", "--data", folder};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Finished finished = tenantry(arguments);
  if (finished.code != 0) throw std::runtime_error("digest: " + finished.errors);
  std::map<std::string, std::vector<std::string>> found;
  for (const std::string& line : lines_of(finished.output)) {
    std::istringstream words(line);
    std::string slug;
    words >> slug;
    if (slug == "tenant") continue;
    for (std::string word; words >> word;) found[slug].push_back(word);
  }
  return found;
}

// The third of the words above: equal for two loads of the same commands.
inline std::map<std::string, std::string> contents(const std::string& folder) {
  std::map<std::string, std::string> found;
  for (const auto& [slug, words] : digests(folder)) {
    if (slug != "all") found[slug] = words.at(3);
  }
  return found;
}

inline json json_of(const Answer& answer) {
  return json::parse(answer.body);
}

// The headers of what one asks of a tenant.
inline Headers of(const std::string& tenant, const std::string& idempotency_key = {}) {
  Headers headers = {{"X-Tenant", tenant}};
  if (!idempotency_key.empty()) headers.emplace_back("Idempotency-Key", idempotency_key);
  return headers;
}

// Of a server that may be killed meanwhile: no answer is one of status 0.
inline HttpClient client_at(std::uint16_t port, int patience_seconds = 20) {
  return HttpClient(port, {}, NoAnswer::is_status_0, patience_seconds);
}

class Server {
 public:
  explicit Server(const std::string& folder, std::vector<std::string> more = {},
                  const std::vector<std::string>& environment = {})
      : process_(arguments_of(folder, std::move(more)), environment) {}

  // Waits for the log line that says so; false if the server ended instead.
  bool serves() {
    comes_true([&] { return find_port() || !process_.is_running(); });
    return port_ != 0;
  }
  std::uint16_t port() {
    if (port_ == 0 && !serves()) throw std::runtime_error("no server: " + process_.errors());
    return port_;
  }
  std::string url() { return "http://127.0.0.1:" + std::to_string(port()); }
  HttpClient client() { return client_at(port()); }
  Process& process() { return process_; }

  // The exit code.
  int stop(int signal = SIGTERM) {
    process_.kill(signal);
    return process_.wait();
  }

 private:
  static std::vector<std::string> arguments_of(const std::string& folder, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"serve", "--data", folder};
    if (std::ranges::find(more, "--port") == more.end()) arguments.insert(arguments.end(), {"--port", "0"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return program(std::move(arguments));
  }
  bool find_port() {
    for (const std::string& line : lines_of(process_.errors())) {
      json entry = json::parse(line, nullptr, false);
      if (entry.is_object() && entry.value("message", "") == "serving") port_ = entry.at("port");
    }
    return port_ != 0;
  }

  Process process_;
  std::uint16_t port_ = 0;
};

// Makes a tenant; throws if it cannot.
inline void make_tenant(HttpClient& client, const std::string& slug) {
  json body = {{"slug", slug}, {"name", slug}, {"timezone", "Europe/London"}};
  Answer answer = client.post("/v1/tenants", body.dump());
  if (answer.status != 201) throw std::runtime_error("no tenant: " + answer.body);
}

inline json student(const std::string& number) {
  return {{"number", number}, {"givenName", "Student"}, {"familyName", number}};
}

}  // namespace tenantry::test
