// What becomes of a request, for every combination of the facts that decide it.

#include "api/service/plan.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "api/tenants/gate.hpp"
#include "domain/directory/entities.hpp"
#include "domain/tenancy/refusals.hpp"

using namespace tenantry;
using api::Facts;
using api::Plan;
using events::Partition;
using events::Stream;

namespace {

const Partition platform{Stream::platform, 0};
const Partition tenants_own{Stream::tenants, 2};
const std::vector<Partition> all{platform, {Stream::tenants, 0}, {Stream::tenants, 1}, tenants_own};
constexpr std::uint64_t sequence = 7;

// The values of each fact, by the names that the rows use.
const std::vector<std::string> kinds{"command",          "creation",      "query",  "record",
                                     "register-command", "register-list", "service"};
const std::vector<std::string> named{"nothing", "known", "unknown", "contradictory"};
const std::vector<std::string> positions{"none", "asked", "malformed", "objected-to"};
const std::vector<std::string> owners{"here", "elsewhere"};
const std::vector<std::string> registers{"as-it-is", "current"};

struct Case {
  std::string kind, named, position, owner, known;
};

// What is planned for the cases that it is of: each of its facts is one value, several ("a|b"), or any ("*").
struct Row {
  Case facts;
  std::string plan;
};

const std::vector<Row> rows{
    // What names no tenant that there is.
    {{"*", "contradictory", "*", "*", "*"}, "refuse tenant-contradictory"},
    {{"*", "unknown", "*", "here", "*"}, "refuse tenant-unknown"},
    {{"*", "unknown", "*", "elsewhere", "current"}, "refuse tenant-unknown"},
    {{"*", "unknown", "*", "elsewhere", "as-it-is"}, "wait for platform-0, look again"},
    // What is about no tenant, for which positions mean nothing.
    {{"command|creation|register-command", "nothing", "none", "here", "*"}, "serve"},
    {{"command|creation|register-command", "nothing", "none", "elsewhere", "*"}, "pass on to platform-0, or serve"},
    {{"register-list", "nothing", "none", "here", "*"}, "serve"},
    {{"register-list", "nothing", "none", "elsewhere", "*"},
     "wait for platform-0 events-0 events-1 events-2, then serve"},
    {{"query|record|service", "nothing", "none", "*", "*"}, "serve"},
    // A tenant's commands do not wait for a position.
    {{"*", "known", "malformed", "*", "*"}, "refuse header-malformed"},
    {{"command|creation|register-command", "known", "none|asked", "here", "*"}, "serve tenant"},
    {{"command|creation|register-command", "known", "none|asked", "elsewhere", "*"},
     "pass on to events-2, or serve tenant"},
    // A tenant's reads.
    {{"query|record|register-list|service", "known", "none", "here", "*"}, "serve tenant"},
    {{"query|record|register-list|service", "known", "none", "elsewhere", "*"}, "wait for events-2, then serve tenant"},
    {{"query|record|register-list|service", "known", "asked", "*", "*"}, "wait for 7 of tenant"},
    {{"query|record|register-list|service", "known", "objected-to", "*", "*"}, "refuse parameter-malformed"},
};

api::Route route_of(const std::string& kind) {
  api::Route route;
  route.reach = api::Reach::service;
  if (kind == "command") route.reach = api::Reach::command;
  if (kind == "creation") route.reach = api::Reach::creation;
  if (kind == "query") route.reach = api::Reach::query;
  if (kind == "record") route.reach = api::Reach::record;
  if (kind == "register-command") route.command = "register-tenant";
  if (kind == "register-list") route.answer = {api::AnswerShape::Kind::list};
  return route;
}

TenantScope tenant() {
  directory::Registration registration;
  registration.tenant = TenantId{*Uuid::parse("0190a000-0000-7000-8000-000000000001")};
  registration.partition = tenants_own.number;
  return api::Gate::scope_of(registration);
}

api::Problem of(api::Fault fault) {
  return api::problem_of(fault, "", "");
}

api::Problem unknown_tenant() {
  return api::problem_of(refusal(tenancy::refused.tenant_unknown, ""));
}

// Dispatch reads a position only where a tenant is named, and asks no command's route for objections.
bool is_possible(const Case& each) {
  if (each.position == "objected-to" && api::is_command(route_of(each.kind))) return false;
  return each.position == "none" || each.named != "nothing";
}

std::vector<Case> all_cases() {
  std::vector<Case> cases{{}};
  auto vary = [&cases](std::string Case::*fact, const std::vector<std::string>& values) {
    std::vector<Case> varied;
    for (Case each : cases) {
      for (const std::string& value : values) {
        each.*fact = value;
        varied.push_back(each);
      }
    }
    cases = std::move(varied);
  };
  vary(&Case::kind, kinds);
  vary(&Case::named, named);
  vary(&Case::position, positions);
  vary(&Case::owner, owners);
  vary(&Case::known, registers);
  std::erase_if(cases, [](const Case& each) { return !is_possible(each); });
  return cases;
}

Facts facts_of(const api::Route& route, const Case& each) {
  Facts facts{.route = &route};
  if (each.known == "current") facts.known = api::Register::current;
  if (each.named == "known") facts.tenant = tenant();
  if (each.named == "unknown") facts.tenant = std::unexpected(unknown_tenant());
  if (each.named == "contradictory") facts.tenant = std::unexpected(of(api::Fault::tenant_contradictory));
  if (each.position == "asked" || each.position == "objected-to") facts.position = sequence;
  if (each.position == "malformed") facts.position = std::unexpected(of(api::Fault::header_malformed));
  if (each.position == "objected-to") facts.checked = std::unexpected(of(api::Fault::parameter_malformed));
  if (each.owner == "elsewhere") facts.elsewhere = api::partitions_about(route, facts.tenant, all);
  return facts;
}

std::string text_of(const api::ServeHere& here) {
  return here.tenant ? "serve tenant" : "serve";
}

struct Teller {
  std::string operator()(const api::Refuse& refuse) const { return "refuse " + std::string{refuse.problem.slug}; }
  std::string operator()(const api::ServeHere& here) const { return text_of(here); }
  std::string operator()(const api::WaitPosition& wait) const {
    CHECK(wait.tenant == tenant());
    return "wait for " + std::to_string(wait.sequence) + " of tenant";
  }
  std::string operator()(const api::WaitCurrent& wait) const {
    std::string text = "wait for";
    for (Partition partition : wait.partitions) text += ' ' + partition.name();
    return text + ", " + (wait.then ? "then " + text_of(*wait.then) : "look again");
  }
  std::string operator()(const api::PassOn& pass) const {
    return "pass on to " + pass.partition.name() + ", or " + text_of(pass.here);
  }
};

bool is_of(const Row& row, const Case& each) {
  auto allows = [&](std::string Case::*fact) {
    const std::string& choice = row.facts.*fact;
    return choice == "*" || ('|' + choice + '|').find('|' + each.*fact + '|') != std::string::npos;
  };
  return allows(&Case::kind) && allows(&Case::named) && allows(&Case::position) && allows(&Case::owner) &&
         allows(&Case::known);
}

}  // namespace

