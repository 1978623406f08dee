// Dates, moments and decimals.
#include <catch2/catch.hpp>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decimal.hpp"

namespace tenantry {

TEST_CASE("a date is read and written as ISO 8601") {
  for (std::string text : {"2024-02-29", "1900-01-01", "2999-12-31", "2014-10-01"}) {
    CHECK(Date::parse(text).value().text() == text);
  }
  CHECK(Date::parse("2024-02-28")->plus_days(2).text() == "2024-03-01");
  CHECK(Date::parse("2024-03-01")->plus_days(-1) == *Date::parse("2024-02-29"));
}

TEST_CASE("what is no date is refused") {
  for (std::string text : {"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "1899-12-31", "3000-01-01",
                           "2024-1-01", "2024/01/01", "2024-01-01T", " 2024-01-01", "2024-01-0x", "-024-01-01"}) {
    INFO(text);
    CHECK_FALSE(Date::parse(text));
  }
}

TEST_CASE("a moment is read with any offset and written in UTC") {
  auto written = [](std::string_view text) { return Instant::parse(text).value().text(); };
  CHECK(written("2024-05-06T07:08:09Z") == "2024-05-06T07:08:09.000Z");
  CHECK(written("2024-05-06t07:08:09.123z") == "2024-05-06T07:08:09.123Z");
  CHECK(written("2024-05-06T07:08:09.1234567+02:00") == "2024-05-06T05:08:09.123Z");
  CHECK(written("2024-05-06T23:30:00-01:30") == "2024-05-07T01:00:00.000Z");
  CHECK(Instant::parse("1970-01-01T00:00:00.001Z")->unix_ms == 1);
  CHECK(Instant::parse("1969-12-31T23:59:59.999Z")->unix_ms == -1);
  CHECK(Instant{-1}.text() == "1969-12-31T23:59:59.999Z");
  CHECK(Instant::parse(Instant::now().text()).has_value());
}

TEST_CASE("what is no moment is refused") {
  for (std::string text :
       {"", "2024-05-06", "2024-05-06T07:08:09", "2024-05-06 07:08:09Z", "2024-05-06T24:00:00Z", "2024-05-06T07:60:00Z",
        "2024-05-06T07:08:61Z", "2024-05-06T07:08:09.Z", "2024-05-06T07:08:09.1", "2024-05-06T07:08:09.1234567890Z",
        "2024-05-06T07:08:09+2:00", "2024-05-06T07:08:09+24:00", "2024-05-06T07:08:09ZZ", "2024-02-30T07:08:09Z"}) {
    INFO(text);
    CHECK_FALSE(Instant::parse(text));
  }
}

TEST_CASE("a decimal is exact and written as short as it can be") {
  auto written = [](std::string_view text) { return Decimal::parse(text).value().text(); };
  CHECK(written("78") == "78");
  CHECK(written("78.5") == "78.5");
  CHECK(written("78.50") == "78.5");
  CHECK(written("0.25") == "0.25");
  CHECK(written("0.07") == "0.07");
  CHECK(written("-0.5") == "-0.5");
  CHECK(written("-0") == "0");
  CHECK(written("10.000000") == "10");
  CHECK(written("999999999.99") == "999999999.99");
  CHECK(*Decimal::parse("0.1") < *Decimal::parse("0.11"));
  CHECK(Decimal::whole(3) == *Decimal::parse("3.0"));
}

TEST_CASE("what is no decimal, or no short one, is refused") {
  for (std::string text :
       {"", "-", ".", ".5", "5.", "1e2", "0.001", "1000000000", "+1", " 1", "1,5", "--1", "0x1", "NaN"}) {
    INFO(text);
    CHECK_FALSE(Decimal::parse(text));
  }
}

TEST_CASE("a decimal has no leading zeros, as a JSON number has none") {
  CHECK_FALSE(Decimal::parse("007"));
  CHECK_FALSE(Decimal::parse("-01.5"));
  CHECK(Decimal::parse("0.5"));
}

}  // namespace tenantry
