#include "tests/chaos/clients.hpp"

#include <functional>

namespace tenantry::chaos {
namespace {

using test::Answer;
using test::Headers;
using test::json;

// Some give up while a node still looks for the owner, some wait longer than it does.
constexpr int patience_least_seconds = 3;
constexpr int patience_most_seconds = 12;
constexpr auto settle_patience = std::chrono::minutes(1);
constexpr const char* no_class = "00000000-0000-7000-8000-00000000dead";

json assessment(const std::string& class_id, const std::string& title) {
  return {{"classId", class_id}, {"title", title}, {"category", "exam"}, {"weight", 1}};
}

std::string load_line(const std::string& class_id, const std::string& title) {
  json line = {{"command", "AddAssessment"}, {"data", assessment(class_id, title)}, {"idempotencyKey", title}};
  return line.dump() + '\n';
}

int patience_of(const std::string& mark) {
  return patience_least_seconds +
         static_cast<int>(std::hash<std::string>{}(mark) % (patience_most_seconds - patience_least_seconds + 1));
}

bool is_applied(int status) {
  return status == 200 || status == 201;
}
// Another answer is to come for the same key.
bool is_open(int status, const json& problem) {
  return status == 0 || status >= 500 || status == 429 || status == 408 ||
         (status == 409 && problem.value("type", "") == "/problems/idempotency-key-in-flight");
}

std::vector<std::pair<int, json>> answers_of(const Answer& answer, std::size_t marks) {
  std::vector<std::pair<int, json>> found;
  if (marks == 1 || answer.status != 200) return {{answer.status, json::parse(answer.body, nullptr, false)}};
  for (const std::string& text : test::lines_of(answer.body)) {
    json line = json::parse(text, nullptr, false);
    if (!line.is_object()) return {};
    int status = line.value("status", 0);
    found.emplace_back(status, is_applied(status) ? line : line.value("problem", json::object()));
  }
  return found.size() == marks ? found : std::vector<std::pair<int, json>>{};
}

// Fills in the claim's outcome; it stays open if this was no answer for good.
void judge(const Answer& answer, Claim& claim) {
  auto answers = answers_of(answer, claim.marks.size());
  std::vector<std::string> ids;
  std::size_t refused = 0;
  for (const auto& [status, document] : answers) {
    if (!document.is_object() || is_open(status, document)) return;
    if (is_applied(status)) ids.push_back(document.value("id", ""));
    if (!is_applied(status)) ++refused;
  }
  if (answers.empty() || (refused > 0 && !ids.empty())) return;
  claim.outcome = refused > 0 ? Outcome::refused : Outcome::applied;
  claim.ids = ids;
  auto position = answer.headers.find("tenantry-position");
  if (position != answer.headers.end()) claim.position = std::stoull(position->second);
}

std::string describe(const Answer& answer) {
  if (answer.status == 0) return "none";
  json document = json::parse(answer.body, nullptr, false);
  bool is_problem = answer.status >= 400 && document.is_object();
  return std::to_string(answer.status) + (is_problem ? " " + document.value("type", "").substr(10) : "");
}

}  // namespace

Clients::Request Clients::plan(Random& random, const std::string& name) const {
  const School& school = schools_[random() % schools_.size()];
  Request request{.school = &school,
                  .target = "/v1/assessments",
                  .media_type = "application/json",
                  .body = assessment(school.class_id, name).dump(),
                  .key = name,
                  .claim = {.tenant = school.tenant, .marks = {name}, .ids = {}},
                  .read_at = "/v1/assessments/"};
  switch (random() % 10) {
    case 0:
    case 1:
    case 2:
    case 3:
      request.target = "/v1/students";
      request.read_at = "/v1/students/";
      request.body = test::student(name).dump();
      break;
    case 4:
    case 5:
      request.target = "/v1/commands?atomic=true";
      request.media_type = "application/x-ndjson";
      request.key.clear();
      request.claim.marks = {name + "x", name + "y", name + "z"};
      request.body.clear();
      for (const std::string& mark : request.claim.marks) request.body += load_line(school.class_id, mark);
      break;
    case 6:
      request.body = assessment(no_class, name).dump();
      request.claim.is_refusable = true;
      break;
    default:
      break;
  }
  return request;
}

Answer Clients::send(const Request& request, const Node& node) {
  test::HttpClient client = test::client_at(node.port, patience_of(request.claim.marks.front()));
  Headers headers = {{"X-Tenant", request.school->tenant}, {"Content-Type", request.media_type}};
  if (!request.key.empty()) headers.emplace_back("Idempotency-Key", request.key);
  Answer answer = client.post(request.target, request.body, headers);
  count(answer);
  return answer;
}

bool Clients::insist(Request& request, Random& random, const std::function<bool()>& give_up) {
  for (;;) {
    auto begun = Takeovers::Clock::now();
    judge(send(request, any_node(random)), request.claim);
    if (request.claim.outcome != Outcome::open) {
      takeovers_.command_answered(request.school->partition, begun);
      return true;
    }
    if (give_up()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50 + random() % 300));
  }
}

