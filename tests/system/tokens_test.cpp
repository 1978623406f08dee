// A server that takes tokens, as a program: what it is told on its command line, and its files.
#include <sys/stat.h>

#include "api/tokens/access_token.hpp"
#include "tests/support/browser.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/system/program.hpp"

using namespace tenantry;
using namespace tenantry::test;
using api::tokens::PrivateKey;
using api::tokens::SignatureAlgorithm;

namespace {

std::string issued(const PrivateKey& key, const std::string& subject) {
  std::int64_t now_s = Instant::now().unix_ms / 1000;
  return issue_access_token({.issuer = "https://id.example",
                             .subject = subject,
                             .audience = {"https://api.example"},
                             .expires_at_s = now_s + 600,
                             .issued_at_s = now_s,
                             .token_id = "t",
                             .client_id = "c"},
                            "tenant", "k", key);
}

Headers bearing(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

}  // namespace

TEST_CASE("a server takes the tokens of the issuer that it is told, by the keys in the file") {
  TemporaryFolder folder;
  PrivateKey key = PrivateKey::generate(SignatureAlgorithm::es256);
  auto keys = api::tokens::KeySet::make({{.key_id = "k", .key = key.public_key()}}).value();
  write_file(folder / "jwks.json", print_key_set(keys));
  Server server(folder / "data", {"--issuer", "https://id.example", "--issuer-keys", folder / "jwks.json", "--audience",
                                  "https://api.example", "--operator", "olga"});
  auto client = server.client();
  CHECK(client.get("/v1/tenants").status == 401);
  CHECK(client.get("/v1/tenants", bearing(issued(key, "olga"))).status == 200);
  CHECK(client.get("/v1/tenants", bearing(issued(key, "oleg"))).status == 401);
  CHECK(client.get("/v1/tenants", bearing(issued(PrivateKey::generate(SignatureAlgorithm::es256), "olga"))).status ==
        401);
  auto metrics = client.get("/metrics", bearing(issued(key, "olga"))).body;
  CHECK(metrics.find("tenantry_tokens_refused_total{fault=\"signature-invalid\"} 1\n") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder / "data/development-key.p8"));
}

