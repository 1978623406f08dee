// Texts of several lines and what is kept of them.
#include <catch2/catch.hpp>
#include <random>

#include "domain/kernel/text.hpp"

namespace tenantry {

TEST_CASE("every line end of a long text becomes one line feed", "[text]") {
  CHECK(normalised_long("one\r\ntwo\nthree\rfour") == "one\ntwo\nthree\nfour");
  CHECK(normalised_long("one\r\n\r\ntwo") == "one\n\ntwo");
  CHECK(normalised_long("one\r\r\ntwo") == "one\n\ntwo");
  CHECK(normalised_long("\u00e9\r\n\u00e9") == "\u00e9\n\u00e9");
}

TEST_CASE("a long text keeps its lines, tabs and indentation", "[text]") {
  std::string lesson = "    indented\n\tand so on\n\n  * a point";
  CHECK(normalised_long(lesson) == lesson);
  CHECK(normalised_long("\u00a0\u00e9  \n\u00e9") == "\u00a0\u00e9  \n\u00e9");
}

TEST_CASE("nothing that is not seen ends a long text", "[text]") {
  CHECK(normalised_long("text \t\r\n \n") == "text");
  CHECK(normalised_long("t\u00e9xt\u00a0\r\n\u200b\ufeff") == "t\u00e9xt");
  CHECK(normalised_long(" \r\n\t ").empty());
  CHECK(normalised_long("\u200b\n\u00a0").empty());
  CHECK(normalised_long("").empty());
  CHECK(normalised_long("a heart \u2764\ufe0f \n") == "a heart \u2764\ufe0f");
}

TEST_CASE("a long text is brought to Form C", "[text]") {
  CHECK(normalised_long("e\u0301\ne\u0301") == "\u00e9\n\u00e9");
}

TEST_CASE("a long text that is not UTF-8 comes back as it is", "[text]") {
  CHECK(normalised_long("\xff\r\n ") == "\xff\r\n ");
}

TEST_CASE("what a long text was normalised to is normalised", "[text]") {
  static const std::vector<std::string> parts = {"a",      "\r",     "\n",     "\t",     " ",      "\u00a0",
                                                 "\u200b", "e",      "\u0301", "\u00e9", "\u0958", "\ufe0f",
                                                 "\u1100", "\u1161", "\u11a7", "\u11a8", "\u2028", "\U000e0067"};
  std::mt19937 random{7};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto count = random() % 9; count > 0; --count) text += parts[random() % parts.size()];
    INFO(text);
    std::string kept = normalised_long(text);
    REQUIRE(normalised_long(kept) == kept);
    REQUIRE(kept.find('\r') == std::string::npos);
  }
}

}  // namespace tenantry
