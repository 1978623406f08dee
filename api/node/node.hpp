// Node: one machine's log, tables and engine over a data folder, opened in the right order and closed in reverse.
//
// The folder holds `LOCK` (one process at a time), the log and `state/` (the tables; may be deleted, they are made
// again from the log). The log is embedded, in `log/`, or Kafka's, of which `mirror/` is the local copy; a folder that
// was begun with one is refused with the other. open() returns when every table has caught up with the log; its error
// is one sentence for a person, and what was made on the way is removed again (new_folder.hpp). With the embedded log
// every partition is then served; with Kafka's none is, and the engine follows all of them until somebody takes some
// (cluster/ownership.hpp). notes() tells what was recovered on the way. Members may be used from any thread.
#pragma once

#include <atomic>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/node/new_folder.hpp"
#include "events/embedded/embedded_log.hpp"
#include "events/engine/engine.hpp"
#include "events/kafka/kafka_log.hpp"
#include "projections/state_store.hpp"
#include "storage/folder_lock.hpp"
#include "storage/resources.hpp"

namespace tenantry::api {

struct NodeOptions {
  std::string folder = "data";
  storage::ResourcesOptions resources;
  events::embedded::EmbeddedLogOptions log;          // of the embedded log, which is used unless
  std::optional<events::kafka::KafkaOptions> kafka;  // there are options for Kafka's
  events::kafka::KafkaCallbacks kafka_callbacks;     // on_records is the node's own
  events::engine::EngineOptions engine;
};

// What is wrong, in a sentence, with a folder that holds tables but neither the embedded log nor a mirror: somebody
// moved or lost the log, and a new one beside them would hide that. Nothing otherwise.
std::optional<std::string> lost_log(const std::string& folder);

class Node {
 public:
  static std::expected<std::unique_ptr<Node>, std::string> open(NodeOptions options);
  // Opens the log alone, without tables and engine: for reading events, and as the first half of a rebuild.
  static std::expected<std::unique_ptr<Node>, std::string> open_log(NodeOptions options);
  // Makes all tables anew from the log, then opens as open() does.
  static std::expected<std::unique_ptr<Node>, std::string> rebuild(NodeOptions options, int threads,
                                                                   const projections::OnPartitionReplayed& on_replayed);
  ~Node();

  events::Log& log() { return *log_; }
  events::kafka::KafkaLog* kafka() { return kafka_; }  // null with the embedded log
  projections::StateStore& state() { return *state_; }
  events::engine::Engine& engine() { return *engine_; }
  const NodeOptions& options() const { return options_; }
  const std::vector<std::string>& notes() const { return notes_; }
  bool is_empty();
  // Of tenants' events.
  std::size_t partition_count() const { return log_->partitions().size() - 1; }

  // Told of every commit from now on, on an engine thread; replaces the listener before. Set it before commands come.
  void on_committed(events::engine::OnCommitted listener) { listener_ = std::move(listener); }

 private:
  explicit Node(NodeOptions options) : options_(std::move(options)) {}

  static std::expected<std::unique_ptr<Node>, std::string> begin(NodeOptions options);
  std::expected<void, std::string> open_log();
  std::expected<void, std::string> open_embedded();
  std::expected<void, std::string> open_kafka();
  std::expected<void, std::string> start_engine();

  NodeOptions options_;
  std::optional<storage::FolderLock> lock_;
  std::optional<NewFolder> new_folder_;  // after all that is open in it, before the lock
  std::unique_ptr<storage::Resources> resources_;
  std::unique_ptr<events::Log> log_;
  events::embedded::EmbeddedLog* embedded_ = nullptr;  // log_, if it is one
  events::kafka::KafkaLog* kafka_ = nullptr;           // the same
  std::unique_ptr<projections::StateStore> state_;
  std::unique_ptr<events::engine::Engine> engine_;
  std::atomic<events::engine::Engine*> follower_{nullptr};  // the engine, from when it may be told of new records
  events::engine::OnCommitted listener_;
  std::vector<std::string> notes_;
};

}  // namespace tenantry::api
