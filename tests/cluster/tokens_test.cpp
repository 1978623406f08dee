// People log in at a cluster: each step at another node, and what may be shown once shown to several at the same time.
#include <thread>

#include "api/tokens/totp.hpp"
#include "tests/cluster/cluster.hpp"
#include "tests/support/browser.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

const std::string password = "correct horse battery";
const std::vector<std::string> names{"a", "b", "c"};

Headers bearing(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

// Three nodes that let people in, begun with an operator's key.
struct Nodes {
  Nodes() {
    std::string prefix = fresh_prefix();
    const std::string keys = folder / "vault-keys";
    auto begun = test::tenantry({"operator-key", "--data", folder / "first", "--name", "Olga", "--vault-keys", keys,
                                 "--log", "kafka", "--kafka-brokers", shared_bootstrap(), "--kafka-prefix", prefix,
                                 "--partitions", std::to_string(Cluster::partitions)});
    INFO(begun.errors);
    REQUIRE(begun.code == 0);
    cluster.emplace(names, shared_bootstrap(),
                    Cluster::Access{.prefix = prefix,
                                    .arguments = {"--public-url", "http://127.0.0.1", "--vault-keys", keys},
                                    .headers = bearing(lines_of(begun.output).at(0))});
  }
  HttpClient operators(const std::string& node) { return cluster->client(node); }
  HttpClient at(const std::string& node, const std::string& token = "") {
    HttpClient client = client_at(cluster->port(node));
    if (!token.empty()) client.standing = bearing(token);
    return client;
  }

  TemporaryFolder folder;
  std::optional<Cluster> cluster;
};

template <class Work>
std::vector<Answer> at_once(Work work) {
  std::vector<std::string> nodes;
  for (int round = 0; round < 2; ++round) nodes.insert(nodes.end(), names.begin(), names.end());
  std::vector<Answer> answers(nodes.size());
  std::vector<std::thread> threads;
  for (std::size_t each = 0; each < nodes.size(); ++each) {
    threads.emplace_back([&, each] { answers[each] = work(nodes[each]); });
  }
  for (std::thread& each : threads) each.join();
  return answers;
}

}  // namespace

TEST_CASE("a log's vault goes along to Kafka and back, sealed, and what was issued is good there") {
  TemporaryFolder folder;
  const std::string keys = folder / "vault-keys";
  const std::vector<std::string> kafka{"--kafka-brokers", shared_bootstrap(), "--kafka-prefix", fresh_prefix()};
  auto ask = [](std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::tenantry(arguments);
  };
  auto issued = ask({"operator-key", "--data", folder / "embedded", "--name", "Olga", "--vault-keys", keys}, {});
  REQUIRE(issued.code == 0);
  const Headers olga = bearing(lines_of(issued.output).at(0));
  auto copy = [&](const std::string& from, const std::string& into, const std::string& to,
                  const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"log", "copy", "--data", folder / from, "--into", folder / into, "--to", to};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return ask(arguments, kafka);
  };
  auto copied = copy("embedded", "node", "kafka", {"--vault-keys", keys});
  INFO(copied.output << copied.errors);
  REQUIRE(copied.code == 0);
  CHECK(copied.output.find("1 secrets of the vault were copied") != std::string::npos);
  {
    std::vector<std::string> serve{
        "--log", "kafka",        "--node",          "a", "--port", std::to_string(free_port()), "--vault-keys",
        keys,    "--public-url", "http://127.0.0.1"};
    serve.insert(serve.end(), kafka.begin(), kafka.end());
    Server server(folder / "node", serve);
    HttpClient client = server.client();
    CHECK(comes_true([&] { return client.get("/v1/tenants", olga).status == 200; }));
    // The signing key that the node makes has to go back, too.
    CHECK(comes_true([&] { return client.get("/oauth/jwks").body.find("ES256") != std::string::npos; }));
    CHECK(server.stop() == 0);
  }
  CHECK(copy("node", "without", "embedded", {}).output.find("The vault is not copied") != std::string::npos);
  auto back = copy("node", "back", "embedded", {"--vault-keys", keys});
  INFO(back.output << back.errors);
  REQUIRE(back.code == 0);
  CHECK(back.output.find("2 secrets of the vault were copied") != std::string::npos);
  Server server(folder / "back", {"--vault-keys", keys, "--public-url", "http://127.0.0.1"});
  CHECK(server.client().get("/v1/tenants", olga).status == 200);
}

