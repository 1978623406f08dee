// What a Kafka log is opened with. Plain values. Times are in milliseconds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "domain/kernel/date.hpp"
#include "events/log.hpp"

namespace tenantry::events::kafka {

struct KafkaOptions {
  std::string bootstrap;  // "host:port,host:port"
  // The topics are {prefix}.platform and {prefix}.events, and {prefix}.vault.
  std::string prefix = "tenantry";
  // Partitions of {prefix}.events: used when it is made; another number found is refused, since tenants were placed by
  // it. 1 to 1,024; 0 for as many as there are, and 16 when it is made.
  int tenant_partitions = 0;
  // Said in owner records, for the other nodes: this node's name and the address at which they reach it.
  std::string node;
  std::string address;
  // Passed on to librdkafka for every client: security.*, sasl.*, ssl.*. Others are refused.
  std::map<std::string, std::string> properties;

  int start_deadline_ms = 15'000;   // for brokers to answer when the log is opened
  int take_deadline_ms = 30'000;    // for taking a partition, reading up to its owner record included
  int append_deadline_ms = 15'000;  // after which an append that is not answered is `unknown`
  // From the end of a transaction to the beginning of the partition's next: while Kafka still finishes the last one it
  // puts the next one off, and librdkafka then waits longer than this.
  int commit_pause_ms = 20;
  // Kafka ends a transaction that takes longer.
  int transaction_timeout_ms = 15'000;
  // The largest message: its record's data and attributes. The topics' max.message.bytes must allow it.
  std::size_t message_bytes_max = 4u << 20;
  // The most that one append may take.
  std::size_t append_bytes_max = 64u << 20;

  int vault_look_every_ms = 60'000;  // how often it is asked whether the vault's topic was read to its end

  std::function<Instant()> now = Instant::now;  // this node's clock
  // A partition whose newest event is further ahead of this node's clock is not taken: its history would go backwards.
  std::int64_t clock_behind_max_ms = 300'000;
};

std::string topic_of(const KafkaOptions& options, Stream stream);
std::string vault_topic_of(const KafkaOptions& options);

}  // namespace tenantry::events::kafka
