// KafkaVault: a vault's rows (events/vault/rows.hpp) in a compacted topic, {prefix}.vault, of one partition.
//
//   key      the entry's key (events/vault/entry.hpp)
//   value    what is sealed (events/vault/sealing.hpp); none in a tombstone
//   headers  none; timestamp: when it was written
// Of a key the latest message holds, as compaction has it. Why that needs no fence between nodes, and what the callers
// of the vault owe for it: docs/adr/0021-a-vault-of-several-nodes-needs-no-fence.md. The topic's settings are in
// events/kafka/topics.hpp.
//
// A node keeps the sealed values in memory and nothing on disk. open() returns when the topic was read whole. One
// thread reads on. write() sends its messages with acks=all and returns when they were read back; they are not atomic:
// after `unknown` any of them may have been written. get() that finds nothing asks how far the topic reaches and reads
// up to there before it says so, which makes it see whatever an event that was read names; it is `unavailable` when it
// cannot. visit() does so first, so that nothing is left out of what is erased, swept or copied. purge() has nothing to
// do: erased values have left this node's memory, and leave the brokers' files when these compact them.
//
// A topic that cannot be read any further (deleted, another one, forbidden), or that was not known to be read whole for
// longer than a quarter of the time that tombstones are kept, has a fault: values that are there are served, everything
// else is `unavailable` until the node starts anew. Messages that are no entries are counted and passed over.
// Any thread; destroy it when no other uses it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include "domain/kernel/thread_safety.hpp"
#include "events/kafka/client.hpp"
#include "events/vault/rows.hpp"

namespace tenantry::events::kafka {

// Of one write(); counted down by delivery reports.
struct Delivery;

class KafkaVault : public VaultRows {
 public:
  // `known_end`: how far the topic reached when this node last knew; nothing if it never had a vault, and the topic is
  // to be made if it is absent. `on_note` is told what an operator should know, on the reading thread.
  static std::expected<std::unique_ptr<KafkaVault>, VaultError> open(const KafkaOptions& options,
                                                                     std::optional<Position> known_end,
                                                                     std::function<void(const std::string&)> on_note);
  ~KafkaVault() override;

  std::expected<void, VaultError> write(const VaultRowChanges& changes) override;
  std::expected<std::optional<std::string>, VaultError> get(const std::string& key) const override;
  std::expected<void, VaultError> visit(const storage::KeyRange& range,
                                        const storage::RowVisitor& visitor) const override;
  std::expected<std::uint64_t, VaultError> count(TenantId tenant) const override;
  std::expected<void, VaultError> purge() override { return {}; }

  // Up to where the topic was read.
  Position position() const;
  // Messages passed over because they are no entries.
  std::uint64_t foreign() const { return foreign_; }

 private:
  KafkaVault(const KafkaOptions& options, std::function<void(const std::string&)> on_note);
  std::expected<void, VaultError> start(std::optional<Position> known_end);
  std::expected<void, VaultError> open_producer() TENANTRY_REQUIRES(producer_mutex_);

  // On the reading thread.
  void read();
  void accept(const rd_kafka_message_t& message);
  bool keep(const rd_kafka_message_t& message) TENANTRY_REQUIRES(mutex_);
  void look_whether_current();
  void fail(const std::string& why);

  std::expected<std::shared_ptr<Client>, VaultError> producer();
  std::expected<Position, VaultError> send(const VaultRowChanges& changes);
  std::expected<void, VaultError> catch_up(Deadline deadline) const;
  std::expected<void, VaultError> wait_until_read(Position position, Deadline deadline) const;
  bool holds(const VaultRowChanges& changes) const;
  std::optional<std::string> find(const std::string& key) const;
  std::string fault() const;
  void serve_producer();

  const KafkaOptions options_;
  const std::string topic_;
  const std::function<void(const std::string&)> on_note_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> foreign_ = 0;

  mutable Mutex mutex_;
  mutable std::condition_variable moved_;
  std::map<std::string, std::string> rows_ TENANTRY_GUARDED_BY(mutex_);
  // Of the entries of each tenant that has any.
  std::unordered_map<Uuid, std::uint64_t> counts_ TENANTRY_GUARDED_BY(mutex_);
  Position position_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::string fault_ TENANTRY_GUARDED_BY(mutex_);

  std::unique_ptr<Client> questions_;  // asks how far the topic reaches
  std::unique_ptr<Client> reader_;
  // The reading thread's: when it was last known that nothing was unread, and how far the topic reached when that was
  // asked last.
  Instant current_at_;
  Instant asked_at_;
  Position asked_end_ = 0;
  Deadline next_look_{};
  Mutex producer_mutex_;
  std::shared_ptr<Client> producer_ TENANTRY_GUARDED_BY(producer_mutex_);  // replaced when librdkafka gives it up
  std::thread reading_;
  std::thread serving_producer_;
};

}  // namespace tenantry::events::kafka
