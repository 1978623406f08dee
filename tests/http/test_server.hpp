// A server with one route for each thing the tests of the HTTP layer ask about, and a thread that answers later, as the
// engine does.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "api/http/server.hpp"

namespace tenantry::test {

// Runs what it is given on its own thread, after a delay.
class Later {
 public:
  using Work = std::move_only_function<void()>;
  using Clock = std::chrono::steady_clock;

  Later() : thread_([this] { run(); }) {}
  ~Later() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void run_after(std::chrono::microseconds delay, Work work) {
    {
      std::lock_guard lock(mutex_);
      works_.emplace(Clock::now() + delay, std::move(work));
    }
    wake_.notify_one();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      if (works_.empty()) {
        wake_.wait(lock);
        continue;
      }
      const auto due = works_.begin()->first;
      if (Clock::now() < due) {
        wake_.wait_until(lock, due);
        continue;
      }
      auto work = std::move(works_.extract(works_.begin()).mapped());
      lock.unlock();
      work();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::multimap<Clock::time_point, Work> works_;
  bool stopping_ = false;
  std::thread thread_;
};

class TestServer {
 public:
  explicit TestServer(api::http::Limits limits = {}, int threads = 2);
  // The server first: until its workers have ended, its handlers use everything else here.
  ~TestServer() { server.reset(); }

  std::uint16_t port() const { return server->port(); }

  std::mutex failures_mutex;
  std::vector<std::string> failures;
  // Replies of "/held" wait here until a test lets them go.
  std::mutex held_mutex;
  std::vector<api::http::Reply> held;
  // Streams of "/feed".
  std::mutex feeds_mutex;
  std::vector<api::http::Stream> feeds;
  // How many exports are over, whether written whole or given up because their client went.
  std::atomic<int> exports_ended{0};
  std::vector<std::jthread> exporters;

  std::unique_ptr<api::http::Server> server;
  Later later;

 private:
  api::http::Routes routes();
  void add_plain(std::vector<api::http::Route>& routes);
  void add_asynchronous(std::vector<api::http::Route>& routes);
  void add_streams(std::vector<api::http::Route>& routes);
};

// Waits until `condition` holds; false if it does not within 20 seconds, which no healthy run needs.
bool eventually(const std::function<bool()>& condition);

// "GET path HTTP/1.1" with a Host.
std::string get(const std::string& path, const std::string& more_headers = "");
std::string post(const std::string& path, const std::string& body, const std::string& more_headers = "");

}  // namespace tenantry::test
