#include <librdkafka/rdkafka.h>

#include "events/kafka/client.hpp"
#include "tests/kafka/kafka_log_fixture.hpp"

namespace tenantry::events::kafka {

void write_plainly(const KafkaOptions& options, Partition partition, const Message& message) {
  auto client = Client::make(RD_KAFKA_PRODUCER, options, {});
  if (!client) FAIL(client.error().detail);
  rd_kafka_headers_t* headers = rd_kafka_headers_new(0);
  for (const auto& [name, value] : message.headers) {
    rd_kafka_header_add(headers, name.data(), -1, value.data(), static_cast<ssize_t>(value.size()));
  }
  std::string topic = topic_of(options, partition.stream);
  auto code = rd_kafka_producev(
      (*client)->get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition.number),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(message.key.data(), message.key.size()),
      RD_KAFKA_V_VALUE(const_cast<char*>(message.value.data()), message.value.size()),
      RD_KAFKA_V_TIMESTAMP(message.timestamp_ms), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
  REQUIRE(code == RD_KAFKA_RESP_ERR_NO_ERROR);
  REQUIRE(rd_kafka_flush((*client)->get(), 30'000) == RD_KAFKA_RESP_ERR_NO_ERROR);
}

}  // namespace tenantry::events::kafka