void Clients::read_back(const Request& request, const Node& node) {
  const Claim& claim = request.claim;
  std::string target = request.read_at + claim.ids.front();
  test::HttpClient client = test::client_at(node.port, patience_most_seconds);
  Answer answer =
      client.get(target, {{"X-Tenant", claim.tenant}, {"Tenantry-Position", std::to_string(claim.position)}});
  std::lock_guard lock(mutex_);
  ++results_.answers["read: " + describe(answer)];
  if (answer.status == 0 || answer.status == 503) return;
  results_.reads.push_back({claim.tenant, target, node.name, claim.position, answer.status});
}

void Clients::run(std::stop_token stop, int client) {
  Random random(seed_ + static_cast<std::uint64_t>(client));
  for (int number = 0; !stop.stop_requested(); ++number) {
    Request request = plan(random, "c" + std::to_string(client) + "-" + std::to_string(number));
    if (!insist(request, random, [&] { return stop.stop_requested(); })) {
      std::lock_guard lock(mutex_);
      open_.push_back(std::move(request));
      return;
    }
    keep(request.claim);
    if (request.claim.outcome == Outcome::applied && random() % 3 == 0) read_back(request, any_node(random));
    if (random() % 20 == 0) {
      Request again = request;
      again.claim.outcome = Outcome::open;
      judge(send(again, any_node(random)), again.claim);
      if (again.claim.outcome != Outcome::open) keep(again.claim);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 20));
  }
}

void Clients::read_all_the_time(std::stop_token stop) {
  Random random(seed_ ^ 1);
  while (!stop.stop_requested()) {
    const School& school = schools_[random() % schools_.size()];
    const Node& node = any_node(random);
    test::HttpClient client = test::client_at(node.port, 1);
    if (client.get("/v1/classes/" + school.class_id, test::of(school.tenant)).status == 200) {
      takeovers_.read_answered(school.partition);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void Clients::start(int count) {
  threads_.emplace_back([this](std::stop_token stop) { read_all_the_time(std::move(stop)); });
  for (int client = 0; client < count; ++client) {
    threads_.emplace_back([this, client](std::stop_token stop) { run(std::move(stop), client); });
  }
}

void Clients::settle() {
  for (auto& thread : threads_) thread.request_stop();
  threads_.clear();
  Random random(seed_);
  auto deadline = Takeovers::Clock::now() + settle_patience;
  for (Request& request : open_) {
    insist(request, random, [&] { return Takeovers::Clock::now() > deadline; });
    keep(request.claim);
  }
}

void Clients::keep(const Claim& claim) {
  std::lock_guard lock(mutex_);
  results_.claims.push_back(claim);
}

void Clients::count(const Answer& answer) {
  std::lock_guard lock(mutex_);
  ++results_.answers[describe(answer)];
}

std::uint64_t Clients::applied() const {
  std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  for (const Claim& claim : results_.claims) count += claim.outcome == Outcome::applied ? 1 : 0;
  return count;
}

}  // namespace tenantry::chaos
