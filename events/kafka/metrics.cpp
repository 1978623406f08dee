#include "events/kafka/metrics.hpp"

namespace tenantry::events::kafka {

// The members are taken apart, so that one that is added does not compile until it has a name here.
Figures figures_of(const KafkaMetrics& metrics) {
  const auto& [records_mirrored, records_consumed, stale_ignored, foreign, transactions, aborts, unknown_outcomes,
               takes, fenced, intrusions, clock_refusals, lags, faults] = metrics;
  Figures all{.prefix = "tenantry_kafka", .figures = {}};
  auto counter = [&](const char* name, const char* about, std::uint64_t count) {
    all.figures.push_back({.kind = Figure::Kind::counter, .name = name, .about = about, .count = count});
  };
  counter("_records_mirrored_total", "Records copied to this node, its own included", records_mirrored);
  counter("_messages_consumed_total", "Messages read from the topics", records_consumed);
  counter("_stale_records_total", "Records of deposed owners, which count for nothing", stale_ignored);
  counter("_foreign_messages_total", "Messages in the topics that are no records", foreign);
  counter("_transactions_total", "Transactions committed", transactions);
  counter("_aborts_total", "Transactions aborted", aborts);
  counter("_unknown_outcomes_total", "Appends of which it had to be found out whether they happened", unknown_outcomes);
  counter("_takes_total", "Partitions taken", takes);
  counter("_fenced_total", "Partitions lost to another node", fenced);
  counter("_intrusions_total", "Partitions given up because another program wrote into them", intrusions);
  counter("_clock_refusals_total", "Takes and appends that failed because this node's clock is far off",
          clock_refusals);
  auto gauge = [&](const char* name, const char* about, std::map<Partition, std::uint64_t> values) {
    all.figures.push_back(
        {.kind = Figure::Kind::gauge_of_partitions, .name = name, .about = about, .of_partitions = std::move(values)});
  };
  gauge("_lag", "Offsets known to be in the topic and not yet read", lags);
  std::map<Partition, std::uint64_t> is_faulty;
  for (const auto& [partition, lag] : lags) is_faulty[partition] = faults.contains(partition) ? 1 : 0;
  gauge("_partition_fault", "Whether the partition is read no further (1); /v1/cluster says why", is_faulty);
  return all;
}

}  // namespace tenantry::events::kafka
