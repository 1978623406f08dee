// What people type and what is kept of it.
#include <catch2/catch.hpp>
#include <random>

#include "domain/kernel/text.hpp"

namespace tenantry {
namespace {

// By hand from Unicode's PropList.txt, White_Space.
const std::vector<std::string> white_spaces = {"\t",     "\n",     "\v",     "\f",     "\r",     " ",      "\u0085",
                                               "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
                                               "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u2028",
                                               "\u2029", "\u202f", "\u205f", "\u3000"};
const std::vector<std::string> invisible = {"\u00ad", "\u034f", "\u061c", "\u180e", "\u200b", "\u200c",
                                            "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060",
                                            "\u2066", "\u206f", "\u3164", "\ufeff", "\uffa0"};

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> parts = {
      "a",      "S-1",    " ",      "\u00a0", "\u200b", "\ufeff", "e",      "\u0301",     "\u00e9", "\u0327",
      "\u1100", "\u1161", "\u11a8", "\u0958", "\u2000", "\u200d", "\u034f", "\U0001F600", "\u3000"};
  std::string text;
  for (auto count = random() % 9; count > 0; --count) text += parts[random() % parts.size()];
  return text;
}

}  // namespace

TEST_CASE("white space and invisible characters are taken from both ends of a text", "[text]") {
  for (auto normalise : {&normalised, &normalised_key}) {
    for (const auto& edges : {white_spaces, invisible}) {
      for (const std::string& edge : edges) {
        CAPTURE(edge);
        CHECK(normalise(edge + "S-1" + edge) == "S-1");
        CHECK(normalise(edge + edge + "Zo\u00eb" + edge + ' ' + edge) == "Zo\u00eb");
        CHECK(normalise(edge).empty());
        CHECK(normalise(edge + ' ' + edge).empty());
      }
    }
    CHECK(normalise("").empty());
    CHECK(normalise("a") == "a");
  }
}

TEST_CASE("a text is brought to the composed normal form", "[text]") {
  for (auto normalise : {&normalised, &normalised_key}) {
    CHECK(normalise("Zoe\u0308") == "Zo\u00eb");
    CHECK(normalise("\u00c9cole") == normalise("E\u0301cole"));
    CHECK(normalise("a\u0323\u0302") == "\u1ead");       // in either order of the marks
    CHECK(normalise("a\u0302\u0323") == "\u1ead");       // Vietnamese
    CHECK(normalise("\u1112\u1161\u11ab") == "\ud55c");  // Hangul
    CHECK(normalise("\u212b") == "\u00c5");              // the sign for angstrom is the letter
    CHECK(normalise("\u0958") == "\u0915\u093c");        // excluded from composition
    CHECK(normalise("\ub8cc\u11a7") == "\ub8cc\u11a7");  // no final consonant, though it is where they begin
    CHECK(normalise("\u11a7e\u0301\u11a7\u0327") == "\u11a7\u00e9\u11a7\u0327");
  }
}

TEST_CASE("case and compatibility forms stay", "[text]") {
  for (auto normalise : {&normalised, &normalised_key}) {
    CHECK(normalise("s-1") != normalise("S-1"));
    CHECK(normalise("\uff33-1") == "\uff33-1");
    CHECK(normalise("\ufb01") == "\ufb01");
  }
}

TEST_CASE("inside a text everything stays, inside a key what looks alike is alike", "[text]") {
  for (const std::string& space : white_spaces) {
    CAPTURE(space);
    CHECK(normalised_key("S" + space + "1") == "S 1");
    // U+2000 and U+2001 are, by Unicode, other spellings of U+2002 and U+2003.
    if (space != "\u2000" && space != "\u2001") CHECK(normalised("S" + space + "1") == "S" + space + "1");
  }
  CHECK(normalised_key("S  1") == "S  1");
  for (const char* gone : {"\u00ad", "\u061c", "\u200b", "\u200e", "\u202c", "\u2060", "\ufeff"}) {
    CHECK(normalised_key("S" + std::string{gone} + "1") == "S1");
    CHECK(normalised("S" + std::string{gone} + "1") == "S" + std::string{gone} + "1");
  }
  // Letters of Persian, Indic and Mongolian scripts are joined and parted by these.
  for (const char* kept : {"\u034f", "\u180e", "\u200c", "\u200d"}) {
    CHECK(normalised_key("S" + std::string{kept} + "1") == "S" + std::string{kept} + "1");
  }
  CHECK(normalised_key("e\u200b\u0301") == "\u00e9");
}

TEST_CASE("what changes the look of the character before it is no end of a text", "[text]") {
  CHECK(normalised("\u2764\ufe0f") == "\u2764\ufe0f");
}

TEST_CASE("a text that is not UTF-8 comes back as it is", "[text]") {
  for (std::string text : {" \xff ", "\xc2", "a\xed\xa0\x80", " \xf4\x90\x80\x80"}) {
    CHECK(normalised(text) == text);
    CHECK(normalised_key(text) == text);
  }
}

TEST_CASE("to normalise twice changes nothing more", "[text]") {
  std::mt19937 random{7};
  for (int step = 0; step < 20'000; ++step) {
    std::string text = random_text(random);
    CAPTURE(step, text);
    for (auto normalise : {&normalised, &normalised_key}) {
      std::string once = normalise(text);
      REQUIRE(normalise(once) == once);
    }
  }
}

}  // namespace tenantry
