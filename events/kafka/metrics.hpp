// What a Kafka log counts. Counters is shared by its parts and written by their threads; KafkaMetrics is a copy.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "events/shared_log.hpp"

namespace tenantry::events::kafka {

struct Counters {
  std::atomic<std::uint64_t> records_mirrored{0};
  std::atomic<std::uint64_t> records_consumed{0};
  std::atomic<std::uint64_t> stale_ignored{0};
  std::atomic<std::uint64_t> foreign{0};
  std::atomic<std::uint64_t> transactions{0};
  std::atomic<std::uint64_t> aborts{0};
  std::atomic<std::uint64_t> unknown_outcomes{0};
  std::atomic<std::uint64_t> takes{0};
  std::atomic<std::uint64_t> fenced{0};
  std::atomic<std::uint64_t> intrusions{0};
  std::atomic<std::uint64_t> clock_refusals{0};
};

struct KafkaMetrics {
  std::uint64_t records_mirrored;  // by consuming and by own appends
  std::uint64_t records_consumed;  // messages that consuming brought, owner records included
  std::uint64_t stale_ignored;     // records of deposed owners
  std::uint64_t foreign;           // messages that are no records
  std::uint64_t transactions;      // committed
  std::uint64_t aborts;
  std::uint64_t unknown_outcomes;
  std::uint64_t takes;
  std::uint64_t fenced;                     // partitions lost to another node
  std::uint64_t intrusions;                 // partitions given up because another program wrote into them
  std::uint64_t clock_refusals;             // takes and appends that failed because this node's clock is far off
  std::map<Partition, std::uint64_t> lags;  // offsets known to be in the topic and not yet read
  std::map<Partition, std::string> faults;  // why partitions are read no further; those that are read are not in it
};

// Every member is in one of them.
Figures figures_of(const KafkaMetrics& metrics);

}  // namespace tenantry::events::kafka
