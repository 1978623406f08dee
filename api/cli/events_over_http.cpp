#include "api/cli/events_over_http.hpp"

#include <chrono>
#include <iostream>
#include <limits>
#include <thread>

#include "api/cli/exit_code.hpp"
#include "api/client/http_client.hpp"

namespace tenantry::api::cli {
namespace {

using client::HttpAnswer;
using client::HttpClient;
using client::HttpRequest;

constexpr std::uint64_t page_events = 1000;
constexpr std::size_t feed_line_bytes_max = 8u << 20;

std::string query_of(const EventChoice& choice, std::uint64_t after) {
  std::string query = "?after=" + std::to_string(after);
  if (!choice.type.empty()) query += "&type=" + client::percent_encoded(choice.type);
  if (!choice.subject.empty()) query += "&subject=" + client::percent_encoded(choice.subject);
  return query;
}

HttpRequest request_of(const EventChoice& choice, const std::string& target, const std::string& media_type) {
  HttpRequest request{.target = target, .headers = {{"X-Tenant", choice.tenant}, {"Accept", media_type}}, .body = {}};
  if (!choice.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + choice.token);
  return request;
}

int fail_with(const HttpAnswer& answer) {
  return fail("the server answered " + std::to_string(answer.status) + ": " + answer.body);
}

// The target of `<…>; rel="next"`, empty if there is none.
std::string next_target(const HttpAnswer& answer) {
  auto link = answer.headers.find("link");
  if (link == answer.headers.end() || link->second.find("rel=\"next\"") == std::string::npos) return {};
  auto begin = link->second.find('<');
  auto end = link->second.find('>');
  if (begin == std::string::npos || end == std::string::npos || end < begin) return {};
  return link->second.substr(begin + 1, end - begin - 1);
}

// Prints at most `limit` lines; how many it printed.
std::uint64_t print_lines(std::string_view lines, std::uint64_t limit) {
  std::uint64_t printed = 0;
  while (!lines.empty() && printed < limit) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    std::cout << line << '\n';
    ++printed;
  }
  std::cout.flush();
  return printed;
}

int print_pages(HttpClient& client, const EventChoice& choice) {
  std::uint64_t left = choice.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  std::string target = "/v1/audit/events" + query_of(choice, choice.from_sequence - 1) +
                       "&limit=" + std::to_string(std::min(left, page_events));
  while (!target.empty() && left > 0 && std::cout.good()) {
    auto answer = client.ask(request_of(choice, target, "application/x-ndjson"));
    if (!answer) return fail(answer.error());
    if (answer->status != 200) return fail_with(*answer);
    left -= print_lines(answer->body, left);
    target = next_target(*answer);
  }
  return exit_ok;
}

// Server-sent events in, the data of each out. Lines are "id: 12", "data: {…}", a comment, or empty.
class Feed {
 public:
  Feed(std::uint64_t after, std::uint64_t limit) : last_(after), left_(limit) {}

  std::uint64_t last() const { return last_; }
  bool is_done() const { return left_ == 0 || !std::cout.good(); }

  // False once enough were printed.
  bool take(std::string_view bytes) {
    buffer_ += bytes;
    for (std::size_t end; !is_done() && (end = buffer_.find('\n')) != std::string::npos;) {
      take_line(std::string_view{buffer_}.substr(0, end));
      buffer_.erase(0, end + 1);
    }
    return !is_done() && buffer_.size() < feed_line_bytes_max;
  }
  void start_again() { buffer_.clear(); }

 private:
  void take_line(std::string_view line) {
    constexpr std::string_view id = "id: ";
    constexpr std::string_view data = "data: ";
    if (line.starts_with(id)) last_ = std::stoull(std::string{line.substr(id.size())});
    if (!line.starts_with(data)) return;
    std::cout << line.substr(data.size()) << std::endl;
    --left_;
  }

  std::string buffer_;
  std::uint64_t last_;
  std::uint64_t left_;
};

// A server that restarts ends its feeds; the same feed goes on from the last event when it is back.
constexpr int tries_max = 30;
constexpr std::chrono::seconds pause_between_tries{1};
constexpr int service_unavailable = 503;

int follow(HttpClient& client, const EventChoice& choice) {
  int tries_left = 0;  // none before the feed has begun once
  Feed feed(choice.from_sequence - 1, choice.limit.value_or(std::numeric_limits<std::uint64_t>::max()));
  while (!feed.is_done()) {
    feed.start_again();
    auto request = request_of(choice, "/v1/audit/events" + query_of(choice, feed.last()), "text/event-stream");
    auto before = feed.last();
    auto answer = client.follow(request, [&](std::string_view bytes) { return feed.take(bytes); });
    bool was_served = (answer && answer->status == 200) || feed.last() > before;
    if (was_served) tries_left = tries_max;
    if (feed.is_done()) break;
    if (--tries_left < 0 && !answer) return fail(answer.error());
    if (answer && answer->status != 200 && (answer->status != service_unavailable || tries_left < 0)) {
      return fail_with(*answer);
    }
    std::this_thread::sleep_for(pause_between_tries);
  }
  return exit_ok;
}

}  // namespace

int print_events_over_http(const EventChoice& choice) {
  auto origin = client::parse_url(choice.url);
  if (!origin) return fail(origin.error(), exit_usage);
  if (choice.from_sequence == 0) return fail("--from-sequence starts at 1", exit_usage);
  HttpClient client(*origin);
  return choice.follow ? follow(client, choice) : print_pages(client, choice);
}

}  // namespace tenantry::api::cli