TEST_CASE("what is shown to several nodes at once is good once, and whose access ended is refused by each") {
  Nodes nodes;
  auto created =
      json_of(nodes.operators("a").post("/v1/tenants", R"({"slug":"oak","name":"Oak","timezone":"Europe/London"})"));
  REQUIRE(created.contains("id"));
  const Headers oak{{"X-Tenant", "oak"}};
  auto head = json_of(nodes.operators("b").post("/v1/administrators", R"({"login":"head","name":"Head"})", oak));
  const std::string id = head.at("id");
  auto invited = json_of(nodes.operators("c").post("/v1/administrators/" + id + "/invitation", "", oak));
  auto chooses = nodes.at("a");
  REQUIRE(post_form(chooses, "/oauth/password",
                    {{"invitation", invited.at("invitation").get<std::string>()},
                     {"password", password},
                     {"password_again", password}})
              .status == 200);
  // Who made the tenant is noted, though another node created it.
  Browser browser{.tenant = "oak"};
  auto page = nodes.at("a"), posted = nodes.at("b"), exchanged = nodes.at("c");
  REQUIRE(browser.open(page).status == 200);
  auto answer = browser.exchange(exchanged, Browser::code_in(browser.submit(posted, "head", password)));
  REQUIRE(answer.status == 200);
  json tokens = json_of(answer);
  auto first = json_of(nodes.at("a", tokens.at("access_token")).get("/v1/audit/events?limit=1"));
  std::string noted = first.at("authid");
  std::erase(noted, '-');
  CHECK(nodes.operators("a").standing.at(0).second.find(noted) != std::string::npos);

  SECTION("one refresh token: one node gives tokens, and the session is over on all") {
    auto answers = at_once([&](const std::string& node) {
      auto connection = nodes.at(node);
      auto mine = browser;
      return mine.refresh(connection, tokens.at("refresh_token"));
    });
    std::vector<json> given;
    for (const Answer& each : answers) {
      CHECK((each.status == 200 || each.status == 400));
      if (each.status == 200) given.push_back(json_of(each));
    }
    REQUIRE(given.size() == 1);
    for (const std::string& node : names) {
      CHECK(nodes.at(node, given[0].at("access_token")).get("/v1/me").status == 403);
      auto connection = nodes.at(node);
      CHECK(browser.refresh(connection, given[0].at("refresh_token")).status == 400);
    }
  }

  SECTION("one one-time code: one login") {
    auto self = nodes.at("b", tokens.at("access_token"));
    json factor = json_of(self.post("/v1/me/second-factor", ""));
    std::string seed = bytes_of_base32(factor.at("secret"));
    auto code = [&](int later) { return api::tokens::totp_code(seed, api::tokens::totp_step(Instant::now()) + later); };
    REQUIRE(
        self.post("/v1/me/second-factor/confirm", json{{"id", factor.at("id")}, {"code", code(-1)}}.dump()).status ==
        200);
    std::string shown = code(1);
    auto answers = at_once([&](const std::string& node) {
      auto connection = nodes.at(node);
      Browser mine{.tenant = "oak"};
      mine.open(connection);
      return mine.submit(connection, "head", password, shown);
    });
    CHECK(std::ranges::count(answers, 303, &Answer::status) == 1);
  }

  SECTION("access that ends at one node has ended at each, whatever position is asked for, also at one that slept") {
    std::string owner = nodes.cluster->owners().at("events-0");
    std::string sleeper = owner == "a" ? "b" : "a", other = owner == "c" ? "b" : "c";
    if (other == sleeper) other = owner == "c" ? "a" : "c";
    auto before = nodes.at(sleeper, tokens.at("access_token")).get("/v1/me", {{"Tenantry-Position", "0"}});
    CHECK(before.status == 200);
    ::kill(nodes.cluster->process(sleeper).id(), SIGSTOP);
    CHECK(nodes.at(owner, tokens.at("access_token")).post("/v1/users/" + id + "/end-sessions", "{}").status == 200);
    ::kill(nodes.cluster->process(sleeper).id(), SIGCONT);
    for (const std::string& node : names) {
      CAPTURE(node);
      for (const Headers& headers : {Headers{}, Headers{{"Tenantry-Position", "0"}}}) {
        auto refused = nodes.at(node, tokens.at("access_token")).get("/v1/me", headers);
        CHECK((refused.status == 403 || refused.status == 503));
      }
    }
  }
}
