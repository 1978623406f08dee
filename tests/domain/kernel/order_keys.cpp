// Order keys: the bytes are in the order of the values, and give them back.
#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <vector>

#include "domain/kernel/order_key.hpp"

namespace tenantry {
namespace {

template <class T>
std::string key_of(const T& value) {
  std::string key;
  append_order_key(key, value);
  return key;
}

template <class T>
T read_back(const std::string& key) {
  T value{};
  read_order_key(key, value);
  return value;
}

// Of each pair, and whatever follows the keys: it is an id that follows them in rows.
template <class T>
void require_same_order(const std::vector<T>& values) {
  for (const T& one : values) {
    REQUIRE(read_back<T>(key_of(one)) == one);
    for (const T& other : values) {
      REQUIRE((key_of(one) <=> key_of(other)) == (one <=> other));
      if (one < other) REQUIRE(key_of(one) + '\xff' < key_of(other) + '\0');
    }
  }
}

std::int64_t any_size(std::mt19937_64& random, std::int64_t maximum) {
  auto magnitude = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(maximum)) >> (random() % 63);
  return random() % 2 ? magnitude : -magnitude;
}

}  // namespace

TEST_CASE("order keys of numbers, dates and instants are in their order and give them back") {
  std::mt19937_64 random{7};
  using Most = std::numeric_limits<std::int64_t>;
  std::vector<Instant> instants{{Most::min()}, {-1}, {0}, {1}, {Most::max()}};
  std::vector<int> numbers{std::numeric_limits<int>::min(), -1, 0, 1, std::numeric_limits<int>::max()};
  std::vector<Quantity> quantities{{-Quantity::millionths_max}, {}, {Quantity::millionths_max}};
  std::vector<Decimal> decimals{Decimal::whole(-Decimal::whole_max), {}, Decimal::whole(Decimal::whole_max)};
  std::vector<Date> dates{Date::parse("1900-01-01").value(), Date::parse("1970-01-01").value(),
                          Date::parse("2999-12-31").value()};
  for (int count = 0; count < 150; ++count) {
    instants.push_back({any_size(random, Most::max())});
    numbers.push_back(static_cast<int>(any_size(random, std::numeric_limits<int>::max())));
    quantities.push_back({any_size(random, Quantity::millionths_max)});
    decimals.push_back({any_size(random, 99'999'999'999)});
    dates.push_back(dates.front().plus_days(static_cast<int>(random() % 400'000)));
  }
  require_same_order(instants);
  require_same_order(numbers);
  require_same_order(quantities);
  require_same_order(decimals);
  require_same_order(dates);
}

TEST_CASE("order keys of texts are in the order of their bytes and give them back") {
  std::mt19937 random{7};
  const std::vector<std::string> parts{std::string(1, '\0'), "\x01", "\xff", "a", "b", "\u00e9", "\u20ac"};
  std::vector<std::string> texts{"", "a", "aa", "ab", std::string("a\0", 2), std::string("a\0\0", 3)};
  for (int count = 0; count < 200; ++count) {
    std::string& text = texts.emplace_back();
    for (auto length = random() % 5; length > 0; --length) text += parts[random() % parts.size()];
  }
  for (const std::string& one : texts) {
    REQUIRE(read_back<std::string>(key_of(std::string_view{one})) == one);
    for (const std::string& other : texts) {
      std::string key = key_of(std::string_view{one}), other_key = key_of(std::string_view{other});
      REQUIRE((key <=> other_key) == (one <=> other));
      if (one < other) REQUIRE(key + '\xff' < other_key + '\0');
    }
  }
}

TEST_CASE("texts are ordered by their first bytes, and alike in these they are equal") {
  std::string long_text(order_key_text_bytes_max, 'x');
  CHECK(key_of(std::string_view{long_text + "a"}) == key_of(std::string_view{long_text + "b"}));
  CHECK(key_of(std::string_view{long_text}) == key_of(std::string_view{long_text + "b"}));
  CHECK(key_of(std::string_view{long_text}) > key_of(std::string_view{long_text}.substr(1)));
  CHECK(read_back<std::string>(key_of(std::string_view{long_text + "a"})) == long_text);
}

// Tables hold these bytes: another form is another version of the tables.
TEST_CASE("order keys are the bytes that they ever were") {
  using namespace std::string_literals;
  CHECK(key_of(Instant{-1}) == "\x7f\xff\xff\xff\xff\xff\xff\xff"s);
  CHECK(key_of(Instant{1'719'000'000'000}) == "\x80\x00\x01\x90\x3c\x62\x66\x00"s);
  CHECK(key_of(Date::parse("2024-06-21").value()) == "\x80\x00\x00\x00\x00\x00\x4d\xb7"s);
  CHECK(key_of(Quantity{-250}) == "\x7f\xff\xff\xff\xff\xff\xff\x06"s);
  CHECK(key_of(Decimal{7850}) == "\x80\x00\x00\x00\x00\x00\x1e\xaa"s);
  CHECK(key_of(7) == "\x80\x00\x00\x00\x00\x00\x00\x07"s);
  CHECK(key_of(std::string_view{"a\0b", 3}) ==
        "a\x00\xff"
        "b\x00\x00"s);
}

TEST_CASE("bytes that are no order key are refused") {
  CHECK_THROWS_AS(read_back<Instant>("1234567"), std::logic_error);
  CHECK_THROWS_AS(read_back<int>(std::string(8, '\xff')), std::logic_error);
  CHECK_THROWS_AS(read_back<std::string>("a"), std::logic_error);
  CHECK_THROWS_AS(read_back<std::string>(std::string("a\0b\0\0", 5)), std::logic_error);
}

}  // namespace tenantry
