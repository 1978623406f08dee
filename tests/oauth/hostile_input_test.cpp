// Whatever is sent, every reader answers: mutations of what is good, by a generator with a fixed seed.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "api/oauth/authorization_code.hpp"
#include "api/oauth/authorization_request.hpp"
#include "api/oauth/login_form_token.hpp"
#include "api/oauth/redirect_uri.hpp"
#include "api/oauth/refresh_token.hpp"
#include "api/oauth/token_request.hpp"
#include "api/tokens/base_encodings.hpp"

using namespace tenantry;
using namespace tenantry::api;
using namespace tenantry::api::oauth;

namespace {

constexpr int rounds = 20'000;

class Mutations {
 public:
  std::string of(std::string text) {
    for (std::size_t count = 1 + below(4); count > 0; --count) mutate(text);
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  char any_character() {
    static constexpr char telling[] =  // the NUL at its end too
        "&=+%:/?#@[]. \"\\<>\n\x7f\x80\xff"
        "Aa0-_";
    return below(4) == 0 ? static_cast<char>(below(256)) : telling[below(sizeof telling)];
  }
  void mutate(std::string& text) {
    const std::size_t place = below(text.size() + 1);
    switch (below(4)) {
      case 0:
        text.insert(place, 1, any_character());
        break;
      case 1:
        text.erase(place, 1 + below(8));
        break;
      case 2:
        text.insert(place, text.substr(below(text.size() + 1), below(20)));
        break;
      default:
        if (place < text.size()) text[place] = any_character();
    }
  }

  std::mt19937 random_{20'260'101};
};

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char each) { return each >= ' ' && each < 0x7F && each != '"' && each != '\\'; });
}

}  // namespace

TEST_CASE("an error of a hostile request is one of RFC 6749, section 5.2, and repeats nothing that it may not") {
  const std::string id = "0190a1b2-c3d4-75f6-8718-293a4b5c6d7e";
  const std::string good = "grant_type=authorization_code&client_id=" + id +
                           "&code=x&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_verifier=" + std::string(43, 'v') +
                           "&response_type=code&code_challenge_method=S256&code_challenge=" + std::string(43, 'A') +
                           "&scope=a+b&token=t";
  const std::string header = "Basic " + tokens::encode_base64(id + ":tnt_key_x");
  Mutations mutations;
  int read = 0;
  for (int round = 0; round < rounds; ++round) {
    auto form = Form::parse(mutations.of(good));
    if (!form) {
      CHECK(is_printable(form.error().field));
      CHECK(is_printable(form.error().detail));
      continue;
    }
    if (auto target = read_authorization_target(*form)) {
      CHECK_FALSE(fault_of_redirect_uri(target->redirect_uri));
      auto request = read_authorization_request(*form, *target);
      if (!request) CHECK(is_printable(request.error().error + request.error().description));
    }
    auto request = read_token_request(*form, std::nullopt);
    read += request.has_value();
    if (!request) CHECK(is_printable(request.error().error + request.error().description));
    auto by_header = read_introspection_request(*form, mutations.of(header));
    REQUIRE_FALSE(by_header);
    CHECK(is_printable(by_header.error().error + by_header.error().description));
  }
  CHECK(read > rounds / 100);  // or the mutations are too wild to test anything but the form
}

TEST_CASE("no mutation of a redirect URI is taken for it, and those that may be registered are harmless in headers") {
  const std::vector<std::string> registered{"https://app.example:8443/cb?x=1", "http://127.0.0.1:80/cb",
                                            "com.example.app:/cb"};
  Mutations mutations;
  for (int round = 0; round < rounds; ++round) {
    const std::string& original = registered[static_cast<std::size_t>(round) % registered.size()];
    const std::string other = mutations.of(original);
    if (!fault_of_redirect_uri(other)) CHECK(is_printable(other));
    if (!is_registered(other, registered) || other == original) continue;
    CAPTURE(other);
    CHECK((other.starts_with("http://127.0.0.1:") || other.starts_with("http://127.0.0.1/")));
    CHECK(other.ends_with("/cb"));
    CHECK_FALSE(fault_of_redirect_uri(other));
  }
}

TEST_CASE("no mutation of what was sealed or made genuine is opened") {
  const std::string key(32, 'k');
  const Uuid id = Uuid::parse("0190a1b2-c3d4-75f6-8718-293a4b5c6d7e").value();
  const TenantId tenant{id};
  const std::string code = seal_code(key, {tenant, id, id, id, "https://a.example", "c", "s", "n", 1, 1000});
  const std::string form =
      seal_login_form(key, {{id, "https://a.example", "s", "t", "n", "c"}, tenant, 1000}, "cookie");
  const std::string refresh = make_refresh_token({tenant, id, id, 1}, key);
  REQUIRE(open_code(key, code, {0}));
  REQUIRE(open_login_form(key, form, "cookie", {0}));
  Mutations mutations;
  for (int round = 0; round < rounds; ++round) {
    if (std::string other = mutations.of(code); other != code) CHECK_FALSE(open_code(key, other, {0}));
    if (std::string other = mutations.of(form); other != form) CHECK_FALSE(open_login_form(key, other, "cookie", {0}));
    if (std::string other = mutations.of(refresh); other != refresh) {
      auto presented = read_refresh_token(other);
      CHECK_FALSE((presented && is_genuine(*presented, key)));
    }
  }
}
