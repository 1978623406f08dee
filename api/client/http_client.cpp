#include "api/client/http_client.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>

#include "api/client/host_name.hpp"

namespace tenantry::api::client {
namespace {

constexpr std::size_t line_bytes_max = 16 * 1024;

template <class Number>
std::optional<Number> parse_number(std::string_view text, int base = 10) {
  Number number{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string lower_case(std::string text) {
  for (char& each : text) {
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  }
  return text;
}

std::string bytes_of(const Origin& origin, const HttpRequest& request) {
  std::string bytes = request.method + ' ' + request.target + " HTTP/1.1\r\n";
  bool names_host =
      std::ranges::any_of(request.headers, [](const auto& header) { return lower_case(header.first) == "host"; });
  if (!names_host) bytes += "Host: " + origin.host + ':' + std::to_string(origin.port) + "\r\n";
  for (const auto& [name, value] : request.headers) bytes += name + ": " + value + "\r\n";
  if (!request.body.empty() || request.method == "POST") {
    bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  }
  return bytes + "\r\n" + request.body;
}

}  // namespace

std::expected<Origin, std::string> parse_url(std::string_view url) {
  std::unexpected wrong("the address " + std::string{url} + " is not of the form http://127.0.0.1:8080");
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) return wrong;
  url.remove_prefix(scheme.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  Origin origin;
  auto bracket = url.rfind(']');
  auto colon = url.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    auto port = parse_number<std::uint16_t>(url.substr(colon + 1));
    if (!port || *port == 0) return wrong;
    origin.port = *port;
    url = url.substr(0, colon);
  }
  origin.host = url;
  if (!is_host(origin.host)) return wrong;
  return origin;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (char each : text) {
    bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
                 each == '-' || each == '.' || each == '_' || each == '~';
    if (plain) {
      encoded += each;
    } else {
      auto byte = static_cast<unsigned char>(each);
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return encoded;
}

HttpClient::HttpClient(Origin origin, std::int64_t timeout_ms) : origin_(std::move(origin)), timeout_ms_(timeout_ms) {}

HttpClient::~HttpClient() {
  close();
}

void HttpClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  has_answered_ = false;
  received_.clear();
}

std::expected<void, std::string> HttpClient::connect() {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  std::string host = origin_.host;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (int error = ::getaddrinfo(host.c_str(), std::to_string(origin_.port).c_str(), &hints, &found); error != 0) {
    return std::unexpected("cannot find the host " + host + ": " + ::gai_strerror(error));
  }
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
  int error = 0;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    socket_ = ::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, each->ai_protocol);
    if (socket_ >= 0 && ::connect(socket_, each->ai_addr, each->ai_addrlen) == 0) {
      set_patience(timeout_ms_);
      return {};
    }
    error = errno;
    close();
  }
  return std::unexpected("no server answers at http://" + origin_.host + ':' + std::to_string(origin_.port) + ": " +
                         std::strerror(error));
}

void HttpClient::set_patience(std::int64_t timeout_ms) {
  timeval patience{timeout_ms / 1000, timeout_ms % 1000 * 1000};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

bool HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool HttpClient::receive() {
  std::array<char, 64 * 1024> buffer;
  auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

// Sends the request and reads the answer's head. A kept connection that turns out closed is opened once more.
std::expected<HttpAnswer, std::string> HttpClient::start(const HttpRequest& request) {
  bool was_kept = has_answered_;
  if (socket_ < 0) {
    if (auto connected = connect(); !connected) return std::unexpected(connected.error());
  }
  if (send(bytes_of(origin_, request)) && (!received_.empty() || receive())) {
    has_answered_ = true;
    return read_head();
  }
  close();
  if (was_kept) return start(request);
  return std::unexpected("the server at port " + std::to_string(origin_.port) + " closed without an answer");
}

std::expected<std::string, std::string> HttpClient::read_line() {
  for (;;) {
    auto end = received_.find("\r\n");
    if (end != std::string::npos) {
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 2);
      return line;
    }
    if (received_.size() > line_bytes_max || !receive()) return std::unexpected("the server's answer broke off");
  }
}

std::expected<HttpAnswer, std::string> HttpClient::read_head() {
  auto status_line = read_line();
  if (!status_line) return std::unexpected(status_line.error());
  std::optional<int> status;
  if (status_line->starts_with("HTTP/1.") && status_line->size() >= 12) {
    status = parse_number<int>(std::string_view{*status_line}.substr(9, 3));
  }
  if (!status) return std::unexpected("the server does not speak HTTP");
  HttpAnswer answer{.status = *status, .headers = {}, .body = {}};
  for (;;) {
    auto line = read_line();
    if (!line) return std::unexpected(line.error());
    if (line->empty()) return answer;
    auto colon = line->find(':');
    if (colon == std::string::npos) return std::unexpected("the server's answer has a malformed header");
    auto value = line->find_first_not_of(' ', colon + 1);
    answer.headers[lower_case(line->substr(0, colon))] = value == std::string::npos ? "" : line->substr(value);
  }
}

// Hands on `count` bytes as they come; false when `take` wants no more.
std::expected<bool, std::string> HttpClient::take_bytes(std::size_t count, const Take& take) {
  while (count > 0) {
    if (received_.empty() && !receive()) return std::unexpected("the server's answer broke off");
    std::size_t part = std::min(count, received_.size());
    bool goes_on = take(std::string_view{received_}.substr(0, part));
    received_.erase(0, part);
    if (!goes_on) return false;
    count -= part;
  }
  return true;
}

std::expected<void, std::string> HttpClient::read_chunks(const Take& take) {
  for (;;) {
    auto line = read_line();
    if (!line) return std::unexpected(line.error());
    auto size = parse_number<std::size_t>(line->substr(0, line->find(';')), 16);
    if (!size) return std::unexpected("the server's answer has a malformed chunk");
    auto goes_on = take_bytes(*size, take);
    if (!goes_on) return std::unexpected(goes_on.error());
    if (!*goes_on) {
      close();
      return {};
    }
    auto end = read_line();
    if (!end || !end->empty()) return std::unexpected("the server's answer has a malformed chunk");
    if (*size == 0) return {};
  }
}

std::expected<void, std::string> HttpClient::read_body(const HttpAnswer& answer, const Take& take) {
  auto header = [&](const std::string& name) {
    auto found = answer.headers.find(name);
    return found == answer.headers.end() ? std::string{} : found->second;
  };
  std::expected<void, std::string> result;
  if (header("transfer-encoding") == "chunked") {
    result = read_chunks(take);
  } else if (auto length = parse_number<std::size_t>(header("content-length"))) {
    auto taken = take_bytes(*length, take);
    if (!taken) result = std::unexpected(taken.error());
    if (taken && !*taken) close();
  }
  if (!result || header("connection") == "close") close();
  return result;
}

std::expected<HttpAnswer, std::string> HttpClient::ask(const HttpRequest& request) {
  auto answer = start(request);
  if (!answer) return answer;
  bool too_large = false;
  auto read = read_body(*answer, [&](std::string_view bytes) {
    too_large = answer->body.size() + bytes.size() > answer_bytes_max;
    if (!too_large) answer->body += bytes;
    return !too_large;
  });
  if (!read) return std::unexpected(read.error());
  if (too_large) return std::unexpected("the server's answer is too large");
  return answer;
}

std::expected<HttpAnswer, std::string> HttpClient::follow(const HttpRequest& request, const Take& take) {
  auto answer = start(request);
  if (!answer) return answer;
  bool is_good = answer->status == 200;
  if (is_good) set_patience(0);
  auto read = read_body(*answer, [&](std::string_view bytes) {
    if (is_good) return take(bytes);
    answer->body += bytes;
    return answer->body.size() <= answer_bytes_max;
  });
  if (socket_ >= 0) set_patience(timeout_ms_);
  if (!read) return std::unexpected(read.error());
  return answer;
}

}  // namespace tenantry::api::client
