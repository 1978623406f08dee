#include "storage/crc32c.hpp"

#include <catch2/catch.hpp>
#include <string>

using tenantry::storage::crc32c;

TEST_CASE("CRC-32C gives the values of RFC 3720") {
  CHECK(crc32c("123456789") == 0xE3069283);
  CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AA);
  CHECK(crc32c(std::string(32, '\xff')) == 0x62A8AB43);
  CHECK(crc32c("") == 0);
}

TEST_CASE("CRC-32C of parts is that of the whole") {
  const std::string whole = "a text that is longer than one machine word, and odd";
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    REQUIRE(crc32c(whole.substr(cut), crc32c(whole.substr(0, cut))) == crc32c(whole));
  }
}
