#include "api/documents/metrics.hpp"

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
  void begin(std::string name, const char* help, MetricType type) {
    families_.push_back({.name = std::move(name), .help = help, .type = type, .metric = {}});
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
  void counter(std::string name, const char* help, const Number& value) {
    begin(std::move(name), help, MetricType::Counter);
    add(value);
  }

  template <class Number>
  void gauge(std::string name, const char* help, const Number& value) {
    begin(std::move(name), help, MetricType::Gauge);
    add(value);
  }

  std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  std::vector<MetricFamily> families_;
};

// The counters of a layer are taken apart member by member, so that one that is added there does not compile until it
// has a name here; the test of these functions sees to it that each is shown.
void add_http(Families& all, const http::Counters& counters) {
  const auto& [connections_open, connections_accepted, connections_refused, requests, responses_by_class, bytes_in,
               bytes_out, head_timeouts, body_timeouts, idle_timeouts, write_stalls, pipelined, handler_failures,
               streams_open, streams_started, streams_dropped] = counters;
  all.gauge("tenantry_http_connections_open", "Open connections", connections_open.load());
  all.counter("tenantry_http_connections_accepted_total", "Connections accepted", connections_accepted.load());
  all.counter("tenantry_http_connections_refused_total", "Connections refused at the limit",
              connections_refused.load());
  all.counter("tenantry_http_requests_total", "Requests that reached a handler", requests.load());
  all.begin("tenantry_http_responses_total", "Answers by class of status", MetricType::Counter);
  for (std::size_t each = 1; each < responses_by_class.size(); ++each) {
    all.add(responses_by_class[each].load(), {{"status", std::to_string(each) + "xx"}});
  }
  all.begin("tenantry_http_timeouts_total", "Clients given up on, by what they were too slow at", MetricType::Counter);
  all.add(head_timeouts.load(), {{"kind", "head"}});
  all.add(body_timeouts.load(), {{"kind", "body"}});
  all.add(idle_timeouts.load(), {{"kind", "idle"}});
  all.add(write_stalls.load(), {{"kind", "write"}});
  all.counter("tenantry_http_pipelined_total", "Connections closed behind an answer, for a request sent before it",
              pipelined.load());
  all.counter("tenantry_http_received_bytes_total", "Bytes received", bytes_in.load());
  all.counter("tenantry_http_sent_bytes_total", "Bytes sent", bytes_out.load());
  all.counter("tenantry_http_handler_failures_total", "Handlers that threw", handler_failures.load());
  all.gauge("tenantry_http_streams_open", "Open streams", streams_open.load());
  all.counter("tenantry_http_streams_total", "Streams begun", streams_started.load());
  all.counter("tenantry_http_streams_dropped_total", "Streams whose client read too slowly", streams_dropped.load());
}

void add_server(Families& all, const http::Server& server) {
  add_http(all, server.counters());
  all.gauge("tenantry_http_requests_in_flight", "Requests not yet answered", server.in_flight());
  all.gauge("tenantry_http_body_bytes", "Bytes of request bodies held", server.body_bytes_held());
  all.gauge("tenantry_http_queued_bytes", "Bytes of answers that wait for clients", server.queued_bytes_held());
}

void add_engine(Families& all, const events::engine::EngineCounters& counters) {
  const auto& [commands, events, refused, failed, batches, append_failures, catch_up_failures, overloaded, queued,
               refusals_remembered, refusals_forgotten] = counters;
  all.counter("tenantry_engine_commands_total", "Commands decided", commands.load());
  all.counter("tenantry_engine_events_total", "Events appended", events.load());
  all.counter("tenantry_engine_refused_total", "Commands that the rules refused", refused.load());
  all.counter("tenantry_engine_failed_total", "Commands that failed for another reason", failed.load());
  all.counter("tenantry_engine_batches_total", "Group commits", batches.load());
  all.counter("tenantry_engine_append_failures_total", "Appends that the log did not take", append_failures.load());
  all.counter("tenantry_engine_catch_up_failures_total", "Times that tables could not be brought to the log's end",
              catch_up_failures.load());
  all.counter("tenantry_engine_overloaded_total", "Submissions refused by a full queue", overloaded.load());
  all.gauge("tenantry_engine_queued", "Commands that wait to be decided", queued.load());
  all.gauge("tenantry_engine_refusals_remembered", "Refusals kept for their idempotency keys",
            refusals_remembered.load());
  all.counter("tenantry_engine_refusals_forgotten_total", "Refusals of idempotency keys forgotten for want of room",
              refusals_forgotten.load());
}

