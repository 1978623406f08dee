// The served AsyncAPI document against what a node really writes: every message on both topics, read raw, is one that
// the document describes, and every event that can be written is among them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "api/tokens/totp.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/cluster/cluster.hpp"
#include "tests/cluster/topic_reader.hpp"
#include "tests/support/browser.hpp"
#include "tests/support/json_schema.hpp"

namespace tenantry::test {
namespace {

struct Step {
  const char* method;
  std::string target;
  json body;
};

std::string id(int number) {
  std::string digits = std::to_string(number);
  return "01900000-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

// Everything that can happen in a school, each kind of event at least once. The ids are those of the bodies.
std::vector<Step> everything() {
  const json term_days = {{"startsOn", "2026-01-01"}, {"endsOn", "2026-06-30"}};
  auto with = [](json body, const json& more) {
    body.update(more);
    return body;
  };
  return {
      {"POST", "/v1/tenants", {{"id", id(1)}, {"slug", "school"}, {"name", "School"}, {"timezone", "Europe/London"}}},
      {"POST", "/v1/tenants/school/rename", {{"name", "The School"}}},
      {"PUT", "/v1/tenants/school/metadata", {{"metadata", {{"city", "Leeds"}, {"sizes", {1, 2.5}}}}}},
      {"POST", "/v1/terms", with({{"id", id(2)}, {"name", "Spring"}}, term_days)},
      {"PATCH", "/v1/terms/" + id(2), {{"name", "Spring 2026"}}},
      {"POST", "/v1/courses", {{"id", id(3)}, {"code", "MATH"}, {"title", "Mathematics"}}},
      {"PATCH", "/v1/courses/" + id(3), {{"title", "Mathématiques"}}},
      {"POST", "/v1/classes",
       with({{"id", id(4)}, {"courseId", id(3)}, {"termId", id(2)}, {"name", "A"}, {"capacity", 2}}, term_days)},
      {"PATCH", "/v1/classes/" + id(4), {{"capacity", 3}}},
      {"POST", "/v1/students", with({{"id", id(5)}, {"email", "zoe@example.org"}}, student("S-1"))},
      {"PATCH", "/v1/students/" + id(5), {{"email", nullptr}, {"givenName", "Zoë"}}},
      {"POST", "/v1/students", with({{"id", id(6)}}, student("S-2"))},
      {"POST", "/v1/students/" + id(6) + "/deactivate", json::object()},
      {"POST", "/v1/students/" + id(6) + "/reactivate", json::object()},
      {"PATCH", "/v1/students/" + id(6), {{"familyName", nullptr}}},
      {"POST", "/v1/teachers", with({{"id", id(7)}}, student("T-1"))},
      {"PATCH", "/v1/teachers/" + id(7), {{"familyName", "O'Neill"}}},
      {"POST", "/v1/enrolments", {{"id", id(8)}, {"classId", id(4)}, {"studentId", id(5)}}},
      {"POST", "/v1/enrolments/" + id(8) + "/withdraw", {{"withdrawnOn", "2026-02-03"}, {"reason", "ill"}}},
      {"POST", "/v1/enrolments/" + id(8) + "/re-enrol", {{"enrolledOn", "2026-03-01"}}},
      {"POST", "/v1/classes",
       with({{"id", id(12)}, {"courseId", id(3)}, {"termId", id(2)}, {"name", "B"}, {"capacity", 2}}, term_days)},
      {"POST", "/v1/enrolments/" + id(8) + "/transfer", {{"classId", id(12)}}},
      {"POST", "/v1/enrolments/" + id(8) + "/transfer", {{"classId", id(4)}}},
      {"POST",
       "/v1/teaching-assignments",
       {{"id", id(9)}, {"classId", id(4)}, {"teacherId", id(7)}, {"role", "assistant"}}},
      {"POST", "/v1/teaching-assignments/" + id(9) + "/end", json::object()},
      {"POST", "/v1/teachers/" + id(7) + "/deactivate", json::object()},
      {"POST", "/v1/teachers/" + id(7) + "/reactivate", json::object()},
      {"POST",
       "/v1/assessments",
       {{"id", id(10)}, {"classId", id(4)}, {"title", "Exam"}, {"category", "exam"}, {"weight", 12.5}}},
      {"PATCH", "/v1/assessments/" + id(10), {{"weight", 0.29}, {"dueOn", "2026-05-01"}, {"extraCredit", true}}},
      {"POST", "/v1/results", {{"id", id(11)}, {"assessmentId", id(10)}, {"studentId", id(5)}, {"score", 61.17}}},
      {"PATCH", "/v1/results/" + id(11), {{"score", 70}, {"submittedOn", "2026-05-02"}}},
      {"POST", "/v1/enrolments/" + id(8) + "/complete", {{"outcome", "fail"}}},
      {"POST", "/v1/enrolments/" + id(8) + "/reopen", json::object()},
      {"POST", "/v1/enrolments/" + id(8) + "/complete", {{"outcome", "pass"}, {"completedOn", "2026-06-30"}}},
      {"PATCH", "/v1/enrolments/" + id(8), {{"outcome", "distinction"}}},
      {"POST", "/v1/classes/" + id(4) + "/close", json::object()},
      {"POST", "/v1/users", {{"id", id(20)}, {"login", "ada@example.org"}, {"name", "Ada"}}},
      {"POST", "/v1/users/" + id(20) + "/rename", {{"name", "Ada O'Neill"}}},
      {"POST", "/v1/users/" + id(20) + "/activate", json::object()},
      {"POST", "/v1/users/" + id(20) + "/grant-role", {{"role", "teacher"}, {"teacherId", id(7)}}},
      {"POST", "/v1/users/" + id(20) + "/revoke-role", {{"role", "teacher"}}},
      {"POST", "/v1/users/" + id(20) + "/lock", {{"reason", "lost key"}}},
      {"POST", "/v1/users/" + id(20) + "/unlock", json::object()},
      {"POST", "/v1/users/" + id(20) + "/deactivate", {{"reason", "left"}}},
      {"POST", "/v1/users/" + id(20) + "/reinvite", json::object()},
      {"POST", "/v1/tenants/school/suspend", {{"reason", "unpaid"}}},
      {"POST", "/v1/tenants/school/reactivate", json::object()},
      {"POST", "/v1/tenants/school/archive", {{"reason", "closed"}}},
  };
}

// A school whose head logs in, and what operators see to: all that takes tokens, done with them.
void let_people_in(HttpClient operators, HttpClient head) {
  auto done = [](const Answer& answer) {
    INFO(answer.body);
    REQUIRE(answer.status / 100 == 2);
    return json_of(answer);
  };
  const std::string password = "correct horse battery", none = "{}";
  done(operators.post("/v1/tenants", R"({"slug":"college","name":"College","timezone":"Europe/London"})"));
  const Headers college{{"X-Tenant", "college"}};
  const std::string user =
      done(operators.post("/v1/administrators", R"({"login":"head","name":"Head"})", college)).at("id");
  const std::string invitation =
      done(operators.post("/v1/administrators/" + user + "/invitation", "", college)).at("invitation");
  REQUIRE(post_form(head, "/oauth/password",
                    {{"invitation", invitation}, {"password", password}, {"password_again", password}})
              .status == 200);
  const json tokens = Browser{.tenant = "college"}.log_in(head, "head", password);
  head.standing = {{"Authorization", "Bearer " + tokens.at("access_token").get<std::string>()}};
  auto made_and_ended = [&](HttpClient& by, const std::string& collection, const std::string& body,
                            const std::string& end) {
    const std::string made = done(by.post("/v1/" + collection, body)).at("id");
    done(by.post("/v1/" + collection + '/' + made + '/' + end, none));
  };
  made_and_ended(head, "applications", R"({"name":"App","redirectUris":[{"uri":"https://app.example/callback"}]})",
                 "withdraw");
  made_and_ended(head, "service-keys", R"({"name":"K","permissions":[{"permission":"roster:read"}]})", "revoke");
  const json factor = done(head.post("/v1/me/second-factor", ""));
  const std::string code =
      api::tokens::totp_code(bytes_of_base32(factor.at("secret")), api::tokens::totp_step(Instant::now()));
  done(head.post("/v1/me/second-factor/confirm", json{{"id", factor.at("id")}, {"code", code}}.dump()));
  done(head.post("/v1/users/" + user + "/remove-second-factor", none));
  done(head.post("/v1/me/log-out", ""));
  made_and_ended(operators, "operator-keys", R"({"name":"Ben"})", "revoke");
  made_and_ended(operators, "signing-keys", none, "retire");
}

// Every other request says all that a caller can say about itself.
void perform(HttpClient& client, const Step& step, bool with_all_headers) {
  Headers headers = {{"Content-Type", "application/json"}};
  if (!step.target.starts_with("/v1/tenants")) headers.emplace_back("X-Tenant", "school");
  if (with_all_headers) {
    headers.insert(headers.end(),
                   {{"X-Actor", "registrar"},
                    {"X-On-Behalf-Of", "head"},
                    {"X-Correlation-Id", "form-17"},
                    {"X-Causation-Id", "letter-3"},
                    {"Idempotency-Key", std::to_string(std::hash<std::string>{}(step.target + step.body.dump()))},
                    {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}});
  }
  const std::string body = step.body.dump();
  Answer answer = client.ask(step.method, step.target, body, headers);
  INFO(step.method << ' ' << step.target << ' ' << answer.body);
  REQUIRE(answer.status / 100 == 2);
  REQUIRE(json_of(answer).at("events") > 0);
}

// Nothing changes, and what was answered is noted for the key.
void ask_for_what_holds(HttpClient& client, const Step& step) {
  Headers headers = {{"Content-Type", "application/json"},
                     {"Idempotency-Key", "held" + std::to_string(std::hash<std::string>{}(step.target))}};
  if (!step.target.starts_with("/v1/tenants")) headers.emplace_back("X-Tenant", "school");
  Answer answer = client.post(step.target, step.body.dump(), headers);
  INFO(step.target << ' ' << answer.body);
  REQUIRE(answer.status == 200);
  REQUIRE(json_of(answer).at("events") == 0);
}

// A topic held to the document's channel of it.
class Channel {
 public:
  Channel(const json& document, const std::string& name)
      : document_(document), channel_(document.at("channels").at(name)) {}

  std::string topic() const { return channel_.at("address"); }
  const std::set<std::string>& seen() const { return seen_; }
  bool has_seen_header(const std::string& name) const { return seen_headers_.contains(name); }

  void check(const Consumed& consumed) {
    json headers = json::object();
    for (const auto& [name, value] : consumed.message.headers) {
      CHECK_FALSE(headers.contains(name));
      headers[name] = value;
      seen_headers_.insert(name);
    }
    bool is_event = headers.contains("ce_type");
    bool is_note = headers.contains("tenantry-answer");
    std::string name = is_event  ? headers.at("ce_type").get<std::string>()
                       : is_note ? "tenantry.answer"
                                 : "tenantry.owner";
    CAPTURE(topic(), consumed.partition, consumed.offset, name, headers.dump(), consumed.message.value);
    REQUIRE(channel_.at("messages").contains(name));
    const std::string target = channel_.at("messages").at(name).at("$ref");
    const json& message = document_.at(json::json_pointer(target.substr(1)));
    CHECK(message.at("name") == name);
    CHECK(faults(message.at("headers"), headers) == std::vector<std::string>{});
    CHECK(faults(message.at("payload"), json::parse(consumed.message.value)) == std::vector<std::string>{});
    CHECK(message.contains("bindings") == (is_event || is_note));
    if (is_event) check_key(message, consumed.message.key, headers.at("ce_tenantid"));
    if (is_note) check_key(message, consumed.message.key, headers.at("tenantry-tenantid"));
    if (!is_event && !is_note) CHECK(consumed.message.key.empty());
    seen_.insert(name);
  }

 private:
  std::vector<std::string> faults(const json& schema, const json& value) const {
    return JsonSchema(schema, document_).faults(value);
  }
  void check_key(const json& message, const std::string& key, const std::string& tenant) const {
    const std::string target = message.at("bindings").at("$ref");
    const json& bindings = document_.at(json::json_pointer(target.substr(1)));
    CHECK(faults(bindings.at("kafka").at("key"), key) == std::vector<std::string>{});
    CHECK(key == tenant);
  }

  const json& document_;
  const json& channel_;
  std::set<std::string> seen_, seen_headers_;
};

TEST_CASE("everything on the topics is as the AsyncAPI document says") {
  const std::string prefix = fresh_prefix();
  {
    Cluster believing({"a"}, shared_bootstrap(), {.prefix = prefix});
    HttpClient client = believing.client("a");
    bool with_all_headers = false;
    for (const Step& step : everything()) {
      perform(client, step, with_all_headers = !with_all_headers);
      if (step.target.ends_with("/reactivate")) ask_for_what_holds(client, step);
    }
  }
  TemporaryFolder folder;
  const std::string keys = folder / "vault-keys";
  Finished issued = tenantry({"operator-key", "--data", folder / "data", "--name", "Olga", "--vault-keys", keys,
                              "--log", "kafka", "--kafka-brokers", shared_bootstrap(), "--kafka-prefix", prefix});
  INFO(issued.errors);
  REQUIRE(issued.code == 0);
  Cluster cluster({"a"}, shared_bootstrap(),
                  {.prefix = prefix,
                   .arguments = {"--public-url", "http://127.0.0.1", "--vault-keys", keys},
                   .headers = {{"Authorization", "Bearer " + lines_of(issued.output).at(0)}}});
  HttpClient client = cluster.client("a");
  let_people_in(cluster.client("a"), client_at(cluster.port("a")));

  Answer answer = client.get("/asyncapi.json");
  REQUIRE(answer.status == 200);
  const json document = json_of(answer);
  CHECK(document.at("servers").at("bootstrap-1").at("protocol") == "kafka");
  CHECK(cluster.bootstrap().starts_with(document.at("servers").at("bootstrap-1").at("host").get<std::string>()));

  std::set<std::string> seen;
  for (const char* name : {"platform", "events"}) {
    Channel channel(document, name);
    CHECK(channel.topic() == cluster.prefix() + '.' + name);
    std::set<int> partitions;
    for (const Consumed& consumed : read_topic(cluster.bootstrap(), channel.topic())) {
      channel.check(consumed);
      partitions.insert(consumed.partition);
    }
    // Each partition has an owner record, so that each is seen.
    CHECK(document.at("channels").at(name).at("bindings").at("kafka").at("partitions") == partitions.size());
    seen.insert(channel.seen().begin(), channel.seen().end());
    for (const auto& [header, schema] :
         document.at("components").at("schemas").at("EventHeaders").at("properties").items()) {
      CAPTURE(name, header);
      // No command of the platform makes several events.
      bool is_made_by_none = std::string{name} == "platform" && header == "ce_commandpart";
      CHECK(channel.has_seen_header(header) != is_made_by_none);
    }
  }
  std::set<std::string> expected = {"tenantry.answer", "tenantry.owner"};
  for (const auto& type : events::event_types()) {
    if (type.newest) expected.insert(type.name);
  }
  CHECK(seen == expected);
}

}  // namespace
}  // namespace tenantry::test