TEST_CASE("each combination of facts has one row, and becomes what the row says", "[plan]") {
  std::set<const Row*> used;
  std::set<std::size_t> steps;
  for (const Case& each : all_cases()) {
    CAPTURE(each.kind, each.named, each.position, each.owner, each.known);
    api::Route route = route_of(each.kind);
    Plan plan = api::plan_of(facts_of(route, each));
    steps.insert(plan.index());
    std::vector<const Row*> found;
    for (const Row& row : rows) {
      if (is_of(row, each)) found.push_back(&row);
    }
    REQUIRE(found.size() == 1);
    CHECK(std::visit(Teller{}, plan) == found.front()->plan);
    used.insert(found.front());
  }
  CHECK(used.size() == rows.size());
  CHECK(steps.size() == std::variant_size_v<Plan>);
}

TEST_CASE("a request of a tenant is served from its own scope and from no former sequence", "[plan]") {
  api::Route route = route_of("query");
  auto here = std::get<api::ServeHere>(api::plan_of(facts_of(route, {"query", "known", "none", "here", "as-it-is"})));
  CHECK(here.tenant == tenant());
  CHECK(here.at_least == 0);
}

TEST_CASE("whether a tenant is served by its status, the route's reach and the caller's role", "[plan]") {
  using api::Reach;
  using tenancy::TenantStatus;
  struct ByReach {
    Reach reach;
    std::string of_suspended_to_members, of_archived;
  };
  const std::vector<ByReach> cases{{Reach::service, "tenant-suspended", "tenant-archived"},
                                   {Reach::command, "", ""},
                                   {Reach::creation, "tenant-suspended", "tenant-archived"},
                                   {Reach::query, "tenant-suspended", "tenant-archived"},
                                   {Reach::record, "tenant-suspended", ""}};
  auto refusal = [](Reach reach, TenantStatus status, bool is_operator) {
    auto good = api::check_status(reach, status, is_operator);
    return good ? std::string{} : std::string{good.error().slug};
  };
  for (const ByReach& each : cases) {
    CAPTURE(static_cast<int>(each.reach));
    for (bool is_operator : {false, true}) {
      CHECK(refusal(each.reach, TenantStatus::active, is_operator).empty());
      CHECK(refusal(each.reach, TenantStatus::archived, is_operator) == each.of_archived);
    }
    CHECK(refusal(each.reach, TenantStatus::suspended, false) == each.of_suspended_to_members);
    CHECK(refusal(each.reach, TenantStatus::suspended, true).empty());
  }
}
