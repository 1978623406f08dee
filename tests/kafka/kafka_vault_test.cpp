// What a Kafka log's vault adds to the contract: several nodes, messages that come late, topics that are not right.
#include <atomic>

#include "events/kafka/kafka_vault.hpp"
#include "events/kafka/topics.hpp"
#include "tests/kafka/admin.hpp"
#include "tests/kafka/kafka_vault_fixture.hpp"
#include "tests/support/process.hpp"

namespace tenantry::events::kafka {

void write_to_vault(const KafkaOptions& options, const std::string& key, const std::optional<std::string>& value) {
  auto client = Client::make(RD_KAFKA_PRODUCER, options, {});
  REQUIRE(client);
  auto* bytes = value ? const_cast<char*>(value->data()) : nullptr;
  std::size_t size = value ? value->size() : 0;
  auto topic = vault_topic_of(options);
  auto code = rd_kafka_producev((*client)->get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(0),
                                RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
                                RD_KAFKA_V_VALUE(bytes, size), RD_KAFKA_V_END);
  REQUIRE(code == RD_KAFKA_RESP_ERR_NO_ERROR);
  REQUIRE(rd_kafka_flush((*client)->get(), 10'000) == RD_KAFKA_RESP_ERR_NO_ERROR);
}

}  // namespace tenantry::events::kafka

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::kafka;
using Catch::Matchers::Contains;
using contract::fails;
using contract::got;
using contract::not_found;
using contract::put_new;
using contract::some_tenant;

namespace {

KafkaOptions beside(KafkaVaultFixture& one, const std::string& node = "b") {
  KafkaOptions options = one.node().options();
  options.node = node;
  return options;
}

const Settings sound_vault{{"cleanup.policy", "compact"},         {"segment.ms", "86400000"},
                           {"max.compaction.lag.ms", "86400000"}, {"delete.retention.ms", "86400000"},
                           {"min.insync.replicas", "1"},          {"max.message.bytes", "65536"}};

}  // namespace

TEST_CASE("what one node has put another finds at once", "[kafka][vault]") {
  KafkaVaultFixture one;
  KafkaVaultFixture two(beside(one));
  for (int round = 0; round < 30; ++round) {
    auto key = put_new(one.vault(), some_tenant(), "from one");
    CHECK(got(two.vault(), key) == "from one");
    CHECK(fails(two.vault().put(key, {}, "from two"), VaultError::Kind::already_there));
  }
  auto erased = put_new(one.vault(), some_tenant(), "secret");
  CHECK(got(two.vault(), erased) == "secret");
  REQUIRE(one.vault().erase(erased.tenant, erased.id));
  CHECK(test::comes_true([&] { return got(two.vault(), erased) == not_found; }));
  KafkaVaultFixture three(beside(one, "c"));
  CHECK(got(three.vault(), erased) == not_found);
  CHECK(contract::sealed_entries(three.vault()) == contract::sealed_entries(one.vault()));
}

TEST_CASE("what one node has put another erases at once", "[kafka][vault]") {
  KafkaVaultFixture one;
  KafkaVaultFixture two(beside(one));
  for (int round = 0; round < 30; ++round) {
    auto key = put_new(one.vault(), some_tenant(), "from one");
    REQUIRE(two.vault().erase(key.tenant, key.id));
  }
  CHECK(two.vault().metrics().erased == 30);
  KafkaVaultFixture three(beside(one, "c"));
  CHECK(contract::sealed_entries(three.vault()).empty());
}

TEST_CASE("a tenant's entries are counted whichever node wrote them", "[kafka][vault]") {
  KafkaVaultFixture one;
  KafkaVaultFixture two(beside(one));
  one.reopen({'a'}, {.entries_of_tenant_max = 2});
  two.reopen({'a'}, {.entries_of_tenant_max = 2});
  TenantId tenant = some_tenant();
  auto first = put_new(one.vault(), tenant, "first");
  put_new(two.vault(), tenant, "second");
  CHECK(fails(one.vault().put(contract::key_for(tenant), {}, "third"), VaultError::Kind::full));
  REQUIRE(two.vault().erase(tenant, first.id));
  CHECK(test::comes_true([&] { return got(one.vault(), first) == not_found; }));
  put_new(one.vault(), tenant, "third");
}

TEST_CASE("a node that starts again has its vault, and gains one that its log did not have", "[kafka][vault]") {
  KafkaVaultFixture fixture;
  auto key = put_new(fixture.vault(), some_tenant(), "secret");
  fixture.reopen_node();
  CHECK(got(fixture.vault(), key) == "secret");
  // The topic is made for a log that was begun without one.
  Node former(test_options(test::fresh_prefix()));
  former.take(contract::first_partition);
  former.close();
  former.open();
  CHECK(former.log().open_vault(test::root_keys({'a'})));
}

// As a deposed owner's that was on its way.
TEST_CASE("a value that comes after its tombstone is swept on every node", "[kafka][vault]") {
  KafkaVaultFixture one;
  KafkaVaultFixture two(beside(one));
  auto erased = put_new(one.vault(), some_tenant(), "secret");
  auto kept = put_new(one.vault(), erased.tenant, "kept");
  auto sealed = contract::sealed_entries(one.vault());
  REQUIRE(one.vault().erase(erased.tenant, erased.id));
  write_to_vault(one.node().options(), stored_key(erased), sealed.at(erased));
  CHECK(test::comes_true([&] { return got(one.vault(), erased) == "secret"; }));
  auto is_named = [&](const VaultKey& key) { return key == kept; };
  CHECK(one.vault().sweep({Instant::now().unix_ms + 1000}, is_named).value() == 1);
  CHECK(got(one.vault(), erased) == not_found);
  CHECK(test::comes_true([&] { return got(two.vault(), erased) == not_found; }));
  CHECK(got(two.vault(), kept) == "kept");
}

TEST_CASE("messages that are no entries are passed over, and what is not sealed opens as nothing", "[kafka][vault]") {
  KafkaVaultFixture fixture;
  auto key = put_new(fixture.vault(), some_tenant(), "secret");
  auto unsealed = contract::key_for(some_tenant());
  const auto& options = fixture.node().options();
  write_to_vault(options, "no key", "no value");
  write_to_vault(options, "no key", std::nullopt);
  write_to_vault(options, stored_key(unsealed), "not sealed");
  CHECK(got(fixture.vault(), unsealed) == contract::altered);
  CHECK(got(fixture.vault(), key) == "secret");
  CHECK(contract::sealed_entries(fixture.vault()).size() == 2);
}

TEST_CASE("a vault's topic that would forget, or keep too long, is refused", "[kafka][vault]") {
  struct Wrong {
    const char* setting;
    const char* value;
  };
  auto wrong = GENERATE(values<Wrong>({{"cleanup.policy", "delete"},
                                       {"segment.ms", "604800000"},
                                       {"max.compaction.lag.ms", "604800000"},
                                       {"delete.retention.ms", "1000"},
                                       {"unclean.leader.election.enable", "true"},
                                       {"max.message.bytes", "1000"}}));
  Node node(test_options(test::fresh_prefix()));
  Settings settings = sound_vault;
  std::erase_if(settings, [&](const auto& each) { return each.first == wrong.setting; });
  settings.emplace_back(wrong.setting, wrong.value);
  make_topic(node.options(), vault_topic_of(node.options()), 1, settings);
  auto opened = node.log().open_vault(test::root_keys({'a'}));
  REQUIRE_FALSE(opened);
  CHECK_THAT(opened.error().detail,
             Contains("topic " + vault_topic_of(node.options()) + ": " + wrong.setting + " is " + wrong.value));
}

TEST_CASE("a vault's topic that was deleted or made anew is refused", "[kafka][vault]") {
  KafkaVaultFixture fixture;
  put_new(fixture.vault(), some_tenant(), "secret");
  fixture.reopen();
  fixture.close();
  const auto& options = fixture.node().options();
  delete_topic(options, vault_topic_of(options));
  std::string detail;
  CHECK(test::comes_true([&] {
    auto opened = fixture.try_open();
    detail = opened ? "opened" : opened.error().detail;
    return fails(opened, VaultError::Kind::corrupt);
  }));
  CHECK_THAT(detail, Contains("is not there"));
  CHECK(test::comes_true([&] {
    make_topic(options, vault_topic_of(options), 1, sound_vault);
    auto opened = fixture.try_open();
    detail = opened ? "opened" : opened.error().detail;
    return fails(opened, VaultError::Kind::corrupt) && detail.find("was replaced") != std::string::npos;
  }));
}

TEST_CASE("a vault that may have missed erasures finds nothing new", "[kafka][vault]") {
  auto options = test_options(test::fresh_prefix());
  std::atomic<std::int64_t> ahead_ms = 0;
  options.now = [&] { return Instant{Instant::now().unix_ms + ahead_ms}; };
  options.vault_look_every_ms = 100;
  KafkaVaultFixture fixture(options);
  auto key = put_new(fixture.vault(), some_tenant(), "secret");
  ahead_ms = vault_tombstones_kept_ms / 4 + 60'000;  // as if the machine had slept
  CHECK(test::comes_true([&] {
    return fails(fixture.vault().put(contract::key_for(some_tenant()), {}, "new"), VaultError::Kind::unavailable);
  }));
  CHECK(got(fixture.vault(), key) == "secret");
  CHECK(got(fixture.vault(), contract::key_for(some_tenant())) == contract::none(VaultError::Kind::unavailable));
  fixture.reopen();
  CHECK(got(fixture.vault(), contract::key_for(some_tenant())) == not_found);
}

TEST_CASE("without brokers a vault serves what it has, and goes on when they are back", "[kafka][vault]") {
  test::Broker broker;
  auto options = test_options(test::fresh_prefix());
  options.bootstrap = broker.bootstrap();
  options.append_deadline_ms = 2'000;
  KafkaVaultFixture fixture(options);
  auto rows = KafkaVault::open(options, std::nullopt, [](const std::string&) {});
  REQUIRE(rows);
  REQUIRE((*rows)->write({.added = {{stored_key(contract::key_for(some_tenant())), "before"}}}));
  auto key = put_new(fixture.vault(), some_tenant(), "secret");
  auto later = contract::key_for(some_tenant());
  broker.stop();
  CHECK(got(fixture.vault(), key) == "secret");
  CHECK(got(fixture.vault(), later) == contract::none(VaultError::Kind::unavailable));
  CHECK_FALSE(fixture.vault().put(later, {}, "later"));
  auto erased = fixture.vault().erase(key.tenant, key.id);
  CHECK(fails(erased, VaultError::Kind::unavailable));
  // What was on its way may have arrived: only the store itself gets so far, the vault asks brokers first.
  auto sealed = contract::key_for(some_tenant());
  CHECK(fails((*rows)->write({.added = {{stored_key(sealed), "sealed"}}}), VaultError::Kind::unknown));
  broker.go_on();
  CHECK(test::comes_true([&] { return fixture.vault().put(later, {}, "later").has_value(); }));
  CHECK(got(fixture.vault(), later) == "later");
  REQUIRE((*rows)->write({.added = {{stored_key(sealed), "sealed"}}}));
  CHECK((*rows)->get(stored_key(sealed)).value() == "sealed");
  REQUIRE(fixture.vault().erase(key.tenant, key.id));
  CHECK(got(fixture.vault(), key) == not_found);
}

// With a topic and a broker that compact within seconds; a file that was deleted stays there a little longer.
TEST_CASE("compaction removes what was erased from the brokers' files, and nothing else", "[kafka][vault]") {
  test::Broker broker(1, {"--set", "log.cleaner.backoff.ms=300"});
  auto options = test_options(test::fresh_prefix());
  options.bootstrap = broker.bootstrap();
  Settings quick = sound_vault;
  std::erase_if(quick,
                [](const auto& each) { return each.first == "segment.ms" || each.first.starts_with("max.com"); });
  for (const char* setting : {"segment.ms", "max.compaction.lag.ms", "file.delete.delay.ms"}) {
    quick.emplace_back(setting, "500");
  }
  quick.emplace_back("min.cleanable.dirty.ratio", "0.01");
  make_topic(options, vault_topic_of(options), 1, quick);
  KafkaVaultFixture fixture(options);
  auto kept = put_new(fixture.vault(), some_tenant(), "kept");
  auto erased = put_new(fixture.vault(), some_tenant(), "erased");
  auto sealed = contract::sealed_entries(fixture.vault());
  auto is_in_files = [&](const VaultKey& key) {
    std::string_view bytes = sealed.at(key);
    return !test::files_holding(broker.folder(), bytes.substr(bytes.size() - 40)).empty();
  };
  CHECK(is_in_files(kept));
  CHECK(is_in_files(erased));
  REQUIRE(fixture.vault().erase(erased.tenant, erased.id));
  CHECK(test::comes_true([&] {
    put_new(fixture.vault(), some_tenant(), "filling");  // segments end when something is written
    return !is_in_files(erased);
  }));
  CHECK(is_in_files(kept));
  KafkaVaultFixture other(beside(fixture));
  CHECK(got(other.vault(), kept) == "kept");
  CHECK(got(other.vault(), erased) == not_found);
  CHECK(contract::sealed_entries(other.vault()) == contract::sealed_entries(fixture.vault()));
}
