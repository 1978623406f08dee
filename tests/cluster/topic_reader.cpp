#include "tests/cluster/topic_reader.hpp"

#include <set>
#include <stdexcept>

#include "events/kafka/client.hpp"
#include "events/kafka/topics.hpp"

namespace tenantry::test {
namespace {

using namespace events::kafka;

constexpr int deadline_ms = 60'000;

void check(rd_kafka_resp_err_t code, const std::string& doing) {
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(doing + ": " + rd_kafka_err2str(code));
}

std::string text_of(const void* bytes, std::size_t size) {
  return bytes == nullptr ? std::string{} : std::string(static_cast<const char*>(bytes), size);
}

Consumed consumed(const rd_kafka_message_t& message) {
  Consumed found{.partition = message.partition, .offset = message.offset, .message = {}};
  found.message.key = text_of(message.key, message.key_len);
  found.message.value = text_of(message.payload, message.len);
  found.message.timestamp_ms = rd_kafka_message_timestamp(&message, nullptr);
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return found;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t index = 0; rd_kafka_header_get_all(headers, index, &name, &value, &size) == 0; ++index) {
    found.message.headers.emplace_back(name, text_of(value, size));
  }
  return found;
}

}  // namespace

std::vector<Consumed> read_topic(const std::string& bootstrap, const std::string& topic) {
  auto client = Client::make(RD_KAFKA_CONSUMER, {.bootstrap = bootstrap},
                             {{"group.id", "test"},
                              {"enable.auto.commit", "false"},
                              {"enable.partition.eof", "true"},
                              {"isolation.level", "read_committed"},
                              {"auto.offset.reset", "error"}});
  if (!client) throw std::runtime_error(client.error().detail);
  check(rd_kafka_poll_set_consumer((*client)->get()), "polling");
  auto counted = count_partitions(**client, topic, after_ms(deadline_ms));
  if (!counted) throw std::runtime_error(counted.error().detail);
  if (*counted == 0) throw std::runtime_error("there is no topic " + topic);
  int partitions = *counted;
  PartitionList list(rd_kafka_topic_partition_list_new(partitions));
  for (int number = 0; number < partitions; ++number) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), number)->offset = 0;
  }
  check(rd_kafka_assign((*client)->get(), list.get()), "assigning");
  std::vector<Consumed> found;
  std::set<int> ended;
  Deadline deadline = after_ms(deadline_ms);
  while (static_cast<int>(ended.size()) < partitions) {
    MessagePointer message(rd_kafka_consumer_poll((*client)->get(), 100));
    if (message && message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      ended.insert(message->partition);
    } else if (message) {
      check(message->err, topic);
      found.push_back(consumed(*message));
    } else if (left_ms(deadline) == 0) {
      throw std::runtime_error("the end of " + topic + " does not come");
    }
  }
  return found;
}

}  // namespace tenantry::test
