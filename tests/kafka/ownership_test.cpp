#include "events/answer_note.hpp"
#include "events/engine/command_id.hpp"
#include "events/kafka/message.hpp"
#include "tests/kafka/kafka_log_fixture.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::kafka;
using contract::first_partition;
using contract::record_named;

namespace {

Message message_named(const Log& log, const std::string& name) {
  return message_of(record_named(log, first_partition, name)).value().message;
}

}  // namespace

TEST_CASE("a second node takes a partition over and the first is fenced", "[kafka]") {
  std::string prefix = test::fresh_prefix();
  Node first(test_options(prefix, "a"));
  auto epoch = first.take(first_partition);
  CHECK(first.log().owner_epoch(first_partition) == epoch);
  contract::append_named(first.log(), first_partition, {"of-a"});
  std::string late = record_named(first.log(), first_partition, "late");

  Node second(test_options(prefix, "b"));
  CHECK(second.log().append(first_partition, {late}).error().kind == LogError::Kind::unavailable);
  auto next_epoch = second.take(first_partition);
  CHECK(next_epoch > epoch);
  CHECK(contract::read_all(second.log(), first_partition).names == std::vector<std::string>{"of-a"});
  CHECK(second.log().append(first_partition, {late}).error().kind == LogError::Kind::rejected);
  CHECK_FALSE(first.log().append(first_partition, {late}));
  CHECK(test::comes_true([&] { return first.lost() == 1; }));
  CHECK(first.log().owner_epoch(first_partition) == 0);
  CHECK_FALSE(first.log().resolve(first_partition));
  contract::append_named(second.log(), first_partition, {"of-b"});
  CHECK(first.read_to_end(first_partition).names == std::vector<std::string>{"of-a", "of-b"});
  CHECK(first.log().owner(first_partition) == Owner{"b", "http://b:8080", next_epoch, Taking::serve});
  CHECK(first.lost() == 1);
}

TEST_CASE("a stale record is ignored and a foreign message is read as no record", "[kafka]") {
  std::string prefix = test::fresh_prefix();
  Node node(test_options(prefix));
  node.take(first_partition);
  Message stale = message_named(node.log(), "stale");
  node.take(first_partition);
  write_plainly(node.options(), first_partition, stale);
  write_plainly(node.options(), first_partition, {.key = "k", .value = "v", .timestamp_ms = 1, .headers = {}});
  // It is not passed over by appending after it: the partition is taken again, and read.
  CHECK(test::comes_true([&] { return node.lost() == 1; }));
  auto epoch = node.take(first_partition);
  auto appended = contract::append_named(node.log(), first_partition, {"sound"});
  auto found = node.read_to_end(first_partition);
  CHECK(found.names == std::vector<std::string>{"not a record", "sound"});
  CHECK(found.positions.back() == appended.first);
  CHECK(found.positions.front() < epoch);
  CHECK(node.log().metrics().stale_ignored == 1);
  CHECK(node.log().metrics().foreign == 1);
}

TEST_CASE("a note counts under the same rule as a record", "[kafka]") {
  std::string prefix = test::fresh_prefix();
  Node node(test_options(prefix));
  auto note_of = [](std::uint64_t epoch) {
    std::string command = engine::command_id(engine::make_idempotency_key("k", ""), {});
    std::string bytes;
    encode_answer_note({.id = fresh_id(),
                        .tenant = {fresh_id()},
                        .owner_epoch = epoch,
                        .time = Instant::now(),
                        .command_id = command,
                        .subject = "students/x",
                        .position = 1},
                       bytes);
    return bytes;
  };
  std::string late = note_of(node.take(first_partition));
  auto epoch = node.take(first_partition);
  CHECK(node.log().append(first_partition, {late}).error().kind == LogError::Kind::rejected);
  write_plainly(node.options(), first_partition, message_of(late).value().message);
  std::string sound = note_of(epoch);
  contract::must_append(node.log(), first_partition, {sound});
  CHECK(node.read_to_end(first_partition).records == std::vector<std::string>{sound});
  CHECK(node.log().metrics().stale_ignored == 1);
  CHECK(node.log().metrics().foreign == 0);
  node.close();
  node.open();  // the last thing mirrored is a note, and is held against the topic
  CHECK(node.read_to_end(first_partition).records == std::vector<std::string>{sound});
  node.take(first_partition);  // whose clock is held against the note's
}

TEST_CASE("a partition taken for a copy keeps records of any epoch", "[kafka]") {
  std::string prefix = test::fresh_prefix();
  Node node(test_options(prefix));
  Node other(test_options(prefix, "b"));
  std::string record = record_named(node.log(), first_partition, "copied");
  node.take(first_partition, Taking::copy);
  contract::must_append(node.log(), first_partition, {record});
  CHECK((other.read_to_end(first_partition).records == std::vector<std::string>{record}));
  CHECK(other.log().owner(first_partition)->taking == Taking::copy);
  node.take(first_partition);
  CHECK(node.log().append(first_partition, {record}).error().kind == LogError::Kind::rejected);
}

TEST_CASE("what is released is not appended to", "[kafka]") {
  Node node(test_options(test::fresh_prefix()));
  node.take(first_partition);
  std::string record = record_named(node.log(), first_partition, "r");
  node.log().release(first_partition);
  CHECK(node.log().owner_epoch(first_partition) == 0);
  CHECK(node.log().append(first_partition, {record}).error().kind == LogError::Kind::unavailable);
  CHECK_FALSE(node.log().resolve(first_partition));
  CHECK(node.lost() == 0);
}

TEST_CASE("a record that is too large is rejected and the next append works", "[kafka]") {
  Node node(test_options(test::fresh_prefix()));
  node.take(first_partition);
  auto large = record_named(node.log(), first_partition, "large", 5u << 20);
  auto small = record_named(node.log(), first_partition, "small");
  auto refused = node.log().append(first_partition, {small, large});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == LogError::Kind::rejected);
  contract::append_named(node.log(), first_partition, {"next"});
  CHECK(node.read_to_end(first_partition).names == std::vector<std::string>{"next"});
}

TEST_CASE("a broker that stops during an append leaves a doubt that is resolved", "[kafka]") {
  test::Broker broker;
  KafkaOptions options = test_options(test::fresh_prefix());
  options.bootstrap = broker.bootstrap();
  options.append_deadline_ms = 2'000;
  Node node(options);
  node.take(first_partition);
  contract::append_named(node.log(), first_partition, {"before"});
  broker.stop();
  auto doubtful = node.log().append(first_partition, {record_named(node.log(), first_partition, "doubtful")});
  broker.go_on();
  REQUIRE_FALSE(doubtful);
  CHECK(doubtful.error().kind == LogError::Kind::unknown);
  CHECK(node.log().append(first_partition, {"x"}).error().kind == LogError::Kind::unavailable);
  auto resolved = node.log().resolve(first_partition);
  if (!resolved) FAIL(resolved.error().detail);
  contract::append_named(node.log(), first_partition, {"after"});
  auto names = node.read_to_end(first_partition).names;
  bool is_sound = names == std::vector<std::string>{"before", "after"} ||
                  names == std::vector<std::string>{"before", "doubtful", "after"};
  CHECK(is_sound);
  CHECK(node.lost() == 0);
}
