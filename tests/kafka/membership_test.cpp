#include "events/kafka/membership.hpp"

#include "tests/kafka/kafka_log_fixture.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::kafka;

namespace {

GroupHooks no_hooks() {
  return {.on_assigned = [](const auto&) {}, .on_revoked = [](const auto&) {}};
}

}  // namespace

TEST_CASE("two nodes share the partitions and one that stays gets all", "[kafka]") {
  KafkaOptions options = test_options(test::fresh_prefix());
  Node topics(options);
  std::atomic<int> revoked = 0;
  GroupHooks hooks = no_hooks();
  hooks.on_revoked = [&](const std::set<Partition>& partitions) { revoked += static_cast<int>(partitions.size()); };
  auto first = Membership::join(options, {}, hooks).value();
  CHECK(test::comes_true([&] { return first->assigned().size() == 3; }));
  auto second = Membership::join(options, {}, no_hooks()).value();
  CHECK(test::comes_true([&] {
    return first->assigned().size() + second->assigned().size() == 3 && !first->assigned().empty() &&
           !second->assigned().empty();
  }));
  CHECK(revoked == 3);
  CHECK(second->last_heard() > std::chrono::steady_clock::time_point{});
  CHECK(second->close());
  CHECK(second->assigned().empty());
  CHECK(test::comes_true([&] { return first->assigned().size() == 3; }));
  auto heard = first->last_heard();
  CHECK(test::comes_true([&] { return first->last_heard() > heard; }));
}
