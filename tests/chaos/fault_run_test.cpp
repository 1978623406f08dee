// Three nodes, three brokers, clients that ask again, and faults: what was answered holds.
//
// TENANTRY_CHAOS_SECONDS and TENANTRY_CHAOS_SEED say how long and which faults; `./dev chaos` sets them, the seed to
// another one each time if it was not told one.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "tests/chaos/checker.hpp"
#include "tests/chaos/clients.hpp"
#include "tests/chaos/faults.hpp"
#include "tests/chaos/topics.hpp"

namespace tenantry::chaos {
namespace {

using test::json;

constexpr int broker_count = 3;
constexpr int client_count = 16;
constexpr int school_count = 8;
constexpr std::size_t violations_shown_max = 20;
const std::vector<std::string> names = {"a", "b", "c"};

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

std::string made(test::HttpClient& client, const std::string& tenant, const std::string& target, const json& body) {
  test::Answer answer = client.post(target, body.dump(), test::of(tenant));
  if (answer.status != 201) throw std::runtime_error(target + ": " + answer.body);
  return test::json_of(answer).at("id");
}

School make_school(test::HttpClient& client, const std::string& slug) {
  test::make_tenant(client, slug);
  json tenant = test::json_of(client.get("/v1/tenant", test::of(slug)));
  std::string course = made(client, slug, "/v1/courses", {{"code", "C"}, {"title", "Course"}});
  json days = {{"startsOn", "2026-01-01"}, {"endsOn", "2026-06-30"}};
  json term = days;
  term["name"] = "Spring";
  json one = days;
  one.update({{"courseId", course}, {"name", "Class"}, {"capacity", 100}});
  one["termId"] = made(client, slug, "/v1/terms", term);
  return {tenant.at("id"), tenant.at("partition"), made(client, slug, "/v1/classes", one)};
}

std::vector<School> make_schools(test::Cluster& cluster) {
  test::HttpClient client = cluster.client(names.front());
  std::vector<School> schools;
  for (int number = 0; number < school_count; ++number) {
    schools.push_back(make_school(client, "school-" + std::to_string(number)));
  }
  return schools;
}

std::vector<Node> nodes_of(const test::Cluster& cluster) {
  std::vector<Node> nodes;
  for (const std::string& name : names) nodes.push_back({name, cluster.port(name)});
  return nodes;
}

std::string text_of(const std::map<std::string, std::vector<std::string>>& digests) {
  std::string text;
  for (const auto& [slug, words] : digests) {
    text += slug;
    for (const std::string& word : words) text += ' ' + word;
    text += '\n';
  }
  return text;
}

// Of every node that took part, of one that reads everything for the first time, and of a rebuild.
std::map<std::string, std::string> read_tables(test::Cluster& cluster) {
  std::map<std::string, std::string> tables;
  for (const std::string& name : names) {
    if (cluster.stop(name) != 0) throw std::runtime_error("node " + name + " did not stop well");
    tables["node " + name] = text_of(cluster.digests(name));
  }
  cluster.add("fresh");
  cluster.wait_until_served();
  cluster.stop("fresh");
  tables["a fresh node"] = text_of(cluster.digests("fresh"));
  test::Finished rebuilt = cluster.rebuild(names.front());
  if (rebuilt.code != 0) throw std::runtime_error("rebuild: " + rebuilt.errors);
  tables["a rebuild"] = text_of(cluster.digests(names.front()));
  return tables;
}

void print_times(const std::string& what, std::vector<std::int64_t> times) {
  std::ranges::sort(times);
  std::cout << "  " << what << ": " << times.size();
  auto seconds = [](std::int64_t ms) { return static_cast<double>(ms) / 1000; };
  if (!times.empty()) {
    std::cout << ", " << seconds(times.front()) << " s at least, " << seconds(times[times.size() / 2])
              << " s in the middle, " << seconds(times.back()) << " s at most";
  }
  std::cout << '\n';
}

void print_takeovers(const Takeovers& takeovers) {
  std::cout << "from kill -9 of an owner to a partition's first answered command:\n";
  print_times("with nothing else away", takeovers.alone());
  print_times("among other faults", takeovers.among_others());
  std::cout << "  reads answered meanwhile: " << takeovers.reads_meanwhile() << std::endl;
}

void print(const History& history, const std::map<std::string, int>& faults,
           const std::map<std::string, std::uint64_t>& answers, const std::vector<Violation>& violations) {
  std::size_t events = 0, owners = 0, applied = 0;
  for (const auto& [name, entries] : history.partitions) {
    for (const Entry& entry : entries) {
      events += std::holds_alternative<Event>(entry.what) ? 1 : 0;
      owners += std::holds_alternative<OwnerRecord>(entry.what) ? 1 : 0;
    }
  }
  for (const Claim& claim : history.claims) applied += claim.outcome == Outcome::applied ? 1 : 0;
  std::cout << "done:";
  for (const auto& [what, count] : faults) std::cout << "  " << count << ' ' << what;
  std::cout << "\nanswers:";
  for (const auto& [what, count] : answers) std::cout << "  " << what << " x " << count;
  std::cout << "\non the topics: " << events << " events, " << owners
            << " owner records\nchecked: " << history.claims.size() << " requests, " << applied
            << " of them answered as applied; " << history.reads.size() << " reads with a position; "
            << history.tables.size() << " sets of tables\n"
            << "found: " << violations.size() << " violations\n";
  for (std::size_t index = 0; index < std::min(violations.size(), violations_shown_max); ++index) {
    std::cout << "  " << name_of(violations[index].kind) << ": " << violations[index].detail << '\n';
  }
  std::cout.flush();
}

TEST_CASE("nodes and brokers are killed, suspended and started again, and what was answered holds", "[faults]") {
  const auto seconds = std::chrono::seconds(setting("TENANTRY_CHAOS_SECONDS", 60));
  const std::uint64_t seed = setting("TENANTRY_CHAOS_SEED", 7);
  std::cout << "fault run of " << seconds.count() << " s with seed " << seed << '\n';
  test::Broker brokers(broker_count);
  test::Cluster cluster(names, brokers.bootstrap());
  Takeovers takeovers;
  Clients clients(nodes_of(cluster), make_schools(cluster), seed, takeovers);
  Faults faults(cluster, brokers, broker_count, seed, takeovers);
  clients.start(client_count);
  for (auto end = Faults::Clock::now() + seconds; Faults::Clock::now() < end;) {
    faults.tick();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  faults.end_all();
  std::uint64_t applied = clients.applied();
  clients.settle();
  cluster.wait_until_served();

  History history{.partitions = {},
                  .claims = clients.results().claims,
                  .reads = clients.results().reads,
                  .tables = read_tables(cluster)};
  history.partitions = read_topics(brokers.bootstrap(), cluster.prefix());
  auto violations = check(history);
  print(history, faults.counts(), clients.results().answers, violations);
  print_takeovers(takeovers);
  CHECK(violations.empty());
  CHECK(applied > 50);  // or the run has shown nothing
  CHECK(faults.counts().size() > 1);
  CHECK(history.partitions.size() == test::Cluster::partitions + 1);
}

}  // namespace
}  // namespace tenantry::chaos
