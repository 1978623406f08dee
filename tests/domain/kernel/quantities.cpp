// Quantities: exact, and never out of their range in silence.
#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "domain/kernel/quantity.hpp"

namespace tenantry {

namespace {

constexpr std::string_view largest = "999999999999.999999";
constexpr std::string_view smallest = "-999999999999.999999";

Quantity quantity(std::string_view text) {
  return Quantity::parse(text).value();
}

}  // namespace

TEST_CASE("a quantity is exact and written as short as it can be") {
  auto written = [](std::string_view text) { return quantity(text).text(); };
  for (std::string text : {"0", "7", "78.5", "0.25", "0.000001", "-0.000001", "1200", "10.000101", "-3.14", "100"}) {
    CHECK(written(text) == text);
  }
  CHECK(written("2.500000") == "2.5");
  CHECK(written("10.0000000000") == "10");
  CHECK(written("-0") == "0");
  CHECK(written("-0.000000") == "0");
  CHECK(written(largest) == largest);
  CHECK(written(smallest) == smallest);
  CHECK(Quantity::whole(3) == quantity("3.0"));
  CHECK(quantity("0.1") < quantity("0.100001"));
  CHECK(quantity("-2") < quantity("-1.999999"));
}

TEST_CASE("what is no quantity, or none in its range, is refused") {
  for (std::string text : {"", "-", ".", ".5", "5.", "1e2", "0.0000001", "1000000000000", "-1000000000000", "+1", " 1",
                           "1,5", "--1", "0x1", "NaN", "007", "-01.5"}) {
    INFO(text);
    CHECK_FALSE(Quantity::parse(text));
  }
}

TEST_CASE("quantities are added, subtracted and multiplied exactly") {
  CHECK(sum(quantity("0.1"), quantity("0.2")) == quantity("0.3"));
  CHECK(difference(quantity("1"), quantity("0.000001")) == quantity("0.999999"));
  CHECK(product(quantity("0.000003"), 1'000'000) == quantity("3"));
  CHECK(product(quantity("-2.5"), -4) == quantity("10"));
  CHECK(product(quantity("12.5"), 0) == Quantity{});
}

TEST_CASE("what would leave the range of a quantity is nothing") {
  Quantity most = quantity(largest), least = quantity(smallest);
  Quantity smallest_step{1};
  constexpr std::int64_t whole_numbers[] = {std::numeric_limits<std::int64_t>::min(),
                                            std::numeric_limits<std::int64_t>::max()};
  CHECK(sum(most, Quantity{}) == most);
  CHECK_FALSE(sum(most, smallest_step));
  CHECK_FALSE(sum(most, most));
  CHECK_FALSE(sum(least, least));
  CHECK_FALSE(difference(least, smallest_step));
  CHECK_FALSE(difference(least, most));
  CHECK(product(most, -1) == least);
  CHECK_FALSE(product(most, 2));
  for (std::int64_t times : whole_numbers) {
    CHECK_FALSE(product(most, times));
    CHECK_FALSE(product(least, times));
    CHECK_FALSE(product(smallest_step, times));
    CHECK(product(Quantity{}, times) == Quantity{});
  }
}

TEST_CASE("the text of any quantity is read as the same quantity") {
  std::mt19937_64 random{7};
  for (int round = 0; round < 10'000; ++round) {
    // Of every size, not only of the largest.
    std::int64_t bound = Quantity::millionths_max >> (random() % 60);
    Quantity each{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(bound + 1)) *
                  (random() % 2 ? 1 : -1)};
    REQUIRE(Quantity::parse(each.text()) == each);
    if (auto next = sum(each, Quantity{1})) REQUIRE(difference(*next, each) == Quantity{1});
  }
}

}  // namespace tenantry
