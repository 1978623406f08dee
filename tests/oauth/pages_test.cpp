// The pages that people log in on: nothing in them but what was meant, and usable by everybody.
#include "api/oauth/pages.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "api/tokens/base_encodings.hpp"
#include "events/identifiers.hpp"

using namespace tenantry;
using namespace tenantry::api;
using namespace tenantry::api::oauth;

namespace {

constexpr std::string_view hostile = R"("><script>alert('x')</script>&amp;</title></style><b onclick=')";
constexpr std::string_view hostile_escaped =
    "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;&lt;/title&gt;&lt;/style&gt;&lt;b onclick=&#39;";

LoginPage login() {
  return {"Hillside School", "Class Book", "/oauth/login", "sealed-form", "", LoginProblem::none};
}
ChoosePasswordPage choice() {
  return {"Hillside School", "ann@hillside.example", "/oauth/password", "tnt_inv_x", 12, ""};
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

std::vector<std::string> all_pages() {
  LoginPage refused = login();
  refused.problem = LoginProblem::refused;
  LoginPage too_many = login();
  too_many.problem = LoginProblem::too_many_attempts;
  ChoosePasswordPage wrong = choice();
  wrong.error = "The two passwords are not the same.";
  return {login_page(login()),         login_page(refused),
          login_page(too_many),        choose_password_page(choice()),
          choose_password_page(wrong), message_page("Not here", "Please go back.")};
}

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  std::vector<std::string> found;
  const std::regex expression{pattern};
  for (auto each = std::sregex_iterator(text.begin(), text.end(), expression); each != std::sregex_iterator(); ++each) {
    found.push_back(each->size() > 1 ? (*each)[1].str() : each->str());
  }
  return found;
}

std::string policy_of(const http::ResponseHeaders& headers) {
  return std::map<std::string, std::string>{headers.begin(), headers.end()}.at("Content-Security-Policy");
}

}  // namespace

TEST_CASE("a login page asks for login, password and one-time code, and carries its form") {
  const std::string page = login_page(login());
  CHECK(page.contains("<title>Log in \xe2\x80\x93 Hillside School</title>"));
  CHECK(page.contains("<bdi>Hillside School</bdi>"));
  CHECK(page.contains("<bdi>Class Book</bdi>"));
  CHECK(page.contains("<form method=\"post\" action=\"/oauth/login\">"));
  CHECK(page.contains("<input type=\"hidden\" name=\"form\" value=\"sealed-form\">"));
  CHECK(page.contains("One-time code, if you have set one up"));
  CHECK(matches(page, "autocomplete=\"([^\"]*)\"") ==
        std::vector<std::string>{"username", "current-password", "one-time-code"});
  CHECK(matches(page, "<input id=\"[^\"]*\" name=\"([^\"]*)\"") ==
        std::vector<std::string>{"login", "password", "one_time_code"});
  CHECK_FALSE(page.contains("role=\"alert\""));
  CHECK_FALSE(page.contains("aria-invalid"));
}

TEST_CASE("a refused login says the same of every user, and ties it to the fields") {
  LoginPage known = login();
  known.login = "ann@hillside.example";
  known.problem = LoginProblem::refused;
  LoginPage unknown = known;
  unknown.login = "bob@hillside.example";
  std::string page = login_page(known);
  CHECK(page.contains("<title>Error: Log in"));
  CHECK(page.contains("id=\"error\" role=\"alert\">The login, the password or the one-time code is not right."));
  CHECK(count(page, "aria-describedby=\"error\" aria-invalid=\"true\"") == 3);
  CHECK(page.contains("value=\"ann@hillside.example\""));
  CHECK(std::regex_replace(page, std::regex{"ann@"}, "bob@") == login_page(unknown));
}

TEST_CASE("too many attempts are told without blaming a field") {
  LoginPage page = login();
  page.problem = LoginProblem::too_many_attempts;
  CHECK(login_page(page).contains("role=\"alert\">There were too many attempts."));
  CHECK_FALSE(login_page(page).contains("aria-invalid"));
}

TEST_CASE("a page for choosing a password shows whose, and says how long it has to be") {
  const std::string page = choose_password_page(choice());
  CHECK(page.contains("<input type=\"hidden\" name=\"invitation\" value=\"tnt_inv_x\">"));
  CHECK(page.contains("readonly value=\"ann@hillside.example\""));
  CHECK(page.contains("id=\"password_hint\">At least 12 characters.</p>"));
  CHECK(page.contains("aria-describedby=\"password_hint\""));
  CHECK(matches(page, "autocomplete=\"([^\"]*)\"") ==
        std::vector<std::string>{"username", "new-password", "new-password"});
  ChoosePasswordPage wrong = choice();
  wrong.error = "The two passwords are not the same.";
  const std::string again = choose_password_page(wrong);
  CHECK(again.contains("role=\"alert\">The two passwords are not the same.</p>"));
  CHECK(again.contains("aria-describedby=\"error password_hint\" aria-invalid=\"true\""));
  CHECK(count(again, "aria-invalid") == 2);
}

