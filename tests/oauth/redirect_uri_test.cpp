// Redirect URIs: what may be registered, and what is registered.
#include <catch2/catch.hpp>

#include "api/oauth/redirect_uri.hpp"

using namespace tenantry::api::oauth;

namespace {

bool is_sent_to(std::string_view requested, std::string registered) {
  return is_registered(requested, std::vector<std::string>{"https://other.example/cb", std::move(registered)});
}

}  // namespace

TEST_CASE("applications on the web, on a person's machine and on telephones may be registered") {
  for (std::string_view text :
       {"https://app.example", "https://app.example/", "https://app.example:8443/cb/%7Ex", "https://app.example/cb?x=1",
        "https://[2001:db8::1]/cb", "https://localhost/cb", "http://127.0.0.1/cb", "http://127.0.0.1:51004/cb",
        "http://[::1]:80/cb", "http://localhost:3000/", "com.example.app:/cb", "com.example.app://login/cb",
        "com.example.app:/cb?x=1"}) {
    CAPTURE(text);
    CHECK_FALSE(fault_of_redirect_uri(text));
  }
  const std::string longest = "https://app.example/" + std::string(redirect_uri_bytes_max - 20, 'x');
  CHECK_FALSE(fault_of_redirect_uri(longest));
  CHECK(fault_of_redirect_uri(longest + "x") == "is longer than 500 bytes");
}

TEST_CASE("what may not be registered is refused with its reason") {
  const std::pair<std::string_view, std::string_view> refused[] = {
      {"", "is empty"},
      {"https://app.example/cb#", "fragment"},
      {"https://app.example/cb#x", "fragment"},
      {"https://me@app.example/cb", "user information"},
      {"https://me:secret@app.example/cb", "user information"},
      {"http://127.0.0.1@evil.example/cb", "user information"},
      {"com.example.app://me@host/cb", "user information"},
      {"/cb", "absolute"},
      {"app.example/cb", "absolute"},
      {"//app.example/cb", "absolute"},
      {"HTTPS://app.example/cb", "lower case"},
      {"https:/app.example/cb", "must have a host"},
      {"https:app.example", "must have a host"},
      {"https://", "must have a host"},
      {"https:///cb", "must have a host"},
      {"https://:8443/cb", "must have a host"},
      {"https://app.example:/cb", "must have a host"},
      {"https://app.example:x/cb", "must have a host"},
      {"https://app.example:65536/cb", "must have a host"},
      {"https://*.example/cb", "must have a host"},
      {"http://app.example/cb", "must begin with https://"},
      {"http://127.0.0.1.evil.example/cb", "must begin with https://"},
      {"http://127.0.0.2/cb", "must begin with https://"},
      {"http://localhost.evil.example/cb", "must begin with https://"},
      {"http://[::2]/cb", "must begin with https://"},
      {"javascript:alert(1)", "scheme of its own that has a dot"},
      {"data:text/html,x", "scheme of its own that has a dot"},
      {"myapp:/cb", "scheme of its own that has a dot"},
      {"urn:ietf:wg:oauth:2.0:oob", "scheme of its own that has a dot"},
      {"com.example.app:cb", "must have a path"},
      {"https://app.example/c b", "cannot have"},
      {"https://app.example\\@evil.example/cb", "cannot have"},
      {"https://app.example/\r\nSet-Cookie:x", "cannot have"},
      {"https://app.example/<x>", "cannot have"},
      {"https://app.example/\xc3\xa9", "cannot have"},
      {"https://app.example/%zz", "malformed escape"},
      {"https://app.example/%00", "malformed escape"},
      {"https://app.example/cb?x=%0d%0a", "is no form: x has control characters"},
      {"https://app.example/cb?code=1", "has code in its query"},
      {"https://app.example/cb?a=1&st%61te=1", "has state in its query"},
      {"https://app.example/cb?iss", "has iss in its query"},
      {"https://app.example/cb?error=", "has error in its query"}};
  for (const auto& [text, reason] : refused) {
    CAPTURE(text, reason);
    auto fault = fault_of_redirect_uri(text);
    REQUIRE(fault);
    CHECK(fault->contains(reason));
  }
  CHECK(fault_of_redirect_uri(std::string_view{"https://app.example/\0", 21}) ==
        "has a character that a URI cannot have");
}

TEST_CASE("a redirect URI is the registered one byte by byte") {
  const std::string registered = "https://app.example/cb";
  CHECK(is_sent_to(registered, registered));
  CHECK(is_sent_to("com.example.app:/cb", "com.example.app:/cb"));
  for (std::string_view other : {"", "https://app.example/cb/", "https://app.example/cb?", "https://app.example/cb?x=1",
                                 "https://app.example/CB", "https://App.example/cb", "https://app.example:443/cb",
                                 "https://app.example/cb/../evil", "https://app.example", "https://app.example/%63b",
                                 "https://app.example.evil.example/cb", "https://app.example@evil.example/cb",
                                 "http://app.example/cb", "https://app.example/cb#x"}) {
    CAPTURE(other);
    CHECK_FALSE(is_sent_to(other, registered));
  }
  CHECK_FALSE(is_registered("https://app.example/cb", {}));
}

TEST_CASE("at a loopback address a program may listen on whichever port is free") {
  CHECK(is_sent_to("http://127.0.0.1:51004/cb", "http://127.0.0.1/cb"));
  CHECK(is_sent_to("http://127.0.0.1/cb", "http://127.0.0.1:8080/cb"));
  CHECK(is_sent_to("http://127.0.0.1:1/cb?x=1", "http://127.0.0.1:2/cb?x=1"));
  CHECK(is_sent_to("http://[::1]:51004/cb", "http://[::1]/cb"));
}

TEST_CASE("nothing but the port of a loopback address may differ") {
  CHECK_FALSE(is_sent_to("http://127.0.0.1:51004/other", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://127.0.0.1:51004/cb?x=1", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("https://127.0.0.1:51004/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("https://127.0.0.1:51004/cb", "https://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://[::1]:51004/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://localhost:51004/cb", "http://localhost/cb"));
  CHECK_FALSE(is_sent_to("http://localhost:51004/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://127.0.0.1:80@evil.example/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://127.0.0.1:99999/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://127.0.0.1:/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://127.0.0.1:5x/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("http://127.0.0.1.evil.example:5/cb", "http://127.0.0.1/cb"));
  CHECK_FALSE(is_sent_to("https://app.example:5/cb", "https://app.example/cb"));
}
