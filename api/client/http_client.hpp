// A small HTTP/1.1 client for the command line's own use of a running server: `demo --url`, `events --url`.
//
// Plain http:// to one host, one connection, kept open between requests and opened again when the server closed it
// before answering anything. ask() reads a whole answer; follow() hands on the body's bytes as they come, until the
// server ends it or `take` answers false. Errors are sentences for a person. A read that brings nothing for
// `timeout_ms` is an error (it does not apply to follow(), whose events may be rare). Answers larger than
// answer_bytes_max are refused. One thread per client; it blocks.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenantry::api::client {

struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct HttpRequest {
  std::string method = "GET";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>> headers;  // Host is added unless it is among them
  std::string body;
};

// "http://127.0.0.1:8080" taken apart; the port is 80 if it is left out.
struct Origin {
  std::string host;
  std::uint16_t port = 80;
};
std::expected<Origin, std::string> parse_url(std::string_view url);
// For a query's value.
std::string percent_encoded(std::string_view text);

class HttpClient {
 public:
  static constexpr std::size_t answer_bytes_max = 64u << 20;

  explicit HttpClient(Origin origin, std::int64_t timeout_ms = 60'000);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // ask() does it where it is needed. Who does it first learns whether a failure was one of connecting; the first
  // request on the connection is then sent once, whatever becomes of it.
  std::expected<void, std::string> connect();
  std::expected<HttpAnswer, std::string> ask(const HttpRequest& request);
  // The answer without its body, if it is 200; any other answer is whole and `take` is not called.
  std::expected<HttpAnswer, std::string> follow(const HttpRequest& request,
                                                const std::function<bool(std::string_view bytes)>& take);

 private:
  using Take = std::function<bool(std::string_view)>;

  void close();
  bool send(std::string_view bytes);
  std::expected<HttpAnswer, std::string> start(const HttpRequest& request);
  bool receive();
  std::expected<std::string, std::string> read_line();
  std::expected<HttpAnswer, std::string> read_head();
  std::expected<void, std::string> read_body(const HttpAnswer& answer, const Take& take);
  std::expected<bool, std::string> take_bytes(std::size_t count, const Take& take);
  std::expected<void, std::string> read_chunks(const Take& take);
  void set_patience(std::int64_t timeout_ms);

  Origin origin_;
  std::int64_t timeout_ms_;
  int socket_ = -1;
  bool has_answered_ = false;  // on this connection
  std::string received_;
};

}  // namespace tenantry::api::client
