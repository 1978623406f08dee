#include "tests/http/test_server.hpp"

#include <functional>

namespace tenantry::test {
namespace {

using api::http::Method;
using api::http::Reply;
using api::http::Request;
using api::http::Route;

constexpr const char* text = "text/plain";

std::string described(const Request& request) {
  std::string all(api::http::name_of(request.method()));
  all.append(" ").append(request.path()).append(" host=").append(request.host());
  for (const auto& [name, value] : request.query()) all.append(" ").append(name).append("=").append(value);
  all.append(" tags=").append(std::to_string(request.header_count("x-tag")));
  if (const auto tag = request.header("X-TAG")) all.append(" tag=").append(*tag);
  return all.append(" body=").append(request.body());
}

}  // namespace

TestServer::TestServer(api::http::Limits limits, int threads) {
  api::http::ServerOptions options;
  options.threads = threads;
  options.limits = limits;
  options.on_handler_failure = [this](const std::string& route, const std::string& what) {
    std::lock_guard lock(failures_mutex);
    failures.push_back(route + ": " + what);
  };
  server = std::make_unique<api::http::Server>(std::move(options), routes());
}

api::http::Routes TestServer::routes() {
  api::http::Routes all;
  add_plain(all.routes);
  add_asynchronous(all.routes);
  add_streams(all.routes);
  return all;
}

void TestServer::add_plain(std::vector<Route>& routes) {
  const auto add = [&](Method method, std::string pattern, api::http::Handler handler, std::size_t body_bytes_max) {
    routes.push_back({method, std::move(pattern), body_bytes_max, std::move(handler)});
  };
  const auto describe = [](Request request, Reply reply) { reply.send(200, text, described(request)); };
  const auto length = [](Request request, Reply reply) {
    reply.send(200, text, std::to_string(request.body().size()));
  };
  add(Method::get, "/", describe, 0);
  add(Method::get, "/describe", describe, 1024);
  add(Method::post, "/describe", describe, 1u << 20);
  add(Method::post, "/small", length, 16);
  add(Method::post, "/large", length, 16u << 20);
  add(
      Method::get, "/students/{id}", [](Request r, Reply reply) { reply.send(200, text, r.parameter("id")); }, 0);
  add(
      Method::get, "/students/search", [](Request, Reply reply) { reply.send(200, text, "the search"); }, 0);
  add(
      Method::del, "/students/{id}", [](Request, Reply reply) { reply.send({.status = 204}); }, 0);
  add(
      Method::get, "/students/{student_id}/classes/{class_id}",
      [](Request r, Reply reply) { reply.send(200, text, r.parameter("student_id") + "|" + r.parameter("class_id")); },
      0);
  add(
      Method::get, "/dropped", [](Request, Reply) {}, 0);
  add(
      Method::get, "/throws", [](Request, Reply) { throw std::runtime_error("on purpose"); }, 0);
  add(
      Method::get, "/throws-int", [](Request, Reply) { throw 7; }, 0);
  add(
      Method::get, "/split",
      [](Request, Reply reply) {
        reply.send({.status = 200, .content_type = text, .headers = {{"Location", "a\r\nSet-Cookie: b"}}, .body = ""});
      },
      0);
}

void TestServer::add_asynchronous(std::vector<Route>& routes) {
  routes.push_back({Method::post, "/echo/{nonce}", 1u << 20, [this](Request request, Reply reply) {
                      const auto delay = std::hash<std::string>()(request.parameter("nonce")) % 3000;
                      auto work = [request = std::move(request), reply = std::move(reply)]() mutable {
                        reply.send(200, text, request.parameter("nonce") + " " + request.body());
                      };
                      later.run_after(std::chrono::microseconds(delay), std::move(work));
                    }});
  routes.push_back({Method::get, "/held", 0, [this](Request, Reply reply) {
                      std::lock_guard lock(held_mutex);
                      held.push_back(std::move(reply));
                    }});
}

void TestServer::add_streams(std::vector<Route>& routes) {
  routes.push_back({Method::get, "/feed", 0, [this](Request, Reply reply) {
                      auto stream = reply.start_stream(200, "text/event-stream");
                      if (!stream.is_open()) return;
                      std::lock_guard lock(feeds_mutex);
                      feeds.push_back(std::move(stream));
                    }});
  // "/export/{mebibytes}": that many MiB in lines that can be checked, written from a thread of its own.
  routes.push_back({Method::get, "/export/{mebibytes}", 0, [this](Request request, Reply reply) {
                      const auto lines = std::stoull(request.parameter("mebibytes")) * 64;
                      auto work = [this, lines, stream = reply.start_stream(200, text)]() mutable {
                        const std::string line(16 * 1024, 'x');
                        bool open = true;
                        for (std::size_t i = 0; open && i < lines; ++i) open = stream.write(line);
                        if (open) stream.end();
                        ++exports_ended;
                      };
                      std::lock_guard lock(feeds_mutex);
                      exporters.emplace_back(std::move(work));
                    }});
}

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

std::string get(const std::string& path, const std::string& more_headers) {
  return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + more_headers + "\r\n";
}

std::string post(const std::string& path, const std::string& body, const std::string& more_headers) {
  return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         more_headers + "\r\n" + body;
}

}  // namespace tenantry::test
