#include "bench/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>

namespace tenantry::bench {

HttpClient::HttpClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    ::close(descriptor_);
    throw std::runtime_error("cannot connect to the server");
  }
  int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

HttpClient::~HttpClient() {
  ::close(descriptor_);
}

void HttpClient::send_all(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the server closed the connection");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void HttpClient::read_more() {
  char chunk[65536];
  ssize_t received = ::recv(descriptor_, chunk, sizeof(chunk), 0);
  if (received <= 0) throw std::runtime_error("the server closed the connection");
  buffer_.append(chunk, static_cast<std::size_t>(received));
}

int HttpClient::request(std::string_view method, std::string_view target, std::string_view headers,
                        std::string_view body) {
  std::string head{method};
  head.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers);
  head.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
  send_all(head.append(body));
  std::size_t end;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) read_more();
  constexpr std::string_view length_name = "Content-Length: ";
  std::size_t length_at = buffer_.find(length_name);
  std::size_t length = 0;
  if (length_at != std::string::npos && length_at < end) {
    std::from_chars(buffer_.data() + length_at + length_name.size(), buffer_.data() + end, length);
  }
  while (buffer_.size() < end + 4 + length) read_more();
  int status = 0;
  std::from_chars(buffer_.data() + 9, buffer_.data() + 12, status);
  body_ = buffer_.substr(end + 4, length);
  buffer_.erase(0, end + 4 + length);
  return status;
}

}  // namespace tenantry::bench
