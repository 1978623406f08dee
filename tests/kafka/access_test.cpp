// A broker that asks who is there: logins and permissions that are refused are said, by name and at once.
#include <sstream>

#include "tests/kafka/kafka_log_fixture.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::kafka;
using contract::append_named;
using contract::first_partition;

namespace {

// Its tools come without a login and may do everything; programs come by SASL/PLAIN and may do what they are allowed.
class GuardedBroker {
 public:
  explicit GuardedBroker(std::vector<std::string> ports = free_ports())
      : login_("127.0.0.1:" + ports[2]), broker_(1, settings(ports)) {}

  // Everything that a node needs, but for one operation.
  void allow(const std::string& operation, const std::string& prefix) const { change("--add", operation, prefix); }
  void forbid(const std::string& operation, const std::string& prefix) const { change("--remove", operation, prefix); }

  KafkaOptions options(const std::string& password) const {
    KafkaOptions options = test_options(test::fresh_prefix());
    options.bootstrap = login_;
    options.properties = {{"security.protocol", "SASL_PLAINTEXT"},
                          {"sasl.mechanism", "PLAIN"},
                          {"sasl.username", "node"},
                          {"sasl.password", password}};
    return options;
  }

 private:
  static std::vector<std::string> free_ports() {
    std::istringstream printed(test::run({TENANTRY_SOURCE_DIR "/compose/kafka/wire", "ports", "3"}).output);
    std::vector<std::string> ports(3);
    for (std::string& port : ports) printed >> port;
    return ports;
  }
  static std::vector<std::string> settings(const std::vector<std::string>& ports) {
    std::string plain = "PLAINTEXT://127.0.0.1:" + ports[0];
    std::string login = "LOGIN://127.0.0.1:" + ports[2];
    std::vector<std::string> arguments = {"--port", ports[0]};
    for (const std::string& setting :
         {"listeners=" + plain + ",CONTROLLER://127.0.0.1:" + ports[1] + "," + login,
          "advertised.listeners=" + plain + "," + login,
          std::string("listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_PLAINTEXT"),
          std::string("sasl.enabled.mechanisms=PLAIN"),
          std::string("listener.name.login.plain.sasl.jaas.config="
                      "org.apache.kafka.common.security.plain.PlainLoginModule required user_node=\"right\";"),
          std::string("authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
          std::string("super.users=User:ANONYMOUS")}) {
      arguments.insert(arguments.end(), {"--set", setting});
    }
    return arguments;
  }
  void change(const std::string& how, const std::string& operation, const std::string& prefix) const {
    std::vector<std::string> arguments = {"acls",    how, "--allow-principal", "User:node", "--resource-pattern-type",
                                          "prefixed"};
    if (how == "--remove") arguments.emplace_back("--force");
    std::istringstream operations(operation);
    for (std::string each; operations >> each;) arguments.insert(arguments.end(), {"--operation", each});
    arguments.insert(arguments.end(), {"--topic", prefix});
    if (operation.find("Write") != std::string::npos) {
      arguments.insert(arguments.end(), {"--transactional-id", "tenantry-" + prefix});
    }
    broker_.tool(arguments);
  }

  std::string login_;
  test::Broker broker_;
};

}  // namespace

TEST_CASE("a login or a permission that is refused is said by name and at once", "[kafka]") {
  GuardedBroker broker;
  KafkaOptions wrong = broker.options("wrong");
  wrong.start_deadline_ms = 600'000;  // it would not end in any test's time if it waited for the deadline
  CHECK_THAT(refusal(wrong), Catch::Contains("Kafka does not let this program in"));

  KafkaOptions options = broker.options("right");
  std::string topic = options.prefix + ".platform";
  std::string nothing = refusal(options);
  CHECK_THAT(nothing, Catch::Contains("topic " + options.prefix) && Catch::Contains("Kafka does not allow it"));
  broker.allow("Describe DescribeConfigs Create", options.prefix);
  CHECK_THAT(refusal(options), Catch::Contains("topic " + topic + " partition 0 may not be read") &&
                                   Catch::Contains("the operation Read"));
  broker.allow("Read", options.prefix);
  Node node(options);
  auto untaken = node.log().take(first_partition);
  REQUIRE_FALSE(untaken);
  CHECK_THAT(untaken.error().detail, Catch::Contains("taking " + options.prefix + ".events 0") &&
                                         Catch::Contains("Transactional Id authorization failed"));
  broker.allow("Write Describe", options.prefix);
  REQUIRE(test::comes_true([&] { return node.log().take(first_partition).has_value(); }));
  append_named(node.log(), first_partition, {"allowed"});

  broker.forbid("Read", options.prefix);
  REQUIRE(test::comes_true([&] { return !node.log().fault(first_partition).empty(); }));
  CHECK(test::comes_true([&] { return node.lost() == 1; }));
  CHECK_THAT(node.log().take(first_partition).error().detail, Catch::Contains("may not be read"));
  broker.allow("Read", options.prefix);
  REQUIRE(test::comes_true([&] { return node.log().fault(first_partition).empty(); }));
  node.take(first_partition);
  append_named(node.log(), first_partition, {"again"});
  CHECK(node.read_to_end(first_partition).names == std::vector<std::string>{"allowed", "again"});
}
