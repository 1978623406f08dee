#include "events/json/writer.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "events/json/reader.hpp"

namespace json = tenantry::events::json;

TEST_CASE("text is escaped where JSON wants it and nowhere else", "[json]") {
  std::string out;
  json::append_text(out, std::string{"a\"b\\c/\b\f\n\r\t\x01\0\x7f\u00e9\U0001F600", 20});
  CHECK(out == "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u0000\x7f\u00e9\U0001F600\"");
}

TEST_CASE("every character below U+0100 comes back as it was", "[json]") {
  for (unsigned code = 0; code < 0x100; ++code) {
    std::string text;
    if (code < 0x80)
      text += static_cast<char>(code);
    else
      text = {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
    std::string out;
    json::append_text(out, text);
    json::Document document;
    auto value = document.parse(out);
    REQUIRE(value);
    CHECK(value->text() == text);
  }
}

TEST_CASE("an object's members are separated by commas, also when there are none", "[json]") {
  std::string out;
  {
    json::ObjectWriter object{out};
    json::append_integer(object.key("least"), std::numeric_limits<std::int64_t>::min());
    json::append_integer(object.key("most"), std::numeric_limits<std::uint64_t>::max());
    json::append_boolean(object.key("yes"), true);
    json::ObjectWriter empty{object.key("empty")};
  }
  CHECK(out == R"({"least":-9223372036854775808,"most":18446744073709551615,"yes":true,"empty":{}})");
}

TEST_CASE("an id is written as its text", "[json]") {
  auto id = tenantry::Uuid::parse("0190a5b4-7c3e-7d2f-8a41-5e6b7c8d9e0f").value();
  std::string out;
  json::append_uuid(out, id);
  CHECK(out == id.text());
}
