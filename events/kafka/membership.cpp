#include "events/kafka/membership.hpp"

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <string_view>
#include <thread>

#include "domain/kernel/thread_safety.hpp"
#include "events/kafka/client.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr int poll_ms = 100;

Settings settings_of(const KafkaOptions& options, const MembershipOptions& membership) {
  return {{"group.id", options.prefix + "-nodes"},
          {"partition.assignment.strategy", "range"},
          {"enable.auto.commit", "false"},
          {"enable.auto.offset.store", "false"},
          {"session.timeout.ms", std::to_string(membership.session_timeout_ms)},
          {"heartbeat.interval.ms", std::to_string(membership.heartbeat_ms)},
          {"max.poll.interval.ms", std::to_string(membership.max_poll_interval_ms)},
          {"statistics.interval.ms", std::to_string(membership.heartbeat_ms / 2)}};
}

// The number after a key ("\"ts\":"), looked for from a place on; -1 if it is not there.
std::int64_t number_after(std::string_view text, std::string_view key, std::size_t from) {
  auto found = text.find(key, from);
  if (found == std::string_view::npos) return -1;
  std::int64_t number = -1;
  std::string_view rest = text.substr(found + key.size());
  std::from_chars(rest.data(), rest.data() + rest.size(), number);
  return number;
}

// When the coordinator's connection last brought an answer; nothing but the group's requests use it. Statistics may be
// read long after they were made, so their own time counts (`ts`: microseconds of the steady clock). Looked for in the
// text: the statistics of many partitions are far too long to be parsed for two numbers.
Deadline coordinator_heard(std::string_view statistics) {
  auto broker = statistics.find("\"GroupCoordinator\"");
  if (broker == std::string_view::npos) return {};
  std::int64_t made_us = number_after(statistics, "\"ts\":", 0);
  std::int64_t idle_us = number_after(statistics, "\"rxidle\":", broker);
  if (made_us < 0 || idle_us < 0) return {};
  return Deadline(std::chrono::microseconds(made_us - idle_us));
}

}  // namespace

struct Membership::Internal {
  KafkaOptions options;
  MembershipOptions membership;
  GroupHooks hooks;
  std::unique_ptr<Client> client;
  std::atomic<bool> stopping = false;
  std::atomic<bool> left = false;
  std::thread thread;
  mutable Mutex mutex;
  std::set<Partition> assigned TENANTRY_GUARDED_BY(mutex);
  Deadline last_heard TENANTRY_GUARDED_BY(mutex){};

  static void on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* list,
                           void* client);
  static int on_statistics(rd_kafka_t*, char* json, std::size_t size, void* client);
  static void configure(rd_kafka_conf_t* conf);
  std::expected<void, LogError> subscribe();
  std::set<Partition> partitions_of(const rd_kafka_topic_partition_list_t& list) const;
  void assign(const rd_kafka_topic_partition_list_t& list);
  void revoke();
  void run();
  void revoke_if_unheard();
  void leave();
};

void Membership::Internal::configure(rd_kafka_conf_t* conf) {
  rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
  rd_kafka_conf_set_stats_cb(conf, on_statistics);
}

int Membership::Internal::on_statistics(rd_kafka_t*, char* json, std::size_t size, void* client) {
  auto& self = *static_cast<Internal*>(client_of(client).opaque());
  Deadline heard = coordinator_heard({json, size});
  MutexLock lock(self.mutex);
  self.last_heard = std::max(self.last_heard, heard);
  return 0;  // the text is librdkafka's to free
}

void Membership::Internal::on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t code,
                                        rd_kafka_topic_partition_list_t* list, void* client) {
  auto& self = *static_cast<Internal*>(client_of(client).opaque());
  if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    // Nothing is to be fetched: paused before fetching could begin.
    for (int index = 0; index < list->cnt; ++index) list->elems[index].offset = RD_KAFKA_OFFSET_END;
    rd_kafka_assign(handle, list);
    rd_kafka_pause_partitions(handle, list);
    self.assign(*list);
  } else {
    self.revoke();
    rd_kafka_assign(handle, nullptr);
  }
}

std::set<Partition> Membership::Internal::partitions_of(const rd_kafka_topic_partition_list_t& list) const {
  std::set<Partition> partitions;
  for (int index = 0; index < list.cnt; ++index) {
    bool is_platform = topic_of(options, Stream::platform) == list.elems[index].topic;
    partitions.insert({is_platform ? Stream::platform : Stream::tenants, list.elems[index].partition});
  }
  return partitions;
}

