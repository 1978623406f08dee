#include <catch2/catch.hpp>

#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

const Headers follow{{"Accept", "text/event-stream"}};

void add_students(HttpClient& client, unsigned from, unsigned to, const std::string& actor = "ada") {
  for (unsigned number = from; number <= to; ++number) {
    created(client.post("/v1/students", student("S" + std::to_string(number), id_of(number)), {{"X-Actor", actor}}));
  }
}

// A subscription, read piece by piece.
class Feed {
 public:
  Feed(const TestService& service, const std::string& target, Headers headers) : raw_(service.port()) {
    headers.insert(headers.end(), follow.begin(), follow.end());
    raw_.send(service.client({{"X-Tenant", "school"}}).request("GET", target, "", headers));
    head_ = raw_.read(true);
  }

  int status() const { return head_ ? head_->status : 0; }
  std::string header(const std::string& name) const { return test::header(*head_, name); }

  // The ids of the next `count` events, or of fewer if the feed ends. A block without data is none.
  std::vector<std::string> ids(std::size_t count) {
    std::vector<std::string> found;
    while (found.size() < count) {
      auto line = next_line();
      if (!line) break;
      if (line->starts_with("id: ")) last_id_ = line->substr(4);
      if (line->starts_with("data: ")) found.push_back(last_id_);
    }
    return found;
  }

  // The lines of the next block.
  std::vector<std::string> block() {
    std::vector<std::string> lines;
    for (auto line = next_line(); line && !line->empty(); line = next_line()) lines.push_back(*line);
    return lines;
  }

  // Lines of the chunked body, without the lines that only frame it; nothing at its end.
  std::optional<std::string> next_line() {
    for (;;) {
      auto end = text_.find('\n');
      if (end != std::string::npos) {
        std::string line = text_.substr(0, end);
        text_.erase(0, end + 1);
        if (line.ends_with('\r')) {
          if (line == "0\r") return std::nullopt;
          continue;
        }
        return line;
      }
      auto more = raw_.read_some();
      if (more.empty()) return std::nullopt;
      text_ += more;
    }
  }

 private:
  RawClient raw_;
  std::optional<Answer> head_;
  std::string text_;
  std::string last_id_;
};

}  // namespace

TEST_CASE("the audit feed pages through every event in order") {
  TestService service;
  auto client = service.tenant("school");
  add_students(client, 1, 9);
  std::string target = "/v1/audit/events?limit=4";
  std::vector<std::string> sequences;
  while (!target.empty()) {
    auto page = client.get(target);
    REQUIRE(page.status == 200);
    CHECK(header(page, "content-type") == "application/x-ndjson");
    for (const std::string& line : lines(page.body)) sequences.push_back(at(line, "/sequence"));
    target = next(page);
  }
  REQUIRE(sequences.size() == 10);
  for (std::size_t each = 0; each < sequences.size(); ++each) CHECK(std::stoull(sequences[each]) == each + 1);
  std::string first = lines(client.get("/v1/audit/events?limit=1").body).at(0);
  CHECK(at(first, "/specversion") == "1.0");
  CHECK(at(first, "/type") == "tenantry.tenancy.tenant-created.v1");
  CHECK(at(first, "/data/slug") == "school");
  CHECK(client.get("/v1/audit/events?after=10").body.empty());
  CHECK(problem(client.get("/v1/audit/events?after=11")) == "400 parameter-malformed after");
  CHECK(problem(client.get("/v1/audit/events?after=11", {{"Accept", "application/json"}})) ==
        "400 parameter-malformed after");
}

TEST_CASE("pages of events are served as one JSON document to those who like that best") {
  TestService service;
  auto client = service.tenant("school");
  add_students(client, 1, 4);
  Headers json{{"Accept", "application/json"}};
  auto first = client.get("/v1/audit/events?limit=3", json);
  REQUIRE(first.status == 200);
  CHECK(header(first, "content-type") == "application/json");
  CHECK(header(first, "vary") == "Authorization, X-Tenant, X-Role, Accept");
  REQUIRE(size_at(first, "/items") == 3);
  CHECK(at(first, "/items/2/data/number") == "S2");
  CHECK(at(first, "/next") == "3");
  auto rest = client.get(next(first), json);
  CHECK(size_at(rest, "/items") == 2);
  CHECK(at(rest, "/next").empty());
  CHECK(next(rest).empty());
  CHECK(size_at(client.get("/v1/audit/events?subject=teachers/*", json), "/items") == 0);
  auto form = [&](const std::string& accept) {
    return header(client.get("/v1/audit/events?limit=1", {{"Accept", accept}}), "content-type");
  };
  CHECK(form("*/*") == "application/x-ndjson");
  CHECK(form("application/*") == "application/x-ndjson");
  CHECK(form("application/json, text/plain, */*") == "application/json");
  CHECK(form("application/json;q=0.5, application/x-ndjson;q=0.4") == "application/json");
  CHECK(form("application/json;q=0.4, application/x-ndjson;q=0.5") == "application/x-ndjson");
  CHECK(form("application/json, application/x-ndjson") == "application/x-ndjson");
  CHECK(form("*/*, application/x-ndjson;q=0") == "application/json");
}

