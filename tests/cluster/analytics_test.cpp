// docs/ANALYTICS.md: its commands are run against a real broker and print what it shows, and the consumer that it
// offers keeps to the rules that it names.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "events/catalog/catalog.hpp"
#include "tests/cluster/cluster.hpp"
#include "tests/cluster/topic_reader.hpp"
#include "tests/support/examples.hpp"

namespace tenantry::test {
namespace {

const std::string page = TENANTRY_SOURCE_DIR "/docs/ANALYTICS.md";
const std::string consumer = TENANTRY_SOURCE_DIR "/docs/analytics/consumer.py";
const std::string tenant = "01900000-0000-7000-8000-000000000001";

// A cluster of one, as the page has it, and its commands with this cluster's addresses.
class Analytics {
 public:
  std::string here(const std::string& command) const {
    std::string text = replaced(command, "localhost:8081", "localhost:" + std::to_string(cluster_.port("a")));
    text = replaced(text, "--brokers localhost:9092", "--brokers localhost:9092 --prefix " + cluster_.prefix());
    text = replaced(text, "localhost:9092", cluster_.bootstrap());
    text = replaced(text, "-t tenantry.", "-t " + cluster_.prefix() + ".");
    text = replaced(text, "enrolments.sqlite", folder_ / "enrolments.sqlite");
    // The Debian package's Python, whichever others the machine has.
    return "export LC_ALL=C PATH=/usr/bin:$PATH; cd '" TENANTRY_SOURCE_DIR "'; " + text;
  }
  Finished consume() const {
    return run(
        {"bash", "-c", here("python3 docs/analytics/consumer.py --brokers localhost:9092 --store enrolments.sqlite")});
  }
  Cluster& cluster() { return cluster_; }
  std::string topic() const { return cluster_.prefix() + ".events"; }