void Membership::Internal::assign(const rd_kafka_topic_partition_list_t& list) {
  auto partitions = partitions_of(list);
  {
    MutexLock lock(mutex);
    assigned = partitions;
    last_heard = Clock::now();
  }
  hooks.on_assigned(partitions);
}

void Membership::Internal::revoke() {
  std::set<Partition> partitions;
  {
    MutexLock lock(mutex);
    partitions.swap(assigned);
  }
  if (!partitions.empty()) hooks.on_revoked(partitions);
}

std::expected<void, LogError> Membership::Internal::subscribe() {
  PartitionList topics(rd_kafka_topic_partition_list_new(2));
  for (Stream stream : {Stream::platform, Stream::tenants}) {
    rd_kafka_topic_partition_list_add(topics.get(), topic_of(options, stream).c_str(), RD_KAFKA_PARTITION_UA);
  }
  auto code = rd_kafka_subscribe(client->get(), topics.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(client->explain("joining the group of nodes", code));
  return {};
}

void Membership::Internal::run() {
  while (!stopping) {
    MessagePointer message(rd_kafka_consumer_poll(client->get(), poll_ms));
    if (message && message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      hooks.on_note(std::string("the group of nodes: ") + rd_kafka_message_errstr(message.get()));
    }
    revoke_if_unheard();
  }
  leave();
}

// The group gives our partitions to others when it has not heard from us for that long. librdkafka says so too, but
// only when it gets to it.
void Membership::Internal::revoke_if_unheard() {
  {
    MutexLock lock(mutex);
    if (assigned.empty() || Clock::now() - last_heard < std::chrono::milliseconds(membership.session_timeout_ms)) {
      return;
    }
  }
  hooks.on_note("the group of nodes was not heard from for its session timeout");
  revoke();
  rd_kafka_unsubscribe(client->get());  // what was revoked here is to be assigned anew
  if (auto joined = subscribe(); !joined) hooks.on_note(joined.error().detail);
}

// rd_kafka_consumer_close() may wait for ever; this does not.
void Membership::Internal::leave() {
  Deadline deadline = after_ms(membership.close_deadline_ms);
  QueuePointer queue(rd_kafka_queue_new(client->get()));
  if (ErrorPointer error{rd_kafka_consumer_close_queue(client->get(), queue.get())}) {
    hooks.on_note(std::string("leaving the group of nodes: ") + rd_kafka_error_string(error.get()));
  }
  while (rd_kafka_consumer_closed(client->get()) == 0 && left_ms(deadline) > 0) {
    rd_kafka_queue_poll_callback(queue.get(), poll_ms);
  }
  left = rd_kafka_consumer_closed(client->get()) == 1;
  revoke();
}

Membership::Membership(std::unique_ptr<Internal> internal) : internal_(std::move(internal)) {}

std::expected<std::unique_ptr<Membership>, LogError> Membership::join(const KafkaOptions& options,
                                                                      const MembershipOptions& membership,
                                                                      GroupHooks hooks) {
  auto internal = std::make_unique<Internal>();
  internal->options = options;
  internal->membership = membership;
  internal->hooks = std::move(hooks);
  auto client =
      Client::make(RD_KAFKA_CONSUMER, options, settings_of(options, membership), internal.get(), Internal::configure);
  if (!client) return std::unexpected(client.error());
  internal->client = std::move(*client);
  rd_kafka_poll_set_consumer(internal->client->get());
  if (auto subscribed = internal->subscribe(); !subscribed) return std::unexpected(subscribed.error());
  internal->thread = std::thread([self = internal.get()] { self->run(); });
  return std::unique_ptr<Membership>(new Membership(std::move(internal)));
}

Membership::~Membership() {
  close();
  destroy_reader(std::move(internal_->client));
}

std::set<Partition> Membership::assigned() const {
  MutexLock lock(internal_->mutex);
  return internal_->assigned;
}

std::chrono::steady_clock::time_point Membership::last_heard() const {
  MutexLock lock(internal_->mutex);
  return internal_->last_heard;
}

std::string Membership::trouble() const {
  auto heard = last_heard();
  if (heard == Deadline{}) return "the group of nodes has not answered yet";
  if (Clock::now() - heard > std::chrono::milliseconds(internal_->membership.session_timeout_ms)) {
    return "the brokers were not heard from for the group's session timeout";
  }
  return {};
}

bool Membership::close() {
  internal_->stopping = true;
  if (internal_->thread.joinable()) internal_->thread.join();
  return internal_->left;
}

}  // namespace tenantry::events::kafka