TEST_CASE("a message has its title and its text") {
  const std::string page = message_page("Not here", "Please go back.");
  CHECK(page.contains("<title>Not here</title>"));
  CHECK(page.contains("<h1>Not here</h1>\n<p>Please go back.</p>"));
}

TEST_CASE("whatever stands in a page is text and never markup") {
  const std::string text{hostile};
  const std::string pages[] = {
      login_page({text, text, text, text, text, LoginProblem::refused}),
      choose_password_page({text, text, text, text, 12, text}),
      message_page(text, text),
  };
  const std::size_t times[] = {6, 6, 3};
  for (std::size_t each = 0; each < std::size(pages); ++each) {
    CAPTURE(each);
    CHECK(count(pages[each], hostile_escaped) == times[each]);
    CHECK_FALSE(pages[each].contains("<script"));
    CHECK_FALSE(pages[each].contains("<b "));
    CHECK(count(pages[each], "</title>") == 1);
    CHECK(count(pages[each], "</style>") == 1);
  }
}

TEST_CASE("every page has a language, a title, one heading, and labels for its fields") {
  for (const std::string& page : all_pages()) {
    CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    CHECK(matches(page, "<title>([^<]+)</title>").size() == 1);
    CHECK(count(page, "<h1>") == 1);
    CHECK(page.contains("name=\"viewport\" content=\"width=device-width, initial-scale=1\""));
    CHECK_FALSE(page.contains("<script"));
    CHECK_FALSE(page.contains("style=\""));
    CHECK_FALSE(page.contains("http:"));
    CHECK_FALSE(page.contains("https:"));
    CHECK(matches(page, "<label for=\"([^\"]*)\"") == matches(page, "<input id=\"([^\"]*)\""));
    const auto ids = matches(page, " id=\"([^\"]*)\"");
    const std::set<std::string> known{ids.begin(), ids.end()};
    CHECK(known.size() == ids.size());
    for (const std::string& described_by : matches(page, "aria-describedby=\"([^\"]*)\"")) {
      for (const std::string& each : matches(described_by, "[a-z_]+")) CHECK(known.contains(each));
    }
  }
}

TEST_CASE("the policy lets in the style of the page and nothing else") {
  for (const std::string& page : all_pages()) {
    const std::size_t begin = page.find("<style>") + 7;
    const std::string style = page.substr(begin, page.find("</style>") - begin);
    REQUIRE_FALSE(style.empty());
    const std::string hash = tokens::encode_base64(events::bytes_of(events::sha256({style})));
    CHECK(policy_of(page_headers({})) == "default-src 'none'; style-src 'sha256-" + hash +
                                             "'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
  }
}

TEST_CASE("a page goes out with headers that keep it from frames, caches and others") {
  const std::vector<std::string> sources{"https://app.example", "com.example.app:"};
  auto response = page_response(200, message_page("a", "b"), sources);
  CHECK(response.status == 200);
  CHECK(response.content_type == "text/html; charset=utf-8");
  std::map<std::string, std::string> headers{response.headers.begin(), response.headers.end()};
  CHECK(headers.at("Content-Security-Policy").ends_with("form-action 'self' https://app.example com.example.app:"));
  CHECK(headers.at("X-Frame-Options") == "DENY");
  CHECK(headers.at("Referrer-Policy") == "no-referrer");
  CHECK(headers.at("Cache-Control") == "no-store");
  CHECK(headers.size() == 4);
  CHECK(http::are_valid_headers(response.content_type, response.headers));
  CHECK(response.body == message_page("a", "b"));
}

TEST_CASE("a source of the policy is where a redirect URI is") {
  CHECK(form_action_source("https://app.example/cb?x=1") == "https://app.example");
  CHECK(form_action_source("https://app.example:8443?x") == "https://app.example:8443");
  CHECK(form_action_source("https://app.example") == "https://app.example");
  CHECK(form_action_source("http://127.0.0.1:51004/cb") == "http://127.0.0.1:51004");
  CHECK(form_action_source("http://[::1]:51004/cb") == "http:");
  CHECK(form_action_source("com.example.app:/cb") == "com.example.app:");
  CHECK(form_action_source("com.example.app://x/cb") == "com.example.app:");
}

TEST_CASE("a policy cannot be changed by a source") {
  for (const char* source :
       {"", "*", "https://*", "https://a b", "https://a;script-src *", "https://a,x", "'unsafe-inline'", "a\r\nb"}) {
    CAPTURE(source);
    CHECK_THROWS_AS(page_headers(std::vector<std::string>{source}), std::invalid_argument);
  }
}
