#include "events/json/reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace json = tenantry::events::json;
using tenantry::events::DecodeError;

namespace {

struct Refusal {
  std::string text;
  std::string field;
  std::string detail_has;
};

std::string nested(std::size_t levels, char open, char close) {
  return std::string(levels, open) + std::string(levels, close);
}

DecodeError refused(const std::string& text) {
  json::Document document;
  auto value = document.parse(text);
  INFO(text);
  REQUIRE_FALSE(value);
  return value.error();
}

}  // namespace

TEST_CASE("reading gives the values in order, with keys and literals", "[json]") {
  json::Document document;
  auto root = document.parse(R"( {"a":1,"b":[true,null,"x\u00e9\n"],"c":{"d":-2.50}} )");
  REQUIRE(root);
  std::vector<std::string> seen;
  for (json::Value member : *root) {
    seen.push_back(std::string{member.key()} + "=" + std::string{member.text()});
    for (json::Value inner : member) seen.push_back(std::string{inner.key()} + ":" + std::string{inner.text()});
  }
  CHECK(seen == std::vector<std::string>{"a=1", "b=", ":true", ":null", ":x\u00e9\n", "c=", "d:-2.50"});
}

TEST_CASE("a document can be used again, and after a refusal", "[json]") {
  json::Document document;
  REQUIRE(document.parse(R"({"long":"the first text of this document, which is the longest"})"));
  REQUIRE_FALSE(document.parse(R"({"a":[1,{"b":)"));
  auto root = document.parse(R"(["z"])");
  REQUIRE(root);
  CHECK((*root->begin()).text() == "z");
}

TEST_CASE("reading refuses what is not exactly one strict JSON value", "[json]") {
  const std::vector<Refusal> table{
      {"", "", "not valid JSON"},
      {"   ", "", "not valid JSON"},
      {"{} {}", "", "expected end of input"},
      {"{}x", "", "invalid literal"},
      {"{\"a\":1,}", "", "not valid JSON"},
      {"{'a':1}", "", "not valid JSON"},
      {"// c\n{}", "", "not valid JSON"},
      {"{\"a\":01}", "", "not valid JSON"},
      {"{\"a\":NaN}", "a", "invalid literal"},
      {"{\"a\":+1}", "a", "not valid JSON"},
      {"{\"a\":1e400}", "a", "beyond the range"},
      {"{\"a\":-1e400}", "a", "beyond the range"},
      {"{\"a\":1,\"a\":1}", "a", "given twice"},
      {"{\"o\":{\"x\":1,\"y\":2,\"x\":3}}", "o.x", "given twice"},
      {"[{\"k\":1},{\"k\":1,\"\\u006b\":2}]", "[1].k", "given twice"},
      {"{\"a\":\"\xff\"}", "a", "UTF-8"},
      {"{\"a\":\"\xc0\x80\"}", "a", "UTF-8"},
      {"{\"a\":\"\xed\xa0\x80\"}", "a", "UTF-8"},
      {"{\"a\":\"\\ud800\"}", "a", "surrogate"},
      {"{\"a\":\"\\udc00x\"}", "a", "surrogate"},
      {"{\"a\":\"\\ud800\\u0041\"}", "a", "surrogate"},
      {std::string{"{\"a\":\"x\0y\"}", 11}, "", "NUL"},
      {"{\"a\":\"line\nbreak\"}", "a", "control character"},
      {std::string{"{}\0", 3}, "", "NUL"},
      {"\xEF\xBB\xBF{}", "", "byte order mark"},
      {"\xFE\xFF", "", "not valid JSON"},
      {"{\"a\":\"unterminated", "a", "not valid JSON"},
      {"[1,2", "", "not valid JSON"},
  };
  for (const Refusal& row : table) {
    DecodeError error = refused(row.text);
    INFO(row.text << " -> " << error.field << ": " << error.detail);
    CHECK(error.field == row.field);
    CHECK(error.detail.find(row.detail_has) != std::string::npos);
  }
}

TEST_CASE("nesting and length have limits", "[json]") {
  json::Document document;
  CHECK(document.parse(nested(json::depth_max, '[', ']')));
  CHECK(refused(nested(json::depth_max + 1, '[', ']')).detail.find("levels deep") != std::string::npos);
  CHECK(refused(std::string(100'000, '[')).detail.find("levels deep") != std::string::npos);
  std::string longest = '"' + std::string(json::text_bytes_max - 2, 'a') + '"';
  CHECK(document.parse(longest));
  CHECK(refused(longest + ' ').detail.find("longer than") != std::string::npos);
}

TEST_CASE("a repeated key is found among many", "[json]") {
  std::string text = "{";
  for (int index = 0; index < 100; ++index) text += "\"key" + std::to_string(index) + "\":0,";
  json::Document document;
  CHECK(document.parse(text + "\"last\":0}"));
  CHECK(refused(text + "\"key42\":0}") == DecodeError{"key42", "is given twice"});
}

TEST_CASE("errors quote no input beyond a short key", "[json]") {
  std::string key(5000, 'k');
  CHECK(refused("{\"" + key + "\":1,\"" + key + "\":1}").field.size() < 100);
  std::string wide;
  for (int index = 0; index < 100; ++index) wide += "\u20ac";  // three bytes each: the cut must not split one
  std::string field = refused("{\"" + wide + "\":1,\"" + wide + "\":1}").field;
  CHECK(json::Document{}.parse('"' + field + '"'));
  CHECK(refused("{\"a\": nul\xff}").detail.find('\xff') == std::string::npos);
}

TEST_CASE("integers keep every digit, zero has one form, other numbers keep their literal", "[json]") {
  json::Document document;
  auto root =
      document.parse("[0,-0,18446744073709551615,-9223372036854775808,123456789012345678901234567890,1.10,1E2]");
  REQUIRE(root);
  std::vector<std::string> literals;
  for (json::Value value : *root) literals.emplace_back(value.text());
  CHECK(literals == std::vector<std::string>{"0", "0", "18446744073709551615", "-9223372036854775808",
                                             "123456789012345678901234567890", "1.10", "1E2"});
}
