#include "api/cluster/forwarder.hpp"

#include <algorithm>
#include <array>

#include "api/http/text.hpp"

namespace tenantry::api {
namespace {

// Of one connection (RFC 9110 7.6.1), made anew by whoever writes the message, or looked at by the node that a browser
// has asked (api/exchange/site.hpp).
constexpr std::array<std::string_view, 13> of_the_connection{
    "connection",     "keep-alive", "proxy-connection", "te",   "trailer", "transfer-encoding", "upgrade",
    "content-length", "expect",     "server",           "date", "origin",  "sec-fetch-site"};

bool is_of_the_connection(std::string_view name) {
  return std::ranges::any_of(of_the_connection,
                             [&](std::string_view each) { return http::equal_ignoring_case(each, name); });
}

http::Response response_of(client::HttpAnswer answer) {
  http::Response response{.status = answer.status, .content_type = {}, .headers = {}, .body = std::move(answer.body)};
  for (auto& [name, value] : answer.headers) {
    if (name == "content-type") {
      response.content_type = std::move(value);
    } else if (!is_of_the_connection(name) && name != "x-content-type-options") {
      response.headers.emplace_back(name, std::move(value));
    }
  }
  return response;
}

Forwarded failed(ForwardFailure::Kind kind, std::string detail) {
  return std::unexpected(ForwardFailure{kind, std::move(detail)});
}

}  // namespace

client::HttpRequest forwarded_request(const http::Request& request, const http::ResponseHeaders& added) {
  client::HttpRequest copy{.method = std::string{http::name_of(request.method())},
                           .target = std::string{request.target()},
                           .headers = {},
                           .body = request.body()};
  auto is_added = [&](std::string_view name) {
    return std::ranges::any_of(added,
                               [&](const auto& header) { return http::equal_ignoring_case(header.first, name); });
  };
  for (const auto& [name, value] : request.headers()) {
    if (!is_of_the_connection(name) && !is_added(name)) copy.headers.emplace_back(name, value);
  }
  copy.headers.insert(copy.headers.end(), added.begin(), added.end());
  return copy;
}

Forwarder::~Forwarder() {
  stop();
  for (std::thread& thread : threads_) thread.join();
}

void Forwarder::stop() {
  std::deque<Job> dropped;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    dropped.swap(jobs_);
  }
  changed_.notify_all();
  for (Job& job : dropped) job.then(failed(ForwardFailure::Kind::no_room, "the server is stopping"));
}

void Forwarder::forward(std::string url, client::HttpRequest request, Then then) {
  {
    MutexLock lock(mutex_);
    if (!stopping_ && jobs_.size() < limits_.waiting_max) {
      jobs_.push_back({std::move(url), std::move(request), std::move(then)});
      if (jobs_.size() > idle_ && threads_.size() < limits_.threads_max) threads_.emplace_back([this] { run(); });
      changed_.notify_one();
      return;
    }
  }
  then(failed(ForwardFailure::Kind::no_room, "too many requests are being forwarded"));
}

void Forwarder::run() {
  MutexLock lock(mutex_);
  for (;;) {
    ++idle_;
    while (jobs_.empty() && !stopping_) mutex_.wait(changed_);
    --idle_;
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job.then(ask(job));
    lock.lock();
  }
}

Forwarded Forwarder::ask(const Job& job) const {
  auto origin = client::parse_url(job.url);
  if (!origin) return failed(ForwardFailure::Kind::not_there, origin.error());
  client::HttpClient other(*origin, limits_.timeout_ms);
  if (auto connected = other.connect(); !connected) {
    return failed(ForwardFailure::Kind::not_there, connected.error());
  }
  auto answer = other.ask(job.request);
  if (!answer) return failed(ForwardFailure::Kind::unknown, answer.error());
  return response_of(std::move(*answer));
}

}  // namespace tenantry::api