TEST_CASE("a server that is its own issuer begins with an operator's key, and its vault's keys stay with it") {
  TemporaryFolder folder;
  const std::string data = folder / "data", keys = data + "/vault-keys";
  auto issue = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"operator-key", "--data", data};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::tenantry(arguments);
  };
  CHECK(issue({}).code == 2);
  CHECK(issue({"--name", " "}).errors.find("--name") != std::string::npos);
  auto olga = issue({"--name", "Olga"}), ben = issue({"--name", "Ben", "--days", "1"});
  REQUIRE(olga.code == 0);
  REQUIRE(ben.code == 0);
  const std::string key = lines_of(olga.output).at(0);
  struct stat status {};
  REQUIRE(::stat(keys.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  {
    Server server(data, {"--public-url", "https://school.example"});
    auto client = server.client();
    CHECK(client.get("/v1/tenants").status == 401);
    CHECK(client.get("/v1/tenants", bearing(key)).status == 200);
    CHECK(client.get("/v1/tenants", bearing(lines_of(ben.output).at(0))).status == 200);
    CHECK(client.get("/oauth/jwks").body.find("\"ES256\"") != std::string::npos);
    CHECK(client.get("/.well-known/openid-configuration", {{"Host", "school.example"}}).status == 200);
    CHECK(client.get("/.well-known/openid-configuration", {{"Host", "evil.example"}}).status == 403);
    REQUIRE(
        client.post("/v1/tenants", R"({"slug":"oak","name":"Oak","timezone":"Europe/London"})", bearing(key)).status ==
        201);
    Headers appoints = bearing(key);
    appoints.emplace_back("Host", "oak.school.example");
    CHECK(client.post("/v1/administrators", R"({"login":"head","name":"Head"})", appoints).status == 201);
    CHECK(issue({"--name", "Eve"}).errors.find("stop the server") != std::string::npos);
    server.stop();
  }
  std::filesystem::rename(keys, folder / "kept-apart");
  auto without = test::tenantry({"serve", "--data", data, "--port", "0", "--public-url", "https://school.example"});
  CHECK(without.code == 1);
  CHECK(without.errors.find("the vault's keys are missing") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(keys));
  Server server(data, {"--public-url", "https://school.example", "--vault-keys", folder / "kept-apart"});
  CHECK(server.client().get("/v1/tenants", bearing(key)).status == 200);
}

TEST_CASE("what a server is told of tokens must make sense") {
  TemporaryFolder folder;
  auto serve = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"serve", "--data", folder / "data", "--port", "0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Finished finished = test::tenantry(arguments);
    CHECK(finished.code != 0);
    return finished.errors;
  };
  auto says = [](const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; };
  CHECK(says(serve({"--issuer", "https://id.example"}), "belong together"));
  CHECK(says(serve({"--operator", "olga"}), "--operator needs --issuer"));
  CHECK(says(serve({"--public-url", "http://school.example"}), "--public-url"));
  CHECK(says(serve({"--public-url", "school.example"}), "--public-url"));
  CHECK(says(serve({"--vault-keys", "k"}), "--vault-keys needs --public-url"));
  CHECK(says(serve({"--public-url", "https://a.example", "--vault-keys-mounted"}), "needs --vault-keys"));
  const std::vector<std::string> shared{"--log", "kafka", "--kafka-brokers", "127.0.0.1:1"};
  auto on_shared = [&](std::vector<std::string> more) {
    more.insert(more.end(), shared.begin(), shared.end());
    return serve(more);
  };
  CHECK(says(on_shared({"--public-url", "https://a.example"}), "need --vault-keys"));
  std::vector<std::string> issuer{"--issuer", "https://id.example", "--audience",
                                  "a",        "--issuer-keys",      folder / "jwks"};
  CHECK(says(serve(issuer), "cannot read " + (folder / "jwks")));
  write_file(folder / "jwks", "{}");
  CHECK(says(serve(issuer), "--issuer-keys"));
  write_file(folder / "jwks", R"({"keys":[{"kty":"EC","crv":"P-384","x":"","y":""}]})");
  CHECK(says(serve(issuer), "has no key"));
  CHECK(says(on_shared({"--dev"}), "--dev is for a node that has its log for itself"));
}

TEST_CASE("no secret stands in a file of the data folder, or in what the server prints") {
  TemporaryFolder folder;
  const std::string data = folder / "data", password = "correct horse battery", login = "head@oak.example";
  std::string key = lines_of(test::tenantry({"operator-key", "--data", data, "--name", "Olga"}).output).at(0);
  std::vector<std::string> secrets{password, key.substr(key.size() - 43)};
  auto of_text = [](const std::string& text) { return text.substr(text.size() - 43); };
  std::string printed;
  {
    Server server(data, {"--public-url", "https://school.example"});
    auto client = server.client();
    Headers olga = bearing(key);
    REQUIRE(client.post("/v1/tenants", R"({"slug":"oak","name":"Oak","timezone":"Europe/London"})", olga).status ==
            201);
    olga.emplace_back("X-Tenant", "oak");
    auto head = json_of(client.post("/v1/administrators", json{{"login", login}, {"name", "Head"}}.dump(), olga));
    const std::string id = head.at("id");
    const std::string invitation =
        json_of(client.post("/v1/administrators/" + id + "/invitation", "", olga)).at("invitation");
    secrets.push_back(of_text(invitation));
    REQUIRE(post_form(client, "/oauth/password",
                      {{"invitation", invitation}, {"password", password}, {"password_again", password}})
                .status == 200);
    Browser browser{.tenant = "oak"};
    json tokens = browser.log_in(client, login, password);
    secrets.push_back(tokens.at("access_token"));
    secrets.push_back(of_text(tokens.at("refresh_token")));
    Headers bearer = bearing(tokens.at("access_token"));
    json factor = json_of(client.post("/v1/me/second-factor", "", bearer));
    secrets.push_back(factor.at("secret"));
    secrets.push_back(bytes_of_base32(factor.at("secret")));
    secrets.push_back(of_text(
        json_of(client.post("/v1/service-keys", R"({"name":"K","permissions":[{"permission":"roster:read"}]})", bearer))
            .at("key")));
    for (const char* said : {"/v1/audit/events", "/metrics", "/openapi.json"}) printed += client.get(said, bearer).body;
    server.stop();
    printed += server.process().output() + server.process().errors();
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
    if (!entry.is_regular_file()) continue;
    std::string bytes = read_file(entry.path());
    ++files;
    for (const std::string& secret : secrets) {
      INFO(entry.path() << " holds " << secret);
      CHECK(bytes.find(secret) == std::string::npos);
    }
  }
  CHECK(files > 10);
  for (const std::string& secret : secrets) CHECK(printed.find(secret) == std::string::npos);
  // It is looked for rightly: what is no secret is found.
  CHECK(printed.find(login) != std::string::npos);
}

