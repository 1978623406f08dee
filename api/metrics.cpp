#include "api/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include "api/http/server.hpp"

namespace tenantry::api {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class Families {
 public:
  void begin(const char* name, const char* help, MetricType type) {
    families_.push_back({.name = name, .help = help, .type = type, .metric = {}});
  }

  template <class Number>
  void add(Number value, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric metric;
    metric.label = std::move(labels);
    if (families_.back().type == MetricType::Counter)
      metric.counter.value = static_cast<double>(value);
    else
      metric.gauge.value = static_cast<double>(value);
    families_.back().metric.push_back(std::move(metric));
  }

  template <class Number>
  void counter(const char* name, const char* help, const Number& value) {
    begin(name, help, MetricType::Counter);
    add(value);
  }

  template <class Number>
  void gauge(const char* name, const char* help, const Number& value) {
    begin(name, help, MetricType::Gauge);
    add(value);
  }

  std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  std::vector<MetricFamily> families_;
};

void add_http(Families& all, const http::Server& server) {
  const http::Counters& counters = server.counters();
  all.gauge("tenantry_http_connections_open", "Open connections", counters.connections_open.load());
  all.counter("tenantry_http_connections_accepted_total", "Connections accepted", counters.connections_accepted.load());
  all.counter("tenantry_http_connections_refused_total", "Connections refused at the limit",
              counters.connections_refused.load());
  all.counter("tenantry_http_requests_total", "Requests that reached a handler", counters.requests.load());
  all.begin("tenantry_http_responses_total", "Answers by class of status", MetricType::Counter);
  for (std::size_t each = 1; each < counters.responses_by_class.size(); ++each) {
    all.add(counters.responses_by_class[each].load(), {{"status", std::to_string(each) + "xx"}});
  }
  all.begin("tenantry_http_timeouts_total", "Clients given up on, by what they were too slow at", MetricType::Counter);
  all.add(counters.head_timeouts.load(), {{"kind", "head"}});
  all.add(counters.body_timeouts.load(), {{"kind", "body"}});
  all.add(counters.idle_timeouts.load(), {{"kind", "idle"}});
  all.add(counters.write_stalls.load(), {{"kind", "write"}});
  all.counter("tenantry_http_received_bytes_total", "Bytes received", counters.bytes_in.load());
  all.counter("tenantry_http_sent_bytes_total", "Bytes sent", counters.bytes_out.load());
  all.counter("tenantry_http_handler_failures_total", "Handlers that threw", counters.handler_failures.load());
  all.gauge("tenantry_http_streams_open", "Open streams", counters.streams_open.load());
  all.gauge("tenantry_http_requests_in_flight", "Requests not yet answered", server.in_flight());
  all.gauge("tenantry_http_body_bytes", "Bytes of request bodies held", server.body_bytes_held());
  all.gauge("tenantry_http_queued_bytes", "Bytes of answers that wait for clients", server.queued_bytes_held());
}

void add_engine(Families& all, const events::engine::EngineCounters& counters) {
  all.counter("tenantry_engine_commands_total", "Commands decided", counters.commands.load());
  all.counter("tenantry_engine_events_total", "Events appended", counters.events.load());
  all.counter("tenantry_engine_refused_total", "Commands that the rules refused", counters.refused.load());
  all.counter("tenantry_engine_failed_total", "Commands that failed for another reason", counters.failed.load());
  all.counter("tenantry_engine_batches_total", "Group commits", counters.batches.load());
  all.counter("tenantry_engine_append_failures_total", "Appends that the log did not take",
              counters.append_failures.load());
  all.counter("tenantry_engine_overloaded_total", "Submissions refused by a full queue", counters.overloaded.load());
  all.gauge("tenantry_engine_queued", "Commands that wait to be decided", counters.queued.load());
  all.gauge("tenantry_engine_refusals_remembered", "Refusals kept for their idempotency keys",
            counters.refusals_remembered.load());
  all.counter("tenantry_engine_refusals_forgotten_total", "Refusals of idempotency keys forgotten for want of room",
              counters.refusals_forgotten.load());
}

// Each partition's state, asked once.
struct PartitionReading {
  std::vector<ClientMetric::Label> labels;
  double next;
  storage::DatabaseMetrics storage;
  std::size_t quarantined;
  std::size_t unreadable;
};

std::vector<PartitionReading> read_partitions(const projections::StateStore& state) {
  std::vector<PartitionReading> readings;
  for (events::Partition partition : state.partitions()) {
    const auto& tables = state.partition(partition);
    readings.push_back({.labels = {{"partition", partition.name()}},
                        .next = static_cast<double>(tables.next_position()),
                        .storage = tables.database().metrics(),
                        .quarantined = tables.quarantined().size(),
                        .unreadable = tables.unreadable().size()});
  }
  return readings;
}

void add_partitions(Families& all, const std::vector<PartitionReading>& readings) {
  auto add = [&](const char* name, const char* help, auto value) {
    all.begin(name, help, MetricType::Gauge);
    for (const PartitionReading& each : readings) all.add(value(each), each.labels);
  };
  add("tenantry_state_next_position", "Log position after the last event applied",
      [](auto& each) { return each.next; });
  add("tenantry_state_quarantined_tenants", "Tenants whose projection stopped",
      [](auto& each) { return each.quarantined; });
  add("tenantry_state_unreadable_records", "Records of the log that are none of ours",
      [](auto& each) { return each.unreadable; });
  add("tenantry_state_families", "Column families", [](auto& each) { return each.storage.families; });
  add("tenantry_state_wal_bytes", "Write-ahead log", [](auto& each) { return each.storage.wal_bytes; });
  add("tenantry_state_memtable_bytes", "Rows in memory", [](auto& each) { return each.storage.memtable_bytes; });
  add("tenantry_state_table_bytes", "Rows in table files", [](auto& each) { return each.storage.sst_bytes; });
  add("tenantry_state_background_errors", "Failed flushes and compactions",
      [](auto& each) { return each.storage.background_errors; });
}

// What a node has to do with a log in Kafka.
void add_kafka(Families& all, const Context& context) {
  auto metrics = context.cluster->metrics();
  auto counter = [&](const char* name, const char* help, std::uint64_t value) { all.counter(name, help, value); };
  counter("tenantry_kafka_records_mirrored_total", "Records copied to this node, its own included",
          metrics.records_mirrored);
  counter("tenantry_kafka_messages_consumed_total", "Messages read from the topics", metrics.records_consumed);
  counter("tenantry_kafka_stale_records_total", "Records of deposed owners, which count for nothing",
          metrics.stale_ignored);
  counter("tenantry_kafka_foreign_messages_total", "Messages in the topics that are no records", metrics.foreign);
  counter("tenantry_kafka_transactions_total", "Transactions committed", metrics.transactions);
  counter("tenantry_kafka_aborts_total", "Transactions aborted", metrics.aborts);
  counter("tenantry_kafka_unknown_outcomes_total", "Appends of which it had to be found out whether they happened",
          metrics.unknown_outcomes);
  counter("tenantry_kafka_takes_total", "Partitions taken", metrics.takes);
  counter("tenantry_kafka_fenced_total", "Partitions lost to another node", metrics.fenced);
  counter("tenantry_kafka_intrusions_total", "Partitions given up because another program wrote into them",
          metrics.intrusions);
  counter("tenantry_kafka_clock_refusals_total", "Takes and appends that failed because this node's clock is far off",
          metrics.clock_refusals);
  all.gauge("tenantry_kafka_available", "Whether the brokers are heard and can be read (1) or not (0)",
            context.cluster->trouble().empty() ? 1 : 0);
  auto partitions = [&](const char* name, const char* help, auto value) {
    all.begin(name, help, MetricType::Gauge);
    for (const auto& [partition, lag] : metrics.lags) all.add(value(partition), {{"partition", partition.name()}});
  };
  partitions("tenantry_kafka_lag", "Offsets known to be in the topic and not yet read",
             [&](events::Partition partition) { return metrics.lags.at(partition); });
  partitions("tenantry_kafka_partition_fault", "Whether the partition is read no further (1); /v1/cluster says why",
             [&](events::Partition partition) { return metrics.faults.contains(partition) ? 1 : 0; });
  partitions("tenantry_kafka_partition_served", "Whether this node serves the partition (1)",
             [&](events::Partition partition) { return context.engine.serves(partition) ? 1 : 0; });
}

}  // namespace

std::string metrics_text(const Context& context) {
  Families all;
  if (const http::Server* server = context.server.load()) add_http(all, *server);
  add_engine(all, context.engine.counters());
  add_partitions(all, read_partitions(context.state));
  if (context.cluster != nullptr) add_kafka(all, context);
  all.gauge("tenantry_feed_subscribers", "Open feeds", context.feeds.subscribers());
  all.gauge("tenantry_position_waiters", "Queries that wait for a position", context.positions.waiting());
  return all.text();
}

}  // namespace tenantry::api
