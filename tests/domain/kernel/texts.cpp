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

// Of DerivedCoreProperties.txt (Default_Ignorable_Code_Point) and of the category Cf: the ends of each of their ranges.
const std::vector<std::string> ignorable = {
    "\u115f",     "\u1160",     "\u17b4",     "\u17b5",     "\u180b",     "\u180d",     "\u180f",
    "\u2061",     "\u2065",     "\u3164",     "\ufe00",     "\ufe0f",     "\ufff0",     "\ufff8",
    "\ufff9",     "\ufffb",     "\uffa0",     "\U0001bca0", "\U0001bca3", "\U0001d173", "\U0001d17a",
    "\U000e0000", "\U000e0001", "\U000e0020", "\U000e007f", "\U000e0100", "\U000e01ef", "\U000e0fff"};

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> parts = {
      "a",      "S-1",    " ",      "\u00a0",     "\u200b",     "\ufeff", "e",      "\u0301", "\u00e9",
      "\u0327", "\u1100", "\u1161", "\u11a8",     "\u0958",     "\u2000", "\u200d", "\u034f", "\U0001F600",
      "\u3000", "\ufe0f", "\u1160", "\U000e0067", "\U000e0100", "\u180b", "\ufff9", "\uffa0"};
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

TEST_CASE("what changes the look of the character before it is no end of a name or title, but of a key", "[text]") {
  const std::string wales = "\U0001F3F4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f";
  for (const std::string& kept :
       {std::string{"I \u2764\ufe0f"}, wales, std::string{"\u8fbb\U000e0100"}, std::string{"\u1820\u180b"}}) {
    CAPTURE(kept);
    CHECK(normalised(kept) == kept);
    CHECK(normalised("\ufe0f \u200b" + kept + " \u200b\ufe0f") == kept);
    CHECK(normalised(kept + "\u200b\ufe0f") == kept);
  }
  CHECK(normalised_key("\u2764\ufe0f") == "\u2764");
  CHECK(normalised_key(wales) == "\U0001F3F4");
}

TEST_CASE("what nobody sees is alone a blank text, and no part of a key", "[text]") {
  for (const std::string& each : ignorable) {
    CAPTURE(each);
    CHECK(normalised(each).empty());
    CHECK(normalised(each + ' ' + each + "\u200b" + each).empty());
    CHECK(normalised(each + "Zoe") == "Zoe");
    CHECK(normalised("Z" + each + "oe") == "Z" + each + "oe");
    CHECK(normalised_key(each).empty());
    CHECK(normalised_key(each + "S-1" + each) == "S-1");
    CHECK(normalised_key("S" + each + "-1") == "S-1");
    CHECK(normalised_key("S-1" + each + " " + each) == "S-1");
  }
}

TEST_CASE("format characters that are seen stay", "[text]") {
  for (std::string seen : {"\u0600", "\u0605", "\u06dd", "\u070f", "\u0890", "\u08e2", "\U000110bd", "\U000110cd"}) {
    CAPTURE(seen);
    CHECK(normalised(seen + "1") == seen + "1");
    CHECK(normalised_key(seen + "1") == seen + "1");
  }
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
