// How often a login may be tried.
#include "api/issuer/login_throttle.hpp"

#include <catch2/catch.hpp>

#include "events/identifiers.hpp"

using namespace tenantry;
using tenantry::api::LoginThrottle;

TEST_CASE("a login closes after five failures in a row, longer each time, and opens by one that succeeds") {
  LoginThrottle throttle;
  TenantId tenant{events::fresh_id()}, other{events::fresh_id()};
  Instant now{1'000'000};
  auto closed_for_s = [&] {
    std::int64_t from = 0, to = 2'000;
    while (from < to) {
      std::int64_t middle = (from + to) / 2;
      if (throttle.is_open(tenant, "ada", {now.unix_ms + middle * 1000}))
        to = middle;
      else
        from = middle + 1;
    }
    return from;
  };
  for (int count = 0; count < 4; ++count) throttle.failed(tenant, "ada", now);
  CHECK(closed_for_s() == 0);
  for (std::int64_t wanted : {10, 20, 40, 80, 160, 320, 640, 900, 900, 900}) {
    throttle.failed(tenant, "ada", now);
    CHECK(closed_for_s() == wanted);
  }
  CHECK_FALSE(throttle.is_open(tenant, "ADA", now));
  CHECK(throttle.is_open(tenant, "ben", now));
  CHECK(throttle.is_open(other, "ada", now));
  throttle.succeeded(tenant, "ada");
  CHECK(closed_for_s() == 0);
  throttle.failed(tenant, "ada", now);
  CHECK(closed_for_s() == 0);
}

TEST_CASE("so many logins are remembered at most, those that failed last") {
  LoginThrottle throttle(100);
  TenantId tenant{events::fresh_id()};
  Instant now{1'000'000};
  for (int count = 0; count < 5; ++count) throttle.failed(tenant, "ada", now);
  for (int other = 0; other < 40; ++other) throttle.failed(tenant, "user" + std::to_string(other), now);
  CHECK_FALSE(throttle.is_open(tenant, "ada", now));
  for (int other = 0; other < 200; ++other) throttle.failed(tenant, "more" + std::to_string(other), now);
  CHECK(throttle.is_open(tenant, "ada", now));
}