TEST_CASE("the audit feed filters by type, subject, actor and time") {
  TestService service;
  auto client = service.tenant("school");
  add_students(client, 1, 3, "ada");
  add_students(client, 4, 5, "grace");
  created(client.post("/v1/teachers", student("T1", id_of(9))));
  auto count = [&](const std::string& query) { return lines(client.get("/v1/audit/events?" + query).body).size(); };
  CHECK(count("type=tenantry.roster.student-registered.v2") == 5);
  CHECK(count("type=tenantry.roster.*") == 6);
  CHECK(count("type=tenantry.roster") == 0);
  CHECK(count("subject=students/" + id_of(2)) == 1);
  CHECK(count("subject=teachers/*") == 1);
  CHECK(count("actor=grace") == 2);
  CHECK(count("actor=ada&subject=students/*&limit=2") == 2);
  CHECK(count("from=2000-01-01T00:00:00.000Z") == 7);
  CHECK(count("to=2000-01-01T00:00:00.000Z") == 0);
  CHECK(problem(client.get("/v1/audit/events?from=yesterday")) == "400 parameter-malformed from");
  CHECK(problem(client.get("/v1/audit/events?after=x")) == "400 parameter-malformed after");
  CHECK(problem(client.get("/v1/audit/events?limit=1001")) == "400 parameter-malformed limit");
  CHECK(problem(client.get("/v1/audit/events?type=")) == "400 parameter-malformed type");
  CHECK(problem(client.get("/v1/audit/events", {{"Accept", "image/png"}})) == "406 not-acceptable Accept");
  CHECK(client.get("/v1/audit/events", {{"Accept", "image/png, */*;q=0.1"}}).status == 200);
  CHECK(client.get("/v1/audit/events", {{"Accept", "image/png"}, {"Accept", "application/x-ndjson"}}).status == 200);
}

TEST_CASE("a client gets the form of the feed that it likes best") {
  TestService service;
  auto client = service.tenant("school");
  Headers page{{"Accept", "application/x-ndjson, text/event-stream;q=0.5"}};
  CHECK(header(client.get("/v1/audit/events", page), "content-type") == "application/x-ndjson");
  Headers feed{{"Accept", "text/event-stream"}};
  CHECK(problem(client.get("/v1/audit/events?to=2000-01-01T00:00:00.000Z", feed)) == "400 parameter-malformed to");
}

TEST_CASE("a feed does not start beyond the end, where it would hide what is still to come") {
  TestService service;
  auto client = service.tenant("school");
  Headers beyond{{"Accept", "text/event-stream"}, {"Last-Event-ID", "2"}};
  CHECK(problem(client.get("/v1/audit/events", beyond)) == "400 header-malformed Last-Event-ID");
  Headers feed{{"Accept", "text/event-stream"}};
  CHECK(problem(client.get("/v1/audit/events?after=7", feed)) == "400 parameter-malformed after");
}

TEST_CASE("a page looks at a bounded number of events and says where to go on") {
  api::ServiceOptions options;
  options.audit_events_scanned_max = 3;
  TestService service(options);
  auto client = service.tenant("school");
  add_students(client, 1, 5, "ada");
  add_students(client, 6, 6, "grace");
  std::string target = "/v1/audit/events?actor=grace";
  std::size_t pages = 0, found = 0;
  for (; !target.empty(); ++pages) {
    auto page = client.get(target);
    found += lines(page.body).size();
    target = next(page);
  }
  CHECK(found == 1);
  CHECK(pages == 3);
}

TEST_CASE("an entity's history holds the events about it and those that mention it, newest last") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client);
  add_students(client, 1, 1);
  created(client.post("/v1/enrolments", R"({"classId":")" + room + R"(","studentId":")" + id_of(1) + "\"}"));
  client.patch("/v1/students/" + id_of(1), R"({"givenName":"Augusta"})");
  auto all = client.get("/v1/students/" + id_of(1) + "/history");
  REQUIRE(size_at(all, "/items") == 3);
  CHECK(at(all, "/items/0/type") == "tenantry.roster.student-registered.v2");
  CHECK(at(all, "/items/1/type") == "tenantry.roster.student-enrolled.v1");
  CHECK(at(all, "/items/2/data/givenName") == "Augusta");
  auto first = client.get("/v1/students/" + id_of(1) + "/history?limit=2");
  REQUIRE(size_at(first, "/items") == 2);
  auto rest = client.get(next(first));
  CHECK(size_at(rest, "/items") == 1);
  CHECK(at(rest, "/items/0/data/givenName") == "Augusta");
  CHECK(next(rest).empty());
  CHECK(problem(client.get("/v1/students/" + id_of(8) + "/history")) == "404 entity-unknown id");
}

