#include "events/kafka/client.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace tenantry::events::kafka {
namespace {

constexpr int error_text_bytes = 512;

bool may_be_passed_on(const std::string& name) {
  return name.starts_with("security.") || name.starts_with("sasl.") || name.starts_with("ssl.");
}

bool is_refusal(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED;
}

bool is_unreached(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
         code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || code == RD_KAFKA_RESP_ERR__RESOLVE;
}

// The library's own log lines repeat what on_error and results say.
void discard(const rd_kafka_t*, int, const char*, const char*) {}

std::expected<void, LogError> set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  std::array<char, error_text_bytes> text{};
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text.data(), text.size()) == RD_KAFKA_CONF_OK) return {};
  return failed(LogError::Kind::rejected, "Kafka setting " + name + ": " + text.data());
}

Settings common_settings(const KafkaOptions& options) {
  return {{"bootstrap.servers", options.bootstrap}, {"client.id", "tenantry"},
          {"socket.nagle.disable", "true"},         {"socket.timeout.ms", "10000"},
          {"reconnect.backoff.ms", "50"},           {"reconnect.backoff.max.ms", "1000"}};
}

}  // namespace

Deadline after_ms(int milliseconds) {
  return Clock::now() + std::chrono::milliseconds(milliseconds);
}

int left_ms(Deadline deadline) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

std::string topic_of(const KafkaOptions& options, Stream stream) {
  return options.prefix + (stream == Stream::platform ? ".platform" : ".events");
}

std::unexpected<LogError> failed(LogError::Kind kind, std::string detail) {
  return std::unexpected(LogError{kind, std::move(detail)});
}

std::expected<std::unique_ptr<Client>, LogError> Client::make(rd_kafka_type_t type, const KafkaOptions& options,
                                                              const Settings& settings, void* opaque,
                                                              void (*configure)(rd_kafka_conf_t*)) {
  std::unique_ptr<Client> client(new Client(opaque));
  ConfPointer conf(rd_kafka_conf_new());
  Settings all = common_settings(options);
  if (type == RD_KAFKA_CONSUMER) all.emplace_back("allow.auto.create.topics", "false");
  all.insert(all.end(), settings.begin(), settings.end());
  for (const auto& [name, value] : options.properties) {
    if (!may_be_passed_on(name)) return failed(LogError::Kind::rejected, "Kafka setting " + name + " is not allowed");
    all.emplace_back(name, value);
  }
  for (const auto& [name, value] : all) {
    if (auto done = set(conf.get(), name, value); !done) return std::unexpected(done.error());
  }
  rd_kafka_conf_set_opaque(conf.get(), client.get());
  rd_kafka_conf_set_error_cb(conf.get(), on_error);
  rd_kafka_conf_set_log_cb(conf.get(), discard);
  if (configure != nullptr) configure(conf.get());
  std::array<char, error_text_bytes> text{};
  client->handle_ = rd_kafka_new(type, conf.get(), text.data(), text.size());
  if (client->handle_ == nullptr) return failed(LogError::Kind::rejected, std::string("Kafka client: ") + text.data());
  conf.release();  // the handle has it now
  return client;
}

Client::~Client() {
  if (handle_ != nullptr) rd_kafka_destroy_flags(handle_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void Client::on_error(rd_kafka_t*, int code, const char* reason, void* client) {
  auto& self = client_of(client);
  std::lock_guard lock(self.mutex_);
  self.reported_ = static_cast<rd_kafka_resp_err_t>(code);
  self.reason_ = reason;
}

std::expected<Watermarks, LogError> Client::watermarks(const std::string& topic, int partition,
                                                       Deadline deadline) const {
  Watermarks marks{};
  auto code = RD_KAFKA_RESP_ERR__TIMED_OUT;
  do {
    code = rd_kafka_query_watermark_offsets(handle_, topic.c_str(), partition, &marks.low, &marks.high,
                                            std::max(1, left_ms(deadline)));
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return marks;
    if (code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC) break;
    rd_kafka_poll(handle_, std::min(100, left_ms(deadline)));
  } while (!is_refusal(code) && left_ms(deadline) > 0);
  return std::unexpected(explain("asking for the ends of " + topic + " " + std::to_string(partition), code));
}

LogError Client::explain(const std::string& doing, rd_kafka_resp_err_t code) const {
  std::lock_guard lock(mutex_);
  std::string detail = doing + ": ";
  if (is_refusal(code) || (is_unreached(code) && is_refusal(reported_))) {
    detail += std::string("Kafka does not let this program in: ") +
              (is_refusal(code) ? rd_kafka_err2str(code) : reason_.c_str());
  } else if (is_unreached(code)) {
    detail += std::string("no Kafka broker answers: ") + rd_kafka_err2str(code);
    if (!reason_.empty()) detail += " (" + reason_ + ")";
  } else {
    detail += rd_kafka_err2str(code);
  }
  return {LogError::Kind::unavailable, detail};
}

}  // namespace tenantry::events::kafka