TEST_CASE("a server listens on other addresses than loopback ones with tokens and behind a proxy alone") {
  TemporaryFolder folder;
  const std::string proxy = "198.51.100.0/24", url = "https://school.example";
  auto refused = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"serve", "--data", folder / "data", "--port", "0", "--address", "0.0.0.0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Finished finished = test::tenantry(arguments);
    CHECK(finished.code == 2);
    return finished.errors;
  };
  CHECK(refused({}).find("refusing to listen on 0.0.0.0") != std::string::npos);
  CHECK(refused({"--public-url", url}).find("--behind-proxy") != std::string::npos);
  CHECK(refused({"--behind-proxy", proxy}).find("--public-url") != std::string::npos);
  CHECK(refused({"--dev", "--behind-proxy", proxy, "--public-url", url}).find("without --dev") != std::string::npos);
  CHECK(refused({"--public-url", url, "--behind-proxy", "10.0.0.1/8"}).find("bits after its prefix") !=
        std::string::npos);
  Server server(folder / "data", {"--address", "0.0.0.0", "--public-url", url, "--behind-proxy", proxy});
  auto client = server.client();  // of this machine itself
  CHECK(client.get("/oauth/jwks").status == 200);
  CHECK(client.get("/oauth/jwks", {{"X-Forwarded-Proto", "https"}}).status == 200);
  CHECK(client.get("/oauth/jwks", {{"X-Forwarded-Proto", "http"}}).status == 403);
  CHECK(client.get("/v1/tenants").status == 401);
}

TEST_CASE("the key of development is its owner's alone, and stays the same") {
  TemporaryFolder folder;
  const std::string data = folder / "data", key = data + "/development-key.p8";
  {
    Server server(data, {"--dev"});
    REQUIRE(server.serves());
    struct stat status {};
    REQUIRE(::stat(key.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    server.stop();
  }
  std::string before = read_file(key);
  auto token = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{"token", "--data", data};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::tenantry(arguments);
  };
  {
    Server server(data, {"--dev"});
    REQUIRE(server.serves());
    CHECK(read_file(key) == before);
    const std::string url = "http://127.0.0.1:" + std::to_string(server.port());
    auto made = token({"--as", "operator"});
    REQUIRE(made.code == 0);
    auto client = server.client();
    CHECK(client.get("/v1/tenants", bearing(lines_of(made.output).at(0))).status == 200);
    CHECK(token({"--as", "registrar", "--url", url}).code == 2);
    CHECK(token({"--as", "operator", "--tenant", "oak"}).code == 2);
    CHECK(token({"--as", "teacher", "--tenant", "oak", "--url", url}).code == 2);
    auto unknown = token({"--as", "registrar", "--tenant", "oak", "--url", url});
    CHECK(unknown.code == 1);
    CHECK(unknown.errors.find("404") != std::string::npos);
    server.stop();
  }
  ::chmod(key.c_str(), 0644);
  CHECK(token({"--as", "operator"}).errors.find("chmod 600") != std::string::npos);
  Finished refused = test::tenantry({"serve", "--data", data, "--port", "0", "--dev"});
  CHECK(refused.code == 1);
  CHECK(refused.errors.find("chmod 600") != std::string::npos);
  ::chmod(key.c_str(), 0600);
  write_file(key, "no key");
  CHECK(token({"--as", "operator"}).code == 1);
  std::filesystem::remove(key);
  CHECK(token({"--as", "operator"}).errors.find("--dev") != std::string::npos);
}