 private:
  Cluster cluster_{{"a"}};
  TemporaryFolder folder_;
};

// The tenant's events on the topic, at least one.
std::vector<Consumed> events_of_tenant(Analytics& analytics) {
  auto all = read_topic(analytics.cluster().bootstrap(), analytics.topic());
  std::erase_if(all, [](const Consumed& each) { return each.message.key != tenant; });
  REQUIRE_FALSE(all.empty());
  return all;
}

void set_header(Consumed& consumed, const std::string& name, const std::string& value) {
  for (auto& header : consumed.message.headers) {
    if (header.first == name) header.second = value;
  }
}

// Writes as any other program could, with kcat.
void write(Analytics& analytics, const Consumed& consumed) {
  TemporaryFolder folder;
  write_file(folder / "value", consumed.message.value);
  std::vector<std::string> arguments = {"kcat",
                                        "-P",
                                        "-q",
                                        "-b",
                                        analytics.cluster().bootstrap(),
                                        "-t",
                                        analytics.topic(),
                                        "-p",
                                        std::to_string(consumed.partition)};
  if (!consumed.message.key.empty()) arguments.insert(arguments.end(), {"-k", consumed.message.key});
  for (const auto& [name, value] : consumed.message.headers) {
    arguments.insert(arguments.end(), {"-H", name + '=' + value});
  }
  arguments.push_back(folder / "value");
  Finished finished = run(arguments);
  INFO(finished.errors);
  REQUIRE(finished.code == 0);
}

std::string sequence(int number) {
  std::string digits = std::to_string(number);
  return std::string(20 - digits.size(), '0') + digits;
}

TEST_CASE("every command of the page on analytics prints what the page says") {
  Analytics analytics;
  auto examples = examples_of(page);
  REQUIRE(examples.size() >= 7);
  for (const Example& example : examples) check_example(analytics.here(example.command), example.output);
}

TEST_CASE("the consumer counts nothing twice or out of order, knows former versions, and ignores deposed owners") {
  Analytics analytics;
  for (const Example& example : examples_of(page)) {
    if (example.command.starts_with("curl")) check_example(analytics.here(example.command), example.output);
  }
  std::string counted = analytics.consume().output;
  CHECK(counted.find("Geometry: 1 active, 0 withdrawn, 0 completed, 0 points") != std::string::npos);
  const std::vector<Consumed> events = events_of_tenant(analytics);
  const Consumed& last = events.back();
  REQUIRE(analytics.cluster().stop("a") == 0);  // nobody else reads what follows

  Consumed assessment = last;
  set_header(assessment, "ce_type", "tenantry.roster.assessment-added.v1");
  set_header(assessment, "ce_sequence", sequence(17));
  assessment.message.value = R"({"id":"01900000-0000-7000-8000-000000000033","classId":"01900000-0000-7000-8000-)"
                             R"(000000000005","title":"Old","category":"exam","weight":10})";
  Consumed deposed = assessment;
  set_header(deposed, "ce_ownerepoch", "999999");
  write(analytics, deposed);
  const auto withdrawn_later = std::ranges::find_if(events, [](const Consumed& each) {
    return each.message.value.find("000000000022\",\"classId") != std::string::npos;
  });
  REQUIRE(withdrawn_later != events.end());
  write(analytics, *withdrawn_later);
  Consumed note = {.partition = last.partition, .offset = 0, .message = {}};
  note.message = {
      .key = tenant, .value = "{}", .headers = {{"tenantry-answer", "1"}, {"tenantry-position", sequence(99)}}};
  write(analytics, note);
  CHECK(analytics.consume().output == counted);
  write(analytics, assessment);
  counted = replaced(counted, "Geometry: 1 active, 0 withdrawn, 0 completed, 0 points",
                     "Geometry: 1 active, 0 withdrawn, 0 completed, 100 points");
  CHECK(analytics.consume().output == counted);
  write(analytics, assessment);
  CHECK(analytics.consume().output == counted);

  Consumed owner = {.partition = last.partition, .offset = 0, .message = {}};
  owner.message.headers = {{"tenantry-owner", "1"}};
  owner.message.value = R"({"node":"b","address":"http://b","copy":true})";
  write(analytics, owner);
  Consumed gap = last;
  set_header(gap, "ce_sequence", sequence(19));
  write(analytics, gap);
  for (int count = 0; count < 2; ++count) {  // it does not go past the fault
    Finished refused = analytics.consume();
    CHECK(refused.code == 1);
    CHECK(refused.errors.find("event 19 follows event 17") != std::string::npos);
  }
}

TEST_CASE("the consumer stops at a newer version of what it counts") {
  Analytics analytics;
  for (const Example& example : examples_of(page)) {
    if (example.command.starts_with("curl")) check_example(analytics.here(example.command), example.output);
  }
  Consumed newer = events_of_tenant(analytics).back();
  REQUIRE(analytics.cluster().stop("a") == 0);
  set_header(newer, "ce_sequence", sequence(17));
  set_header(newer, "ce_type", "tenantry.roster.result-recorded.v9");
  write(analytics, newer);  // it counts no results
  CHECK(analytics.consume().code == 0);
  set_header(newer, "ce_sequence", sequence(18));
  set_header(newer, "ce_type", "tenantry.roster.student-enrolled.v9");
  write(analytics, newer);
  Finished refused = analytics.consume();
  CHECK(refused.code == 1);
  CHECK(refused.errors.find("student-enrolled.v9 is newer than this program") != std::string::npos);
}

TEST_CASE("the page and its consumer know every former version, and the page shows the consumer's own lines") {
  const std::string text = read_file(page), program = read_file(consumer);
  for (const auto& type : events::event_types()) {
    if (type.newest) continue;
    INFO(type.name);
    CHECK(text.find("| `" + type.name + "` | `") != std::string::npos);
    CHECK(program.find('"' + type.name + "\": lambda data: (") != std::string::npos);
  }
  auto begin = text.find("```python\n");
  REQUIRE(begin != std::string::npos);
  begin += std::string("```python\n").size();
  CHECK(program.find(text.substr(begin, text.find("```", begin) - begin)) != std::string::npos);
}

}  // namespace
}  // namespace tenantry::test
