// A blocking HTTP client on one kept connection, just enough to measure with. One thread; throws std::runtime_error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tenantry::bench {

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Sends the request and returns the status; the answer's body is in body().
  int request(std::string_view method, std::string_view target, std::string_view headers, std::string_view body);
  const std::string& body() const { return body_; }

 private:
  void send_all(std::string_view bytes);
  void read_more();

  int descriptor_;
  std::string buffer_;
  std::string body_;
};

}  // namespace tenantry::bench
