#include "api/tokens/scopes.hpp"

#include <catch2/catch.hpp>

using tenantry::api::tokens::Scopes;

TEST_CASE("scopes are a set: neither order nor repetition says anything") {
  auto scopes = Scopes::parse("roster:write roster:read roster:write");
  REQUIRE(scopes);
  CHECK(scopes->text() == "roster:read roster:write");
  CHECK(scopes->contains("roster:read"));
  CHECK_FALSE(scopes->contains("roster"));
  CHECK_FALSE(scopes->contains("Roster:read"));
  CHECK_FALSE(scopes->contains(""));
  CHECK(*scopes == *Scopes::parse("roster:read roster:write"));
  CHECK(Scopes::parse(scopes->text()) == scopes);
  CHECK(Scopes{}.text().empty());
}

TEST_CASE("scopes are within others if each of them is") {
  auto scopes = *Scopes::parse("a b");
  CHECK(scopes.within(*Scopes::parse("a b c")));
  CHECK(scopes.within(scopes));
  CHECK(Scopes{}.within(scopes));
  CHECK_FALSE(scopes.within(*Scopes::parse("a c")));
  CHECK_FALSE(scopes.within({}));
}

TEST_CASE("what is not scopes by RFC 6749 is refused") {
  CHECK(Scopes::parse("!#[]~ https://tenantry.example/all"));
  for (const char* text : {"", " ", " a", "a ", "a  b", "a\tb", "a\"b", "a\\b", "a\x7F", "\xC3\xA4", "a\nb"}) {
    CAPTURE(text);
    CHECK_FALSE(Scopes::parse(text));
  }
  CHECK(Scopes::parse(std::string(Scopes::name_bytes_max, 'a')));
  CHECK_FALSE(Scopes::parse(std::string(Scopes::name_bytes_max + 1, 'a')));
  std::string many = "a0";
  for (std::size_t each = 1; each < Scopes::names_max; ++each) many += " a" + std::to_string(each);
  CHECK(Scopes::parse(many)->names().size() == Scopes::names_max);
  CHECK_FALSE(Scopes::parse(many + " a"));
}