TEST_CASE("a feed goes on from where its subscriber was and then shows what happens") {
  TestService service;
  auto client = service.tenant("school");
  add_students(client, 1, 4);
  Feed feed(service, "/v1/audit/events?after=2", {});
  REQUIRE(feed.status() == 200);
  CHECK(feed.header("content-type") == "text/event-stream");
  CHECK(feed.ids(3) == std::vector<std::string>{"3", "4", "5"});
  add_students(client, 5, 6);
  CHECK(feed.ids(2) == std::vector<std::string>{"6", "7"});

  Feed resumed(service, "/v1/audit/events?after=0", {{"Last-Event-ID", "6"}});
  CHECK(resumed.ids(1) == std::vector<std::string>{"7"});
  Feed teachers(service, "/v1/audit/events?after=0&subject=teachers/*", {});
  created(client.post("/v1/teachers", student("T1", id_of(9))));
  CHECK(teachers.ids(1) == std::vector<std::string>{"8"});
  Feed wrong(service, "/v1/audit/events", {{"Last-Event-ID", "x"}});
  CHECK(wrong.status() == 400);
}

TEST_CASE("a feed says where it is before there is any event, and whenever it says that it lives") {
  api::ServiceOptions options;
  options.feeds.heartbeat_ms = 20;
  TestService service(options);
  auto client = service.tenant("school");
  add_students(client, 1, 2);
  Feed now(service, "/v1/audit/events", {});
  CHECK(now.header("cache-control") == "no-store");
  CHECK(now.block() == std::vector<std::string>{"retry: 2000", "id: 3"});
  CHECK(now.block() == std::vector<std::string>{":", "id: 3"});
  CHECK(Feed(service, "/v1/audit/events?after=1", {}).block() == std::vector<std::string>{"retry: 2000", "id: 1"});
  // What a filter leaves out is passed too.
  Feed teachers(service, "/v1/audit/events?subject=teachers/*", {});
  CHECK(teachers.block() == std::vector<std::string>{"retry: 2000", "id: 3"});
  add_students(client, 3, 3);
  auto beat = teachers.block();
  while (beat == std::vector<std::string>{":", "id: 3"}) beat = teachers.block();
  CHECK(beat == std::vector<std::string>{":", "id: 4"});
}

TEST_CASE("what happens between two connections of a feed that got no event is not lost") {
  TestService service;
  auto client = service.tenant("school");
  std::string place;
  {
    Feed feed(service, "/v1/audit/events", {});
    place = feed.block().at(1).substr(4);
  }
  add_students(client, 1, 2);
  Feed resumed(service, "/v1/audit/events", {{"Last-Event-ID", place}});
  CHECK(resumed.ids(2) == std::vector<std::string>{"2", "3"});
}

TEST_CASE("a feed catches up on more than a portion, whole and in order") {
  TestService service;
  auto client = service.tenant("school");
  std::string load;
  for (unsigned number = 1; number <= 2000; ++number) {
    load += R"({"command":"RegisterStudent","data":)" + student("S" + std::to_string(number)) + "}\n";
  }
  REQUIRE(client.post("/v1/commands", load, {{"Content-Type", "application/x-ndjson"}}).status == 200);
  Feed feed(service, "/v1/audit/events?after=0", {});
  auto ids = feed.ids(2001);
  REQUIRE(ids.size() == 2001);
  for (std::size_t each = 0; each < ids.size(); ++each) REQUIRE(std::stoull(ids[each]) == each + 1);
}

TEST_CASE("feeds are limited in number, and a drain ends them whole") {
  api::ServiceOptions options;
  options.feeds.subscribers_max = 2;
  options.feeds.heartbeat_ms = 50;
  TestService service(options);
  auto client = service.tenant("school");
  Feed one(service, "/v1/audit/events", {});
  Feed two(service, "/v1/audit/events", {});
  CHECK(Feed(service, "/v1/audit/events", {}).status() == 503);
  CHECK(one.next_line() == "retry: 2000");
  std::optional<std::string> line{""};
  while (line && line != ":") line = one.next_line();
  CHECK(line == ":");
  CHECK(service.service().drain(10'000));
  CHECK(one.ids(1).empty());
  CHECK(two.ids(1).empty());
}

TEST_CASE("a tenant has a history of its own, by its slug, its id or the request's tenant") {
  TestService service;
  auto client = service.tenant("school");
  add_students(client, 1, 3);
  REQUIRE(client.post("/v1/tenants/school/rename", R"({"name":"Renamed"})").status == 200);
  for (const char* target : {"/v1/tenants/school/history", "/v1/tenant/history"}) {
    auto all = client.get(target);
    CAPTURE(target);
    REQUIRE(size_at(all, "/items") == 2);
    CHECK(at(all, "/items/0/type") == "tenantry.tenancy.tenant-created.v1");
    CHECK(at(all, "/items/1/data/name") == "Renamed");
  }
}
