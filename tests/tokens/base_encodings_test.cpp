#include "api/tokens/base_encodings.hpp"

#include <catch2/catch.hpp>

using namespace tenantry::api::tokens;

TEST_CASE("bytes of any length and value come back from base64url") {
  std::string bytes;
  for (int value = 0; value < 300; ++value) {
    std::string text = encode_base64url(bytes);
    CHECK(text.find_first_of("+/=") == std::string::npos);
    CHECK(decode_base64url(text) == bytes);
    bytes += static_cast<char>(value * 7);
  }
  CHECK(encode_base64url("\x03\xEC\xFF\xE0\xC1") == "A-z_4ME");  // RFC 7515, appendix C
}

TEST_CASE("base64url has one text for its bytes: every other is refused") {
  for (const char* text :
       {"A", "AAAAA", "AB", "AAB", "AA=", "AA==", "A A", "AA\n", " AA", "A+AA", "A/AA", "AA.", "AA?", "\xC3\xA4"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_base64url(text));
  }
  CHECK_FALSE(decode_base64url(std::string_view{"AA\0A", 4}));
  CHECK(decode_base64url("") == "");
}

TEST_CASE("base32 is that of RFC 4648, section 10, without padding") {
  CHECK(encode_base32("") == "");
  CHECK(encode_base32("f") == "MY");
  CHECK(encode_base32("fo") == "MZXQ");
  CHECK(encode_base32("foo") == "MZXW6");
  CHECK(encode_base32("foob") == "MZXW6YQ");
  CHECK(encode_base32("fooba") == "MZXW6YTB");
  CHECK(encode_base32("foobar") == "MZXW6YTBOI");
}

TEST_CASE("base64 is that of RFC 4648, section 10, with padding") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"},
                                                         {"\xfb\xff\xfe", "+//+"}};
  for (const auto& [bytes, text] : vectors) {
    CAPTURE(text);
    CHECK(encode_base64(bytes) == text);
    CHECK(decode_base64(text) == bytes);
  }
}

TEST_CASE("base64 has one text for its bytes too") {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v====", "Zh==", "Zm9=", "Zm9v\n", "Zm 9", "-__-",
                           "Zg==Zg==", "=Zg=", "Zm9v="}) {
    CAPTURE(text);
    CHECK_FALSE(decode_base64(text));
  }
}
