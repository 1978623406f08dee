// Producer: one partition's transactional producer. transactional.id = "tenantry-{topic}-{partition}", the same on
// every node, so that init() fences whoever had the partition before.
//
// send() is one transaction: all messages or none. Its failures:
//   rejected  nothing was written: a message too large, no room in the queue, or the transaction was aborted
//   fenced    nothing was written, and another producer has the partition
//   unknown   cannot tell; throw the producer away
// A commit is only asked for after every message was acknowledged, so a producer that is fenced before that wrote
// nothing; one that is fenced after it may have committed, and that is `unknown`.
// One caller at a time. All members block up to their deadline; aborting may take up to 5 s more.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "events/kafka/client.hpp"
#include "events/kafka/message.hpp"

namespace tenantry::events::kafka {

struct SendFailure {
  enum class Kind { rejected, fenced, unknown };
  Kind kind;
  std::string detail;
  bool aborted = false;
  bool is_clock = false;  // the broker refused the records' time
  // A broker refused messages, which librdkafka has numbered: what comes next would be out of sequence, so that the
  // producer must be thrown away.
  bool is_spent = false;
};

class Producer {
 public:
  static std::expected<std::unique_ptr<Producer>, LogError> open(const KafkaOptions& options, Partition partition);

  // To be asked before init(): it also makes the connection to the partition's leader, for which a first transaction
  // would wait a whole second.
  std::expected<Watermarks, LogError> watermarks(Deadline deadline) const;
  // Fences the former producer and ends its transaction.
  std::expected<void, LogError> init(Deadline deadline);
  // The offset of each message.
  std::expected<std::vector<Position>, SendFailure> send(const std::vector<Message>& messages, Deadline deadline);

 private:
  Producer(std::string topic, int partition, std::size_t message_bytes_max)
      : topic_(std::move(topic)), partition_(partition), message_bytes_max_(message_bytes_max) {}
  static void on_delivery(rd_kafka_t* handle, const rd_kafka_message_t* message, void* client);

  std::expected<void, SendFailure> enqueue(const std::vector<Message>& messages);
  rd_kafka_resp_err_t produce(const Message& message, std::size_t index);
  std::expected<void, SendFailure> commit(Deadline deadline);
  SendFailure abort(const std::string& why);
  SendFailure fatal(const std::string& why) const;
  std::string text_of(rd_kafka_resp_err_t code) const;
  bool all_delivered() const { return delivered_ == offsets_.size(); }

  std::string topic_;
  int partition_;
  std::size_t message_bytes_max_;
  std::unique_ptr<Client> client_;
  // Of the transaction under way; written by delivery reports, which come on the caller's thread.
  std::vector<Position> offsets_;
  std::size_t delivered_ = 0;
  rd_kafka_resp_err_t delivery_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
};

}  // namespace tenantry::events::kafka
