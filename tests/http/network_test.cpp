// Networks: what is one, and which addresses are in it.
#include "api/http/network.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace tenantry::api::http;

TEST_CASE("a network has the addresses that begin with its prefix, and no others") {
  auto has = [](const char* network, const char* address) { return Network::parse(network).value().contains(address); };
  CHECK(has("10.0.0.0/8", "10.255.0.1"));
  CHECK_FALSE(has("10.0.0.0/8", "11.0.0.1"));
  CHECK(has("192.168.4.0/22", "192.168.7.255"));
  CHECK_FALSE(has("192.168.4.0/22", "192.168.8.0"));
  CHECK(has("192.0.2.7", "192.0.2.7"));
  CHECK_FALSE(has("192.0.2.7", "192.0.2.6"));
  CHECK(has("0.0.0.0/0", "203.0.113.9"));
  CHECK_FALSE(has("0.0.0.0/0", "2001:db8::1"));
  CHECK(has("2001:db8::/32", "2001:db8:ffff::1"));
  CHECK(has("2001:db8::/32", "[2001:db8::1]"));
  CHECK_FALSE(has("2001:db8::/32", "2001:db9::1"));
  CHECK(has("10.0.0.0/8", "::ffff:10.0.0.1"));
  CHECK_FALSE(has("::1", "127.0.0.1"));
  for (const char* none : {"", "10.0.0", "10.0.0.1.", "localhost", "10.0.0.1/8", " 10.0.0.1"}) {
    CAPTURE(none);
    CHECK_FALSE(has("0.0.0.0/0", none));
  }
  std::vector<Network> two{Network::parse("10.0.0.0/8").value(), Network::parse("::1").value()};
  CHECK(is_in_any(two, "::1"));
  CHECK_FALSE(is_in_any(two, "127.0.0.1"));
  CHECK_FALSE(is_in_any({}, "127.0.0.1"));
}

TEST_CASE("what is no network is not read") {
  for (const char* none : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/8/8",
                           "10.0.0.1/8", "2001:db8::/129", "2001:db8::1/32", "010.0.0.0/8", "proxy", "10.0.0.0 /8"}) {
    CAPTURE(none);
    CHECK_FALSE(Network::parse(none).has_value());
  }
}
