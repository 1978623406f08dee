// Keyed hashes, keys for purposes, and sealed texts.
#include "api/tokens/sealing.hpp"

#include <catch2/catch.hpp>

#include "events/identifiers.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;

namespace {

std::string key_from(char first) {
  std::string key;
  for (int each = 0; each < 32; ++each) key += static_cast<char>(first + each);
  return key;
}
const std::string key = key_from(0);
constexpr std::string_view purpose = "a purpose";

}  // namespace

TEST_CASE("a keyed hash is BLAKE2b with a key and 32 bytes, over its parts one after another") {
  // As the BLAKE2 of Python's standard library has them, which is the reference implementation.
  CHECK(events::hex(keyed_hash(key, {"abc"})) == "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
  CHECK(keyed_hash(key, {"a", "", "bc"}) == keyed_hash(key, {"abc"}));
  CHECK(keyed_hash(key, {"abd"}) != keyed_hash(key, {"abc"}));
  CHECK(keyed_hash(key_from(1), {"abc"}) != keyed_hash(key, {"abc"}));
}

TEST_CASE("each purpose has a key of its own") {
  CHECK(events::hex(derive_key(key, "authorization codes")) ==
        "01ad5a8c224003e07916e1cf273a19f1391cf4a078b735d12be2f7b3e7d44e56");
  CHECK(derive_key(key, "login forms") != derive_key(key, "authorization codes"));
  CHECK(derive_key(key_from(1), "login forms") != derive_key(key, "login forms"));
  CHECK(derive_key(key, "login forms") != keyed_hash(key, {"login forms"}));
}

TEST_CASE("what was sealed is opened by its key for its purpose alone") {
  for (const std::string& plain : {std::string{}, std::string{"x"}, std::string(5000, 'y'), std::string{"\0\xff", 2}}) {
    std::string sealed = seal_bytes(key, purpose, plain);
    CHECK(sealed.size() == plain.size() + 24 + 16);
    CHECK(open_sealed_bytes(key, purpose, sealed) == plain);
    CHECK_FALSE(open_sealed_bytes(key_from(1), purpose, sealed));
    CHECK_FALSE(open_sealed_bytes(key, "another purpose", sealed));
    CHECK_FALSE(open_sealed_bytes(key, "", sealed));
  }
  CHECK(seal_bytes(key, purpose, "x") != seal_bytes(key, purpose, "x"));
  CHECK(seal_bytes(key, purpose, "a plain text").find("plain") == std::string::npos);
}

TEST_CASE("what was sealed and then changed, cut or lengthened does not open") {
  const std::string sealed = seal_bytes(key, purpose, "some text");
  for (std::size_t place = 0; place < sealed.size(); ++place) {
    CHECK_FALSE(open_sealed_bytes(key, purpose, sealed.substr(0, place)));
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = sealed;
      changed[place] = static_cast<char>(changed[place] ^ (1 << bit));
      CHECK_FALSE(open_sealed_bytes(key, purpose, changed));
    }
  }
  CHECK_FALSE(open_sealed_bytes(key, purpose, sealed + '\0'));
}

TEST_CASE("a key of another size is a mistake") {
  for (const std::string& wrong : {std::string{}, std::string(31, 'k'), std::string(33, 'k')}) {
    CHECK_THROWS_AS(keyed_hash(wrong, {"abc"}), std::invalid_argument);
    CHECK_THROWS_AS(seal_bytes(wrong, purpose, "x"), std::invalid_argument);
    CHECK_THROWS_AS(open_sealed_bytes(wrong, purpose, "x"), std::invalid_argument);
  }
}
