// An HTTP client for tests of the API: one connection, requests with named headers, whole answers.
//
// A thin layer over RawClient: what it sends is well formed. One thread per client; the headers in `standing` go with
// every request. Throws std::runtime_error when there is no answer, which fails the test.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/raw_client.hpp"

namespace tenantry::tests {

using Headers = std::vector<std::pair<std::string, std::string>>;

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, Headers standing = {})
      : standing(std::move(standing)), port_(port), raw_(port) {}

  RawResponse get(const std::string& target, const Headers& headers = {}) { return ask("GET", target, "", headers); }
  RawResponse post(const std::string& target, const std::string& body, const Headers& headers = {}) {
    return ask("POST", target, body, with_json(body, headers));
  }
  RawResponse put(const std::string& target, const std::string& body, const Headers& headers = {}) {
    return ask("PUT", target, body, with_json(body, headers));
  }
  RawResponse patch(const std::string& target, const std::string& body, const Headers& headers = {}) {
    return ask("PATCH", target, body, with_json(body, headers));
  }

  RawResponse ask(const std::string& method, const std::string& target, const std::string& body,
                  const Headers& headers) {
    auto response = raw_.ask(request(method, target, body, headers), method == "HEAD");
    if (!response) throw std::runtime_error(method + ' ' + target + ": no answer");
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
    new (&raw_) RawClient(port_);
  }

  static Headers with_json(const std::string& body, Headers headers) {
    for (const auto& [name, value] : headers) {
      if (name == "Content-Type") return headers;
    }
    if (!body.empty()) headers.emplace_back("Content-Type", "application/json");
    return headers;
  }

  std::uint16_t port_;
  RawClient raw_;
};

}  // namespace tenantry::tests