void add_process_managers(Families& all, const ProcessCounters& counters) {
  const auto& [done, refused, failed, tenants_waiting] = counters;
  all.counter("tenantry_process_commands_done_total", "Commands of process managers that were done or held",
              done.load());
  all.counter("tenantry_process_commands_refused_total", "Commands of process managers that the rules refused",
              refused.load());
  all.counter("tenantry_process_attempts_failed_total", "Attempts of process managers that are made again",
              failed.load());
  all.gauge("tenantry_process_tenants_waiting", "Tenants in which a process manager has something to do, now or later",
            tenants_waiting.load());
}

void add_tokens(Families& all, const Authentication& authentication) {
  all.begin("tenantry_tokens_refused_total", "Access tokens refused, by what was wrong", MetricType::Counter);
  for (std::size_t each = 0; each < Authentication::faults_count; ++each) {
    auto fault = static_cast<tokens::TokenFault>(each);
    all.add(authentication.refused(fault), {{"fault", std::string{name_of(fault)}}});
  }
  all.gauge("tenantry_tokens_remembered", "Access tokens known to be good", authentication.remembered_tokens());
}

struct DatabaseReading {
  std::vector<ClientMetric::Label> labels;
  storage::DatabaseMetrics metrics;
};

// `prefix`: whose databases they are.
void add_databases(Families& all, const std::string& prefix, const std::vector<DatabaseReading>& readings) {
  auto add = [&](const char* name, const char* help, auto storage::DatabaseMetrics::*member) {
    all.begin(prefix + name, help, MetricType::Gauge);
    for (const DatabaseReading& each : readings) all.add(each.metrics.*member, each.labels);
  };
  using storage::DatabaseMetrics;
  add("_families", "Column families", &DatabaseMetrics::families);
  add("_wal_bytes", "Write-ahead log", &DatabaseMetrics::wal_bytes);
  add("_memtable_bytes", "Rows in memory", &DatabaseMetrics::memtable_bytes);
  add("_table_bytes", "Rows in table files", &DatabaseMetrics::sst_bytes);
  add("_background_errors", "Failed flushes and compactions", &DatabaseMetrics::background_errors);
  add("_damaged_reads", "Reads and compactions that failed because stored bytes are damaged",
      &DatabaseMetrics::damaged_reads);
}

// Each partition's state, asked once.
struct PartitionReading {
  std::vector<ClientMetric::Label> labels;
  double next;
  storage::DatabaseMetrics storage;
  std::size_t quarantined;
  std::size_t damaged;
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
                        .damaged = tables.damaged_tenants(),
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
  add("tenantry_state_damaged_tenants", "Tenants whose rows a read found damaged; the next start makes them anew",
      [](auto& each) { return each.damaged; });
  add("tenantry_state_unreadable_records", "Records of the log that are none of ours",
      [](auto& each) { return each.unreadable; });
  std::vector<DatabaseReading> databases;
  for (const PartitionReading& each : readings) databases.push_back({each.labels, each.storage});
  add_databases(all, "tenantry_state", databases);
}

