// An HTTP client for tests of the API: one connection, requests with named headers, whole answers.
//
// A thin layer over RawClient: what it sends is well formed. One thread per client; the headers in `standing` go with
// every request, and a request with a body says that it is JSON unless it says something else. What no answer means is
// said when the client is made: std::runtime_error, which fails the test, or an answer with status 0, for tests that
// break connections.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/raw_client.hpp"

namespace tenantry::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

enum class NoAnswer { throws, is_status_0 };

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, Headers standing = {}, NoAnswer no_answer = NoAnswer::throws,
                      int patience_seconds = 20)
      : standing(std::move(standing)),
        port_(port),
        no_answer_(no_answer),
        patience_seconds_(patience_seconds),
        raw_(port, 0, patience_seconds) {}

  Answer get(const std::string& target, const Headers& headers = {}) { return ask("GET", target, "", headers); }
  Answer post(const std::string& target, const std::string& body, const Headers& headers = {}) {
    return ask("POST", target, body, with_json(body, headers));
  }
  Answer put(const std::string& target, const std::string& body, const Headers& headers = {}) {
    return ask("PUT", target, body, with_json(body, headers));
  }
  Answer patch(const std::string& target, const std::string& body, const Headers& headers = {}) {
    return ask("PATCH", target, body, with_json(body, headers));
  }

  Answer ask(const std::string& method, const std::string& target, const std::string& body, const Headers& headers) {
    auto response = raw_.ask(request(method, target, body, headers), method == "HEAD");
    if (!response && no_answer_ == NoAnswer::throws) throw std::runtime_error(method + ' ' + target + ": no answer");
    if (!response) return {};
    if (response->closes()) reconnect();
    return *response;
  }

  std::string request(const std::string& method, const std::string& target, const std::string& body,
                      const Headers& headers) const {
    std::string text = method + ' ' + target + " HTTP/1.1\r\n";
    bool has_host = false;
    for (const Headers* each : {&standing, &headers}) {
      for (const auto& [name, value] : *each) {
        has_host = has_host || name == "Host";
        text += name + ": " + value + "\r\n";
      }
    }
    if (!has_host) text += "Host: 127.0.0.1\r\n";
    if (!body.empty() || method != "GET") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + body;
  }

  Headers standing;

 private:
  void reconnect() {
    raw_.~RawClient();
    new (&raw_) RawClient(port_, 0, patience_seconds_);
  }

  static Headers with_json(const std::string& body, Headers headers) {
    for (const auto& [name, value] : headers) {
      if (name == "Content-Type") return headers;
    }
    if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
    return headers;
  }

  std::uint16_t port_;
  NoAnswer no_answer_;
  int patience_seconds_;
  RawClient raw_;
};

}  // namespace tenantry::test
