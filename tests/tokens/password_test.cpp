#include <catch2/catch.hpp>
#include <vector>

#include "api/tokens/password_hash.hpp"

using namespace tenantry::api::tokens;

TEST_CASE("a password is verified by its hash alone, and no other is") {
  auto hash = hash_password("correct horse");
  REQUIRE(hash);
  CHECK(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(verify_password(*hash, "correct horse"));
  CHECK_FALSE(verify_password(*hash, "correct horsf"));
  CHECK_FALSE(verify_password(*hash, ""));
  CHECK(*hash != *hash_password("correct horse"));
  CHECK_FALSE(needs_rehash(*hash));
}

TEST_CASE("passwords are bytes, NUL among them, and of bounded length") {
  using namespace std::string_view_literals;
  auto hash = hash_password("a\0b"sv);
  CHECK(verify_password(*hash, "a\0b"sv));
  CHECK_FALSE(verify_password(*hash, "a\0c"sv));
  CHECK_FALSE(verify_password(*hash, "a"sv));
  std::string longest(password_bytes_max, 'a');
  CHECK(verify_password(*hash_password(longest), longest));
  CHECK_FALSE(hash_password(longest + 'a'));
  CHECK_FALSE(verify_password(*hash, longest + 'a'));
}

TEST_CASE("a hash of another setting is verified but made anew, and one that asks for too much is not verified") {
  // "password", salt "somesalt", from the tests of the Argon2 reference implementation, version 19: 64 MiB, 2 passes.
  const std::string larger = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  CHECK(verify_password(larger, "password"));
  CHECK_FALSE(verify_password(larger, "passwore"));
  CHECK(needs_rehash(larger));
  // Hashes of "password" as libsodium makes them with 8 and with 9 passes, and with 64 MiB and 1 KiB.
  CHECK(verify_password("$argon2id$v=19$m=8,t=8,p=1$35fYXeBIaqEXBdbER3T9vw$nxR+F2h0QnQIpds53VhO12YP5z+jobHkYK7YmQ8sdhs",
                        "password"));
  CHECK_FALSE(verify_password(
      "$argon2id$v=19$m=8,t=9,p=1$2lXenGfGTQd/74IKAqP5Fw$IfryburygeNsB6olvtAAxP2IxLj1Tc5zG2r9EifS5FY", "password"));
  CHECK_FALSE(verify_password(
      "$argon2id$v=19$m=65537,t=1,p=1$u+WsWKyAoqk1G8EY57Hh/g$3KS8aXVOy0vVpzF9u5cg/IQB0EEvVNDWEVDf0wpdyUo", "password"));
  const std::string hash = *hash_password("password");
  auto with = [&](const std::string& cost) { return "$argon2id$v=19$" + cost + hash.substr(hash.find(",p=1$")); };
  REQUIRE(with("m=19456,t=2") == hash);
  for (const char* cost :
       {"m=65537,t=2", "m=4294967295,t=2", "m=4294967296,t=2", "m=19456,t=9", "m=,t=2", "m=-1,t=2"}) {
    CAPTURE(cost);
    CHECK_FALSE(verify_password(with(cost), "password"));
    CHECK(needs_rehash(with(cost)));
  }
  for (const std::string& none : {std::string{}, std::string{"password"}, hash.substr(0, hash.size() - 1), hash + 'A',
                                  "$argon2i" + hash.substr(9), std::string(200, '$')}) {
    CAPTURE(none);
    CHECK_FALSE(verify_password(none, "password"));
  }
}

TEST_CASE("for users that do not exist there is a hash of today's setting") {
  CHECK_FALSE(needs_rehash(dummy_password_hash()));
  CHECK(dummy_password_hash().size() == hash_password("a")->size());
  for (const char* password : {"", "password", "dummy"}) CHECK_FALSE(verify_password(dummy_password_hash(), password));
}
