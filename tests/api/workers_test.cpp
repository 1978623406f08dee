// Threads for work that must not be done elsewhere: so many, so much that waits, and what fails alone.
#include "api/live/workers.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <stdexcept>

using tenantry::api::Workers;

namespace {

// Work that is under way until it is let go.
struct Gate {
  std::promise<void> begun, open;

  Workers::Work work() {
    return [this] {
      begun.set_value();
      open.get_future().wait();
    };
  }
};

}  // namespace

TEST_CASE("so much work waits at most, in the order of its coming, and more is refused at once") {
  Workers workers(1, 2, {});
  Gate gate;
  REQUIRE(workers.post(gate.work()));
  gate.begun.get_future().wait();
  std::string order;
  std::promise<void> done;
  CHECK(workers.post([&] { order += 'a'; }));
  CHECK(workers.post([&] {
    order += 'b';
    done.set_value();
  }));
  CHECK(workers.waiting() == 2);
  CHECK_FALSE(workers.post([&] { order += 'c'; }));
  CHECK(workers.refused() == 1);
  gate.open.set_value();
  done.get_future().wait();
  CHECK(order == "ab");
  CHECK(workers.waiting() == 0);
}

TEST_CASE("work that fails is told of, and others go on") {
  std::promise<std::string> told;
  Workers workers(1, 10, [&](const std::string& what) { told.set_value(what); });
  std::promise<void> after;
  REQUIRE(workers.post([] { throw std::runtime_error("no memory"); }));
  REQUIRE(workers.post([&] { after.set_value(); }));
  CHECK(told.get_future().get() == "no memory");
  after.get_future().wait();
}

TEST_CASE("work that waits when the threads are stopped is destroyed unrun, and none is taken after") {
  auto kept = std::make_shared<int>(1);
  std::atomic<bool> ran = false;
  Workers workers(1, 100'000'000, {});
  Gate gate;
  REQUIRE(workers.post(gate.work()));
  gate.begun.get_future().wait();
  REQUIRE(workers.post([kept, &ran] { ran = true; }));
  auto stopped = std::async(std::launch::async, [&] { workers.stop(); });
  while (workers.post([] {})) std::this_thread::yield();  // until it is stopping
  gate.open.set_value();
  stopped.wait();
  CHECK_FALSE(ran);
  CHECK(kept.use_count() == 1);
}
