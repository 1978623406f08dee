// A TCP client for tests of the HTTP layer: sends exactly the bytes it is given and reads whole responses.
//
// One thread per client. Reads give up after 20 seconds, if not told otherwise (a fault of the server, never a
// measurement), and then return nothing. reset() closes with RST, as a crashing client does.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tenantry::test {

struct Answer {
  int status = 0;  // 0: the connection broke off before an answer
  // Names in lower case.
  std::map<std::string, std::string> headers;
  std::string body;

  bool closes() const {
    const auto found = headers.find("connection");
    return found != headers.end() && found->second == "close";
  }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0, int patience_seconds = 20) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{patience_seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (receive_buffer_bytes > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() { close(); }
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        received_(std::move(other.received_)) {}
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  void reset() {
    const linger abort{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    close();
  }

  // The next response, its chunked body decoded. Nothing if the server closed first or the bytes are not a response.
  std::optional<Answer> read(bool head_only = false) {
    auto response = read_head();
    if (!response || head_only) return response;
    const auto chunked = response->headers.find("transfer-encoding");
    const auto length = response->headers.find("content-length");
    bool complete = true;
    if (chunked != response->headers.end()) {
      complete = read_chunks(response->body);
    } else if (length != response->headers.end()) {
      complete = take(std::stoull(length->second), response->body);
    } else if (response->status >= 200 && response->status != 204 && response->status != 304) {
      response->body = read_to_end();
    }
    return complete ? response : std::nullopt;
  }

  std::optional<Answer> ask(std::string_view request, bool head_only = false) {
    return send(request) ? read(head_only) : read(head_only);
  }

  // The bytes that are there, or the next ones to come; nothing at the end.
  std::string read_some() {
    if (received_.empty()) receive();
    return std::exchange(received_, {});
  }

  // Everything until the server closes.
  std::string read_to_end() {
    while (receive()) {
    }
    return std::exchange(received_, {});
  }

  // True if the server closes without a further byte.
  bool at_end() { return received_.empty() && !receive() && received_.empty(); }

  // One receive into the buffer; false at the end, on an error, or when patience runs out.
  bool receive() {
    char buffer[65536];
    const auto bytes = ::recv(socket_, buffer, sizeof buffer, 0);
    if (bytes <= 0) return false;
    received_.append(buffer, static_cast<std::size_t>(bytes));
    return true;
  }

 private:
  std::optional<std::string> read_line() {
    for (;;) {
      const auto end = received_.find("\r\n");
      if (end != std::string::npos) {
        auto line = received_.substr(0, end);
        received_.erase(0, end + 2);
        return line;
      }
      if (!receive()) return std::nullopt;
    }
  }

  std::optional<Answer> read_head() {
    const auto status_line = read_line();
    if (!status_line || !status_line->starts_with("HTTP/1.1 ") || status_line->size() < 12) return std::nullopt;
    Answer response;
    response.status = std::stoi(status_line->substr(9, 3));
    for (;;) {
      auto line = read_line();
      if (!line) return std::nullopt;
      if (line->empty()) return response;
      const auto colon = line->find(": ");
      if (colon == std::string::npos) return std::nullopt;
      auto name = line->substr(0, colon);
      std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      response.headers[name] = line->substr(colon + 2);
    }
  }

  bool take(std::size_t bytes, std::string& into) {
    while (received_.size() < bytes) {
      if (!receive()) return false;
    }
    into.append(received_, 0, bytes);
    received_.erase(0, bytes);
    return true;
  }

  bool read_chunks(std::string& body) {
    for (;;) {
      const auto line = read_line();
      if (!line || line->empty()) return false;
      const auto bytes = std::stoull(*line, nullptr, 16);
      if (!take(bytes, body)) return false;
      const auto end = read_line();
      if (!end || !end->empty()) return false;
      if (bytes == 0) return true;
    }
  }

  int socket_ = -1;
  bool connected_ = false;
  std::string received_;
};

}  // namespace tenantry::test