void add_figures(Families& all, const events::Figures& figures) {
  for (const events::Figure& figure : figures.figures) {
    if (figure.kind == events::Figure::Kind::counter) {
      all.counter(figures.prefix + figure.name, figure.about, figure.count);
      continue;
    }
    all.begin(figures.prefix + figure.name, figure.about, MetricType::Gauge);
    for (const auto& [partition, value] : figure.of_partitions) all.add(value, {{"partition", partition.name()}});
  }
}

void add_issuer(Families& all, Issuer& issuer) {
  const auto& [logins, logins_refused, logins_throttled, passwords_chosen, codes_exchanged, sessions_refreshed,
               refresh_tokens_reused, keys_exchanged] = issuer.counters();
  all.begin("tenantry_logins_total", "Logins, by what became of them", MetricType::Counter);
  all.add(logins.load(), {{"outcome", "let-in"}});
  all.add(logins_refused.load(), {{"outcome", "refused"}});
  all.add(logins_throttled.load(), {{"outcome", "throttled"}});
  all.begin("tenantry_tokens_issued_total", "Answers with tokens, by what was shown for them", MetricType::Counter);
  all.add(codes_exchanged.load(), {{"grant", "authorization-code"}});
  all.add(sessions_refreshed.load(), {{"grant", "refresh-token"}});
  all.add(keys_exchanged.load(), {{"grant", "client-credentials"}});
  all.counter("tenantry_passwords_chosen_total", "Passwords chosen with an invitation", passwords_chosen.load());
  all.counter("tenantry_refresh_tokens_reused_total", "Sessions ended because a token was shown twice",
              refresh_tokens_reused.load());
  all.gauge("tenantry_issuer_waiting", "Requests that wait for secrets to be looked at", issuer.workers().waiting());
  all.counter("tenantry_issuer_refused_total", "Requests refused because too many waited", issuer.workers().refused());
  add_figures(all, events::figures_of(issuer.vault().metrics()));
}

// What a node has to do with a log that it shares.
void add_cluster(Families& all, const Context& context) {
  events::Figures figures = context.cluster->figures();
  add_figures(all, figures);
  all.gauge(figures.prefix + "_available", "Whether the brokers are heard and can be read (1) or not (0)",
            context.cluster->trouble().empty() ? 1 : 0);
  all.begin(figures.prefix + "_partition_served", "Whether this node serves the partition (1)", MetricType::Gauge);
  for (events::Partition partition : context.log.partitions()) {
    all.add(context.engine.serves(partition) ? 1 : 0, {{"partition", partition.name()}});
  }
}

}  // namespace

std::string metrics_text(const events::engine::EngineCounters& counters) {
  Families all;
  add_engine(all, counters);
  return all.text();
}

std::string metrics_text(const http::Counters& counters) {
  Families all;
  add_http(all, counters);
  return all.text();
}

std::string metrics_text(const events::Figures& figures) {
  Families all;
  add_figures(all, figures);
  return all.text();
}

std::string metrics_text(const storage::DatabaseMetrics& metrics) {
  Families all;
  add_databases(all, "tenantry_log", {{{}, metrics}});
  return all.text();
}

std::string metrics_text(const Context& context) {
  Families all;
  if (const http::Server* server = context.server.load()) add_server(all, *server);
  add_engine(all, context.engine.counters());
  add_process_managers(all, context.process_managers.counters());
  add_partitions(all, read_partitions(context.state));
  if (auto log = context.log.disk_metrics()) add_databases(all, "tenantry_log", {{{}, *log}});
  if (context.cluster != nullptr) add_cluster(all, context);
  add_tokens(all, context.authentication);
  if (context.issuer) add_issuer(all, *context.issuer);
  all.gauge("tenantry_rights_remembered", "Users whose rights are known as of a sequence", context.rights.size());
  all.gauge("tenantry_feed_subscribers", "Open feeds", context.feeds.subscribers());
  all.gauge("tenantry_position_waiters", "Queries that wait for a position", context.positions.waiting());
  return all.text();
}

}  // namespace tenantry::api
