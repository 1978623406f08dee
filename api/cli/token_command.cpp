#include <iostream>
#include <nlohmann/json.hpp>

#include "api/cli/checks.hpp"
#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/development_key.hpp"
#include "api/cli/exit_code.hpp"
#include "api/client/http_client.hpp"

namespace tenantry::api::cli {
namespace {

using client::HttpAnswer;
using client::HttpClient;
using nlohmann::json;

constexpr const char* footer =
    R"text(For development: the token is signed with the key of a server that was started with --dev, which must be running. It
is good for 8 hours. A role is held by a user of the tenant, who is made if there is none; teachers and students are
those of the roster that --person names.

Examples:
  curl -H "Authorization: Bearer $(tenantry token --tenant aaa --as registrar)" localhost:8080/v1/students
  curl -H "Authorization: Bearer $(tenantry token --as operator)" localhost:8080/v1/tenants)text";

struct Settings {
  std::string folder = "data";
  std::string url = "http://127.0.0.1:8080";
  std::string tenant;
  std::string role;
  std::string person;
};

// Asks as the system, for one tenant or none; the answer's document.
class System {
 public:
  System(client::Origin origin, const tokens::PrivateKey& key) : client_(std::move(origin)) {
    headers_ = {{"Authorization", "Bearer " + development_token(key, subject_of_system, "", Instant::now())},
                {"Content-Type", "application/json"}};
  }
  void name_tenant(const std::string& id) { headers_.emplace_back("X-Tenant", id); }

  std::expected<json, std::string> ask(const std::string& method, const std::string& target, const json& body = {}) {
    auto answer = client_.ask({.method = method,
                               .target = target,
                               .headers = headers_,
                               .body = body.is_null() ? std::string{} : body.dump()});
    if (!answer) return std::unexpected(answer.error());
    json document = json::parse(answer->body, nullptr, false);
    if (answer->status / 100 == 2 && !document.is_discarded()) return document;
    std::string detail = document.is_object() ? document.value("detail", document.value("title", "")) : "";
    return std::unexpected("the server answered " + std::to_string(answer->status) + " to " + method + ' ' + target +
                           (detail.empty() ? "" : ": " + detail));
  }

 private:
  HttpClient client_;
  std::vector<std::pair<std::string, std::string>> headers_;
};

json grant_of(const Settings& settings) {
  json grant{{"role", settings.role}};
  if (settings.role == "teacher") grant["teacherId"] = settings.person;
  if (settings.role == "student") grant["studentId"] = settings.person;
  return grant;
}

// One user for each role, or for each person; the id.
std::expected<std::string, std::string> user_of(System& system, const Settings& settings) {
  std::string login = "development-" + (settings.person.empty() ? settings.role : settings.person);
  auto found = system.ask("GET", "/v1/users?login=" + client::percent_encoded(login));
  if (!found) return std::unexpected(found.error());
  std::string id;
  if (!found->at("items").empty()) {
    id = found->at("items").front().at("id");
  } else {
    auto invited = system.ask("POST", "/v1/users", {{"login", login}, {"name", settings.role + " in development"}});
    if (!invited) return std::unexpected(invited.error());
    id = invited->at("id");
  }
  const std::pair<const char*, json> steps[] = {{"/activate", json::object()}, {"/grant-role", grant_of(settings)}};
  for (const auto& [verb, body] : steps) {
    if (auto done = system.ask("POST", "/v1/users/" + id + verb, body); !done) return std::unexpected(done.error());
  }
  return id;
}

int run(const Settings& settings) {
  bool is_operator = settings.role == development_operator;
  bool is_person = settings.role == "teacher" || settings.role == "student";
  if (is_operator != settings.tenant.empty()) {
    return fail(
        is_operator ? "an operator is of no tenant: leave --tenant out" : "--as " + settings.role + " needs --tenant",
        exit_usage);
  }
  if (is_person == settings.person.empty()) {
    return fail(is_person ? "--as " + settings.role + " needs --person, the id of one of the roster"
                          : "--person is for teachers and students",
                exit_usage);
  }
  auto key = development_key(settings.folder);
  if (!key) return fail(key.error());
  if (is_operator) {
    std::cout << development_token(*key, development_operator, "", Instant::now()) << '\n';
    return exit_ok;
  }
  auto origin = client::parse_url(settings.url);
  if (!origin) return fail(origin.error(), exit_usage);
  System system(*origin, *key);
  auto tenant = system.ask("GET", "/v1/tenants/" + client::percent_encoded(settings.tenant));
  if (!tenant) return fail(tenant.error());
  std::string tenant_id = tenant->at("id");
  system.name_tenant(tenant_id);
  auto user = user_of(system, settings);
  if (!user) return fail(user.error());
  std::cout << development_token(*key, *user, tenant_id, Instant::now()) << '\n';
  return exit_ok;
}

}  // namespace

Command token_command() {
  auto settings = std::make_shared<Settings>();
  Command command{.name = "token", .about = "Make an access token for development", .footer = footer};
  add_data_setting(command, settings->folder);
  add_tenant_setting(command, settings->tenant);
  command.takes({.name = "as",
                 .value = &settings->role,
                 .about = "who the token is of",
                 .from = From::command_line,
                 .is_required = true,
                 .one_of = {"operator", "administrator", "registrar", "teacher", "student", "auditor"}});
  command.takes({.name = "person",
                 .value = &settings->person,
                 .about = "the id of the teacher or student",
                 .from = From::command_line,
                 .kind = "ID"});
  command.takes({.name = "url",
                 .value = &settings->url,
                 .about = "the server",
                 .from = From::command_line,
                 .kind = "URL",
                 .shows_default = true,
                 .wrong_in = wrong_in_url});
  command.run = [settings] { return run(*settings); };
  return command;
}

}  // namespace tenantry::api::cli
