// People log in, and applications get tokens: over HTTP, at one server.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "api/issuer/sweeping.hpp"
#include "api/tokens/totp.hpp"
#include "tests/api/test_service.hpp"
#include "tests/support/browser.hpp"
#include "tests/support/manual_clock.hpp"

using namespace tenantry;
using namespace tenantry::test;
using nlohmann::json;

namespace {

const std::string password = "correct horse battery";

const api::tokens::PrivateKey key = api::tokens::PrivateKey::generate(api::tokens::SignatureAlgorithm::eddsa);

Headers bearing(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

std::string operator_token() {
  return issue_access_token({.issuer = "https://id.example",
                             .subject = "olga",
                             .audience = {"https://api.example"},
                             .expires_at_s = 4'000'000'000,
                             .issued_at_s = Instant::now().unix_ms / 1000 - 3600,
                             .token_id = "t1",
                             .client_id = "console"},
                            "tenant", "k", key);
}

api::ServiceOptions with_issuer(const std::string& url = "https://school.example") {
  api::ServiceOptions options;
  options.authentication.issuers = {
      {.rules = {.issuer = "https://id.example", .audience = "https://api.example"},
       .keys = api::tokens::KeySet::make({{.key_id = "k", .key = key.public_key()}}).value(),
       .operators = {"olga"}}};
  options.issuer = api::IssuerOptions{.url = url};
  return options;
}

// A tenant whose head has chosen a password.
struct School : TestService {
  explicit School(events::engine::EngineOptions engine = {}, api::ServiceOptions options = with_issuer())
      : TestService(std::move(options), engine) {
    found("oak");
  }
  // Another one, with a head of the same login and password.
  void found(const std::string& slug) {
    auto operators = client(bearing(operator_token()));
    tenants[slug] = created(
        operators.post("/v1/tenants", json{{"slug", slug}, {"name", "School"}, {"timezone", "Europe/London"}}.dump()));
    operators.standing.emplace_back("X-Tenant", slug);
    heads[slug] = created(operators.post("/v1/administrators", R"({"login":"head","name":"The head"})"));
    auto invitation = operators.post("/v1/administrators/" + heads[slug] + "/invitation", "");
    REQUIRE(choose(at(invitation, "/invitation"), password).status == 200);
  }
  Answer choose(const std::string& invitation, const std::string& chosen) {
    auto server = client();
    return post_form(server, "/oauth/password",
                     {{"invitation", invitation}, {"password", chosen}, {"password_again", chosen}});
  }
  json log_in(const std::string& login = "head", const std::string& with = password, const std::string& slug = "oak") {
    auto server = client();
    return Browser{.tenant = slug}.log_in(server, login, with);
  }
  HttpClient by(const json& tokens) { return client(bearing(tokens.at("access_token"))); }
  // A user of a role who has chosen the password, invited by the head.
  std::string user(const std::string& login, const std::string& role) {
    auto head = by(log_in());
    auto id = created(head.post("/v1/users", json{{"login", login}, {"name", login}}.dump()));
    REQUIRE(choose(at(head.post("/v1/users/" + id + "/invitation", "{}"), "/invitation"), password).status == 200);
    REQUIRE(head.post("/v1/users/" + id + "/grant-role", json{{"role", role}}.dump()).status == 200);
    return id;
  }

  std::map<std::string, std::string> tenants, heads;
};

bool is_sent_back(const Answer& answer) {
  return answer.status == 303 && !Browser::code_in(answer).empty();
}

std::string error_in(const Answer& answer) {
  return std::to_string(answer.status) + ' ' + at(answer, "/error");
}

// Without what differs from page to page: the form's token.
std::string without_form(std::string page) {
  std::string form = between(page, "name=\"form\" value=\"", "\"");
  if (!form.empty()) page.replace(page.find(form), form.size(), "…");
  return page;
}

template <class Work>
std::vector<Answer> at_once(std::size_t count, Work work) {
  std::vector<Answer> answers(count);
  std::vector<std::thread> threads;
  for (Answer& each : answers) threads.emplace_back([&] { each = work(); });
  for (std::thread& each : threads) each.join();
  return answers;
}

}  // namespace

TEST_CASE("a person logs in, and the application gets tokens that say who and no more than was asked for") {
  School school;
  auto server = school.client();
  Browser browser{.tenant = "oak", .scope = "openid roster:read"};
  auto page = browser.open(server);
  REQUIRE(page.status == 200);
  CHECK(header(page, "cache-control") == "no-store");
  CHECK(header(page, "content-type").starts_with("text/html"));
  CHECK(header(page, "content-security-policy").starts_with("default-src 'none'"));
  std::string cookie = header(page, "set-cookie");
  CHECK(cookie.starts_with("__Host-tenantry-login="));
  for (const char* part : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"}) {
    CHECK(cookie.find(part) != std::string::npos);
  }
  auto sent = browser.submit(server, "HEAD", password);
  REQUIRE(is_sent_back(sent));
  std::string location = header(sent, "location");
  CHECK(location.starts_with("http://127.0.0.1:5000/callback?"));
  CHECK(location.find("state=af0ifjsldkj") != std::string::npos);
  CHECK(location.find("iss=https%3A%2F%2Fschool.example") != std::string::npos);
  auto answer = browser.exchange(server, Browser::code_in(sent));
  REQUIRE(answer.status == 200);
  CHECK(header(answer, "cache-control") == "no-store");
  json tokens = json::parse(answer.body);
  CHECK(tokens.at("token_type") == "Bearer");
  CHECK(tokens.at("expires_in") == 600);
  CHECK(tokens.contains("id_token"));

  auto me = school.by(tokens).get("/v1/me");
  CHECK(at(me, "/id") == school.heads["oak"]);
  CHECK(at(me, "/login") == "head");
  CHECK(at(me, "/permissions") == R"(["roster:read"])");
  CHECK(school.by(tokens).get("/v1/students").status == 200);
  CHECK(problem(school.by(tokens).get("/v1/users")) == "403 permission-missing");
  // An ID token, a code and a refresh token are no access tokens.
  for (const std::string& other :
       {std::string{tokens.at("id_token")}, std::string{tokens.at("refresh_token")}, Browser::code_in(sent)}) {
    CHECK(problem(school.client(bearing(other)).get("/v1/me")) == "401 token-refused Authorization");
  }
}

TEST_CASE("who may not log in is told the same, whoever it is") {
  School school;
  auto head = school.by(school.log_in());
  auto locked = school.user("locked", "registrar"), gone = school.user("gone", "registrar");
  REQUIRE(head.post("/v1/users/" + locked + "/lock", R"({"reason":"lost phone"})").status == 200);
  REQUIRE(head.post("/v1/users/" + gone + "/deactivate", R"({"reason":"left"})").status == 200);
  created(head.post("/v1/users", R"({"login":"invited","name":"Invited"})"));
  auto server = school.client();
  Browser browser{.tenant = "oak"};
  browser.open(server);
  std::set<std::string> pages;
  for (const char* login : {"head", "nobody", "locked", "gone", "invited"}) {
    auto refused = browser.submit(server, login, "not the password at all");
    CHECK(refused.status == 403);
    std::string page = without_form(refused.body);
    for (auto place = page.find(login); place != std::string::npos; place = page.find(login)) {
      page.replace(place, std::string{login}.size(), "…");
    }
    pages.insert(page);
  }
  // "head" stands in the page's HTML, too.
  CHECK(pages.size() <= 2);
  // The right password of one who is locked tells so; without it nobody learns of it.
  CHECK(browser.submit(server, "locked", password).body.find("locked") != std::string::npos);
  CHECK_FALSE(is_sent_back(browser.submit(server, "gone", password)));
}

TEST_CASE("a form is good in the browser that it was shown to, for a while, and cannot be changed") {
  ManualClock clock(Instant::now());
  events::engine::EngineOptions engine;
  engine.clock = &clock;
  School school(engine);
  auto server = school.client();
  Browser browser{.tenant = "oak"};
  browser.open(server);
  auto elsewhere = browser;
  elsewhere.cookie = "__Host-tenantry-login=" + std::string(43, 'A');
  CHECK(elsewhere.submit(server, "head", password).status == 400);
  auto without = browser;
  without.cookie = "other=1";
  CHECK(without.submit(server, "head", password).status == 400);
  auto changed = browser;
  changed.form[changed.form.size() / 2] ^= 1;
  CHECK(changed.submit(server, "head", password).status == 400);
  CHECK(is_sent_back(browser.submit(server, "head", password)));
  browser.open(server);
  clock.set({clock.now().unix_ms + 901'000});
  CHECK(browser.submit(server, "head", password).status == 400);
}

TEST_CASE("a login that fails too often is closed for a while, known or not, and opens again") {
  ManualClock clock(Instant::now());
  events::engine::EngineOptions engine;
  engine.clock = &clock;
  School school(engine);
  auto server = school.client();
  Browser browser{.tenant = "oak"};
  browser.open(server);
  for (const char* login : {"head", "nobody"}) {
    CAPTURE(login);
    for (int count = 0; count < 5; ++count) CHECK(browser.submit(server, login, "wrong password").status == 403);
    CHECK(browser.submit(server, login, password).status == 429);
    CHECK(browser.submit(server, std::string{login} == "head" ? "HEAD" : "NOBODY", password).status == 429);
  }
  clock.set({clock.now().unix_ms + 11'000});
  CHECK(is_sent_back(browser.submit(server, "head", password)));
  CHECK(browser.submit(server, "head", "wrong password").status == 403);  // counted from the beginning
  CHECK(is_sent_back(browser.submit(server, "head", password)));
}

TEST_CASE("a code is good once, for a minute, for whom it was made") {
  ManualClock clock(Instant::now());
  events::engine::EngineOptions engine;
  engine.clock = &clock;
  School school(engine);
  auto server = school.client();
  Browser browser{.tenant = "oak"};
  auto code = [&] {
    browser.open(server);
    return Browser::code_in(browser.submit(server, "head", password));
  };
  std::string other = code();
  auto eve = browser;
  eve.verifier = std::string(43, 'w');
  CHECK(error_in(eve.exchange(server, other)) == "400 invalid_grant");
  eve = browser;
  eve.redirect_uri = "http://127.0.0.1:5001/callback";
  CHECK(error_in(eve.exchange(server, other)) == "400 invalid_grant");
  eve = browser;
  eve.application = id_of(7);
  CHECK(error_in(eve.exchange(server, other)) == "400 invalid_grant");
  clock.set({clock.now().unix_ms + 61'000});
  CHECK(error_in(browser.exchange(server, other)) == "400 invalid_grant");

  std::string twice = code();
  auto first = browser.exchange(server, twice);
  REQUIRE(first.status == 200);
  CHECK(school.by(json::parse(first.body)).get("/v1/me").status == 200);
  CHECK(error_in(browser.exchange(server, twice)) == "400 invalid_grant");
  // Whoever has it has stolen it, or it was stolen from them.
  CHECK(problem(school.by(json::parse(first.body)).get("/v1/me")) == "403 access-ended");
}

TEST_CASE("of many who show one code or one refresh token at once, one gets tokens at most, and the session ends") {
  School school;
  for (bool is_code : {true, false}) {
    auto server = school.client();
    Browser browser{.tenant = "oak"};
    browser.open(server);
    std::string shown = Browser::code_in(browser.submit(server, "head", password));
    if (!is_code) shown = json::parse(browser.exchange(server, shown).body).at("refresh_token");
    auto answers = at_once(8, [&] {
      auto connection = school.client();
      auto mine = browser;
      return is_code ? mine.exchange(connection, shown) : mine.refresh(connection, shown);
    });
    std::vector<json> given;
    for (const Answer& each : answers) {
      if (each.status == 200) given.push_back(json::parse(each.body));
      if (each.status != 200) CHECK(error_in(each) == "400 invalid_grant");
    }
    REQUIRE(given.size() == 1);
    CHECK(problem(school.by(given.front()).get("/v1/me")) == "403 access-ended");
    CHECK(error_in(browser.refresh(server, given.front().at("refresh_token"))) == "400 invalid_grant");
  }
}

TEST_CASE("a session goes on by refresh tokens, each good once, within what was granted") {
  School school;
  auto server = school.client();
  Browser browser{.tenant = "oak", .scope = "roster:read roster:manage"};
  json tokens = browser.log_in(server, "head", password);
  CHECK(error_in(browser.refresh(server, tokens.at("refresh_token"), "roster:read access:manage")) ==
        "400 invalid_scope");
  auto narrowed = browser.refresh(server, tokens.at("refresh_token"), "roster:read");
  REQUIRE(narrowed.status == 200);
  json less = json::parse(narrowed.body);
  CHECK(problem(school.by(less).post("/v1/students", student("S-1"))) == "403 permission-missing");
  json whole = json::parse(browser.refresh(server, less.at("refresh_token")).body);
  CHECK(school.by(whole).post("/v1/students", student("S-1")).status == 201);
  CHECK(error_in(browser.refresh(server, tokens.at("refresh_token"))) == "400 invalid_grant");
  CHECK(problem(school.by(whole).get("/v1/me")) == "403 access-ended");
  std::string forged = whole.at("refresh_token");
  forged[40] = forged[40] == 'A' ? 'B' : 'A';
  json again = browser.log_in(server, "head", password);
  CHECK(error_in(browser.refresh(server, forged)) == "400 invalid_grant");
  CHECK(school.by(again).get("/v1/me").status == 200);
}

TEST_CASE("whatever ends a session ends its tokens at once") {
  School school;
  auto ben = school.user("ben", "registrar");
  auto head = school.by(school.log_in());
  auto users = "/v1/users/" + ben;
  auto here = [&] { return school.by(school.log_in("ben")); };
  auto logged_out = here(), ended = here();
  CHECK(logged_out.post("/v1/me/log-out", "").status == 200);
  CHECK(problem(logged_out.get("/v1/me")) == "403 access-ended");
  CHECK(ended.get("/v1/me").status == 200);
  CHECK(head.post(users + "/end-sessions", "{}").status == 200);
  CHECK(problem(ended.get("/v1/me")) == "403 access-ended");
  auto before = here();
  auto changed = before.post("/v1/me/password", json{{"current", password}, {"new", "another long password"}}.dump());
  REQUIRE(changed.status == 200);
  CHECK(problem(before.get("/v1/me")) == "403 access-ended");
  auto after = school.by(school.log_in("ben", "another long password"));
  CHECK(problem(after.post("/v1/me/password", json{{"current", password}, {"new", "yet another password"}}.dump())) ==
        "403 shown-wrong current");
  CHECK(problem(after.post("/v1/me/password", json{{"current", "another long password"}, {"new", "short"}}.dump())) ==
        "422 password-unfit new");
  CHECK(head.post(users + "/lock", R"({"reason":"lost phone"})").status == 200);
  CHECK(problem(after.get("/v1/me")) == "403 access-ended");
  CHECK(head.post(users + "/unlock", "{}").status == 200);
  CHECK(after.get("/v1/me").status == 200);
  CHECK(head.post(users + "/deactivate", R"({"reason":"left"})").status == 200);
  CHECK(problem(after.get("/v1/me")) == "403 access-ended");
}

TEST_CASE("a second factor is asked for once it is confirmed, and no code is good twice") {
  ManualClock clock(Instant::now());
  events::engine::EngineOptions engine;
  engine.clock = &clock;
  School school(engine);
  auto server = school.client();
  auto head = school.by(school.log_in());
  auto made = head.post("/v1/me/second-factor", "");
  REQUIRE(made.status == 200);
  std::string secret = at(made, "/secret");
  CHECK(at(made, "/uri").find(secret) != std::string::npos);
  std::string seed = bytes_of_base32(secret);
  auto code = [&](int later) { return api::tokens::totp_code(seed, api::tokens::totp_step(clock.now()) + later); };
  auto confirm = [&](const std::string& shown) {
    return head.post("/v1/me/second-factor/confirm", json{{"id", at(made, "/id")}, {"code", shown}}.dump());
  };
  CHECK(problem(confirm(code(5))) == "403 shown-wrong code");
  CHECK(problem(head.post("/v1/me/second-factor/confirm", json{{"id", id_of(3)}, {"code", code(0)}}.dump())) ==
        "403 shown-wrong code");
  Browser browser{.tenant = "oak"};
  browser.open(server);
  CHECK(is_sent_back(browser.submit(server, "head", password)));  // not confirmed yet
  REQUIRE(confirm(code(0)).status == 200);
  CHECK(problem(head.post("/v1/me/second-factor", "")) == "409 second-factor-exists");
  CHECK(browser.submit(server, "head", password).status == 403);
  CHECK(browser.submit(server, "head", password, code(0)).status == 403);  // its step was used to confirm
  auto answers = at_once(6, [&] {
    auto connection = school.client();
    auto mine = browser;
    return mine.submit(connection, "head", password, code(1));
  });
  CHECK(std::ranges::count_if(answers, is_sent_back) == 1);
  clock.set({clock.now().unix_ms + 60'000});
  CHECK(problem(head.post("/v1/me/second-factor/remove", R"({"code":"000000"})")) == "403 shown-wrong code");
  CHECK(head.post("/v1/me/second-factor/remove", json{{"code", code(0)}}.dump()).status == 200);
  CHECK(is_sent_back(browser.submit(server, "head", password)));
}

TEST_CASE("browsers are sent to registered places alone, and errors are told where they may be") {
  School school;
  auto server = school.client();
  auto head = school.by(school.log_in());
  auto app = created(
      head.post("/v1/applications", R"({"name":"App","redirectUris":[{"uri":"https://app.example/callback"}]})"));
  Browser browser{.tenant = "oak", .application = app, .redirect_uri = "https://app.example/callback"};
  CHECK(browser.open(server).status == 200);
  for (const char* elsewhere : {"https://app.example/", "https://evil.example/callback",
                                "https://app.example/callback?x=1", "http://127.0.0.1:5000/callback"}) {
    auto wrong = browser;
    wrong.redirect_uri = elsewhere;
    CAPTURE(elsewhere);
    auto page = wrong.open(server);
    CHECK(page.status == 400);
    CHECK(header(page, "location").empty());
  }
  for (const char* tenant : {"elm", ""}) {
    auto wrong = browser;
    wrong.tenant = tenant;
    CHECK(wrong.open(server).status == 400);
  }
  std::string target = browser.target();
  auto refused = server.get(target.substr(0, target.find("&code_challenge=")));
  CHECK(refused.status == 303);
  CHECK(header(refused, "location").starts_with("https://app.example/callback?error=invalid_request"));
  CHECK(is_sent_back(browser.submit(server, "head", password)));
  REQUIRE(head.post("/v1/applications/" + app + "/withdraw", "{}").status == 200);
  CHECK(browser.open(server).status == 400);
}

TEST_CASE("invitations are good once, and the newest alone") {
  School school;
  auto head = school.by(school.log_in());
  auto ben = created(head.post("/v1/users", R"({"login":"ben","name":"Ben"})"));
  auto invite = [&] { return at(head.post("/v1/users/" + ben + "/invitation", "{}"), "/invitation"); };
  std::string first = invite(), second = invite();
  auto server = school.client();
  CHECK(server.get("/oauth/invitation?invitation=" + first).status == 404);
  CHECK(server.get("/oauth/invitation?invitation=" + second).status == 200);
  CHECK(school.choose(first, password).status == 404);
  CHECK(school.choose(second, "short").status == 400);
  CHECK(school.choose(second, password).status == 200);
  CHECK(school.choose(second, password).status == 404);
  std::string forged = invite();
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  CHECK(school.choose(forged, password).status == 404);
  CHECK(school.choose("tnt_invitation_x", password).status == 404);
}

TEST_CASE("nothing of one tenant is good in another, though everything is called the same") {
  School school;
  school.found("elm");
  auto server = school.client();
  json oak = school.log_in(), elm = school.log_in("head", password, "elm");
  CHECK(problem(school.by(oak).get("/v1/users", {{"X-Tenant", "elm"}})) == "403 tenant-forbidden");
  CHECK(at(school.by(elm).get("/v1/me"), "/id") == school.heads["elm"]);
  auto keys = [&](const json& tokens) {
    return school.by(tokens).post("/v1/service-keys", R"({"name":"K","permissions":[{"permission":"roster:read"}]})");
  };
  auto of_oak = keys(oak), of_elm = keys(elm);
  auto introspect = [&](const Answer& service, const json& tokens) {
    return post_form(server, "/oauth/introspect",
                     {{"client_id", at(service, "/id")},
                      {"client_secret", at(service, "/key")},
                      {"token", tokens.at("access_token").get<std::string>()}});
  };
  CHECK(at(introspect(of_oak, oak), "/active") == "true");
  CHECK(introspect(of_oak, elm).body == R"({"active":false})");
  CHECK(introspect(of_elm, oak).body == R"({"active":false})");
  // A form of one tenant logs in there, whatever else is named.
  Browser browser{.tenant = "oak"};
  browser.open(server);
  browser.tenant = "elm";
  auto tokens = json::parse(browser.exchange(server, Browser::code_in(browser.submit(server, "head", password))).body);
  CHECK(at(school.by(tokens).get("/v1/me"), "/id") == school.heads["oak"]);
}

TEST_CASE("services get tokens for their keys, and revocation ends the session of its own client") {
  School school;
  auto server = school.client();
  auto head = school.by(school.log_in());
  auto issued = head.post("/v1/service-keys", R"({"name":"K","permissions":[{"permission":"roster:read"}]})");
  std::string id = at(issued, "/id"), text = at(issued, "/key");
  auto ask = [&](const std::string& secret) {
    return post_form(server, "/oauth/token",
                     {{"grant_type", "client_credentials"}, {"client_id", id}, {"client_secret", secret}});
  };
  auto given = ask(text);
  REQUIRE(given.status == 200);
  CHECK(school.by(json::parse(given.body)).get("/v1/students").status == 200);
  CHECK(problem(school.by(json::parse(given.body)).get("/v1/users")) == "403 permission-missing");
  CHECK(error_in(ask(text.substr(0, text.size() - 1) + (text.back() == 'A' ? 'B' : 'A'))) == "400 invalid_client");
  REQUIRE(head.post("/v1/service-keys/" + id + "/revoke", "{}").status == 200);
  CHECK(error_in(ask(text)) == "400 invalid_client");
  CHECK(problem(school.by(json::parse(given.body)).get("/v1/students")) == "403 access-ended");

  json tokens = school.log_in();
  auto revoke = [&](const std::string& client) {
    return post_form(server, "/oauth/revoke",
                     {{"client_id", client}, {"token", tokens.at("refresh_token").get<std::string>()}});
  };
  CHECK(error_in(revoke(id_of(8))) == "400 invalid_grant");
  CHECK(school.by(tokens).get("/v1/me").status == 200);
  CHECK(revoke(own_machine).status == 200);
  CHECK(problem(school.by(tokens).get("/v1/me")) == "403 access-ended");
  CHECK(revoke(own_machine).status == 200);
  CHECK(error_in(post_form(server, "/oauth/token", {{"grant_type", "password"}, {"client_id", own_machine}})) ==
        "400 unsupported_grant_type");
}

TEST_CASE("tokens of a signing key are believed until it is retired") {
  School school;
  auto operators = school.client(bearing(operator_token()));
  json before = school.log_in();
  auto published = [&] { return school.client().get("/oauth/jwks"); };
  std::string first = at(published(), "/keys/0/kid");
  REQUIRE(operators.post("/v1/signing-keys", "").status == 201);
  auto comes_to = [&](std::size_t count) {
    for (int tries = 0; tries < 500 && size_at(published(), "/keys") != count; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return size_at(published(), "/keys") == count;
  };
  REQUIRE(comes_to(2));
  json after = school.log_in();
  CHECK(school.by(before).get("/v1/me").status == 200);
  REQUIRE(operators.post("/v1/signing-keys/" + first + "/retire", "").status == 200);
  REQUIRE(comes_to(1));
  CHECK(problem(school.by(before).get("/v1/me")) == "401 token-refused Authorization");
  CHECK(school.by(after).get("/v1/me").status == 200);
}

TEST_CASE("what no row names any more is swept out of the vault, and nothing else") {
  School school;
  auto head = school.by(school.log_in());
  auto ben = school.user("ben", "registrar");
  auto entries = [&] {
    std::map<std::string, int> kinds;
    REQUIRE(school.node().vault()->visit_sealed([&](const events::SealedEntry& entry) {
      ++kinds[entry.key.kind];
      return true;
    }));
    return kinds;
  };
  auto issue = [&] {
    return head.post("/v1/service-keys", R"({"name":"K","permissions":[{"permission":"roster:read"}]})");
  };
  auto kept = issue(), revoked = issue();
  REQUIRE(head.post("/v1/service-keys/" + at(revoked, "/id") + "/revoke", "{}").status == 200);
  REQUIRE(head.post("/v1/users/" + ben + "/invitation", "{}").status == 200);
  std::string invitation = at(head.post("/v1/users/" + ben + "/invitation", "{}"), "/invitation");
  json tokens = school.log_in("ben");
  auto over = school.by(school.log_in("ben"));
  REQUIRE(over.post("/v1/me/log-out", "").status == 200);
  REQUIRE(school.by(tokens).post("/v1/me/second-factor", "").status == 200);
  REQUIRE(school.client(bearing(operator_token())).post("/v1/operator-keys", R"({"name":"Olga"})").status == 201);

  api::Gate gate(school.node().state());
  auto sweep = [&](std::int64_t later_ms) {
    auto swept = api::sweep_vault(*school.node().vault(), school.node().state(), school.node().engine(), gate,
                                  {Instant::now().unix_ms + later_ms});
    REQUIRE(swept);
    return *swept;
  };
  auto before = entries();
  CHECK(before["one-time"] == 1);
  CHECK(before["service-key"] == 3);
  CHECK(sweep(-3'600'000) == 0);
  CHECK(entries() == before);
  CHECK(sweep(1'000) > 0);
  auto after = entries();
  CHECK(after["one-time"] == 0);     // never confirmed
  CHECK(after["service-key"] == 2);  // and the operator's
  CHECK(after["invitation"] == 1);
  CHECK(after["password"] == 2);
  CHECK(after["signing-key"] == 1);
  CHECK(after["session"] == 3);  // the head's two, and Ben's that goes on
  CHECK(sweep(1'000) == 0);
  CHECK(school.by(tokens).get("/v1/me").status == 200);
  auto server = school.client();
  CHECK(Browser{.tenant = "oak"}.refresh(server, tokens.at("refresh_token")).status == 200);
  CHECK(school.client(bearing(at(kept, "/key"))).get("/v1/students").status == 200);
  CHECK(school.choose(invitation, "another long password").status == 200);
  CHECK(school.log_in("ben", "another long password").contains("access_token"));
}

TEST_CASE("what is let in and what is refused is counted") {
  School school;
  auto server = school.client();
  Browser browser{.tenant = "oak"};
  browser.open(server);
  browser.submit(server, "head", "wrong password");
  json tokens = json::parse(browser.exchange(server, Browser::code_in(browser.submit(server, "head", password))).body);
  REQUIRE(browser.refresh(server, tokens.at("refresh_token")).status == 200);
  REQUIRE(browser.refresh(server, tokens.at("refresh_token")).status == 400);
  auto metrics = school.client(bearing(operator_token())).get("/metrics").body;
  for (const char* line :
       {"tenantry_logins_total{outcome=\"let-in\"} 1\n", "tenantry_logins_total{outcome=\"refused\"} 1\n",
        "tenantry_tokens_issued_total{grant=\"authorization-code\"} 1\n",
        "tenantry_tokens_issued_total{grant=\"refresh-token\"} 1\n", "tenantry_refresh_tokens_reused_total 1\n",
        "tenantry_passwords_chosen_total 1\n", "tenantry_vault_conflicts_total 0\n"}) {
    CAPTURE(line);
    CHECK(metrics.find(line) != std::string::npos);
  }
}

TEST_CASE("sessions, passwords and keys outlive a restart") {
  School school;
  auto server = school.client();
  Browser browser{.tenant = "oak"};
  json tokens = browser.log_in(server, "head", password);
  school.restart();
  CHECK(school.by(tokens).get("/v1/me").status == 200);
  auto again = school.client();
  CHECK(browser.refresh(again, tokens.at("refresh_token")).status == 200);
  CHECK(school.log_in().contains("access_token"));
}
