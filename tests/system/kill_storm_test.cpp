// kill -9 in a storm of writes: what was answered is there once, what was not is there once or not at all, and asking
// again with the same key settles it; the tables are those that a rebuild makes.
#include <catch2/catch.hpp>

#include "tests/system/storm.hpp"

namespace tenantry::test {
namespace {

constexpr int rounds = 50;
constexpr int clients = 4;
const std::vector<std::string> tenants = {"north", "south"};

const std::string& tenant_of(int client) {
  return tenants[static_cast<std::size_t>(client) % tenants.size()];
}

// The id of the student with this number; empty if there is none.
std::string find_student(HttpClient& client, const std::string& tenant, const std::string& number) {
  json page = json_of(client.get("/v1/students?number=" + number, of(tenant)));
  REQUIRE(page.at("items").size() <= 1);
  return page.at("items").empty() ? "" : page.at("items").at(0).at("id").get<std::string>();
}

// Storms until enough was answered to be a storm, then kills in the middle of it.
void run_round(Server& server, int round, std::map<std::string, Book>& books) {
  std::vector<std::jthread> threads;
  std::size_t before = 0;
  for (auto& [tenant, book] : books) before += book.answered.size();
  for (int index = 0; index < clients; ++index) {
    std::string name = std::to_string(round) + '-' + std::to_string(index);
    threads.emplace_back([port = server.port(), tenant = tenant_of(index), name, &books] {
      storm(port, tenant, name, books.at(tenant));
    });
  }
  std::size_t enough = before + 40 + static_cast<std::size_t>(round) * 7 % 100;  // another moment in each round
  CHECK(comes_true([&] {
    std::size_t answered = 0;
    for (auto& [tenant, book] : books) {
      std::lock_guard lock(book.mutex);
      answered += book.answered.size();
    }
    return answered >= enough;
  }));
  CHECK(server.stop(SIGKILL) == 128 + SIGKILL);
}

// Asks for what this round left open, and for everything that it answered.
void settle(Server& server, std::map<std::string, Book>& books, const std::map<std::string, std::size_t>& known) {
  for (auto& [tenant, book] : books) {
    HttpClient client = server.client();
    for (const auto& [number, way] : std::map<std::string, Way>{book.open}) {
      std::string found = find_student(client, tenant, number);
      REQUIRE(send_again(client, tenant, number, way, book));
      REQUIRE(book.open.count(number) == 0);
      if (!found.empty()) CHECK(book.answered.at(number) == found);
    }
    CHECK(book.surprises == std::vector<std::string>{});
    std::size_t checked = 0;
    for (const auto& [number, id] : book.answered) {
      // All of them at the end; in each round a part, the newest always among them.
      bool is_due = known.at(tenant) == 0 || checked % 5 == 0 || book.answered.size() - checked < 100;
      ++checked;
      if (is_due && find_student(client, tenant, number) != id) FAIL(tenant << " has lost " << number);
    }
  }
}

void tables_equal_a_rebuild(const std::string& data) {
  auto live = digests(data);
  Finished rebuilt = tenantry({"rebuild", "--data", data});
  INFO(rebuilt.errors);
  CHECK(rebuilt.code == 0);
  CHECK(digests(data) == live);
}

// In the log itself: each number once.
void each_answer_is_one_event(const std::string& data, std::map<std::string, Book>& books) {
  for (auto& [tenant, book] : books) {
    Finished printed =
        tenantry({"events", "--data", data, "--tenant", tenant, "--type", "tenantry.roster.student-registered.*"});
    REQUIRE(printed.code == 0);
    std::map<std::string, std::string> logged;
    for (const std::string& line : lines_of(printed.output)) {
      json event = json::parse(line).at("data");
      if (!logged.emplace(event.at("number"), event.at("id")).second) FAIL("twice in the log: " << event.dump());
    }
    bool as_answered = logged == book.answered;
    CHECK(as_answered);
  }
}

TEST_CASE("kill -9 in a storm of writes loses, doubles and halves nothing") {
  TemporaryFolder folder;
  std::map<std::string, Book> books;
  for (const std::string& tenant : tenants) books[tenant];
  {
    Server server(folder / "data");
    HttpClient client = server.client();
    for (const std::string& tenant : tenants) make_tenant(client, tenant);
    REQUIRE(server.stop() == 0);
  }
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    std::map<std::string, std::size_t> known;
    for (auto& [tenant, book] : books) known[tenant] = book.answered.size();
    Server server(folder / "data");
    run_round(server, round, books);
    if (round % 20 == 10) tables_equal_a_rebuild(folder / "data");
    Server again(folder / "data");
    settle(again, books, known);
    CHECK(again.stop(round % 2 == 0 ? SIGKILL : SIGTERM) == (round % 2 == 0 ? 128 + SIGKILL : 0));
  }
  for (auto& [tenant, book] : books) {
    INFO(tenant);
    CHECK(book.answered.size() > 500);
    CHECK(book.open.empty());
  }
  each_answer_is_one_event(folder / "data", books);
  tables_equal_a_rebuild(folder / "data");
}

}  // namespace
}  // namespace tenantry::test
