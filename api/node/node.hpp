// Node: one machine's log, tables and engine over a data folder, opened in the right order and closed in reverse.
//
// The folder holds `LOCK` (one process at a time), the log and `state/` (the tables; may be deleted, they are made
// again from the log). The log has one of the backends (events/backend.hpp), each with a folder of its own for it or
// its local copy; a folder that was begun with one is refused with another. open() returns when every table has caught
// up with the log; its error is one sentence for a person, and what was made on the way is removed again
// (new_folder.hpp). Of a log that is this node's alone every partition is then served; of a shared one none is, and the
// engine follows all of them until somebody takes some (cluster/ownership.hpp). notes() tells what was recovered on the
// way. Members may be used from any thread.
#pragma once

#include <atomic>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/node/new_folder.hpp"
#include "events/backend.hpp"
#include "events/engine/engine.hpp"
#include "projections/state_store.hpp"
#include "storage/folder_lock.hpp"
#include "storage/resources.hpp"

namespace tenantry::api {

// Where the root keys of the vault are (events/vault/root_keys.hpp).
struct VaultKeys {
  std::string path;
  events::KeyFile kind = events::KeyFile::own;
  bool make_if_missing = false;  // of a vault that holds nothing yet
};

struct NodeOptions {
  std::string folder = "data";
  storage::ResourcesOptions resources;
  events::LogOptions log;
  events::SharedLogCallbacks log_callbacks;  // of a shared log; on_records is the node's own
  events::engine::EngineOptions engine;
  std::optional<VaultKeys> vault_keys;  // without them the vault stays closed
};

// What is wrong, in a sentence, with a folder that holds tables but no backend's log: somebody moved or lost the log,
// which is asked for as this backend's, and a new one beside them would hide that. Nothing otherwise.
std::optional<std::string> lost_log(const std::string& folder, const events::Backend& backend);

class Node {
 public:
  static std::expected<std::unique_ptr<Node>, std::string> open(NodeOptions options);
  // Opens the log alone, and the vault, without tables and engine: for reading events, and as the first half of a
  // rebuild.
  static std::expected<std::unique_ptr<Node>, std::string> open_log(NodeOptions options);
  // Makes all tables anew from the log, then opens as open() does.
  static std::expected<std::unique_ptr<Node>, std::string> rebuild(NodeOptions options, int threads,
                                                                   const projections::OnPartitionReplayed& on_replayed);
  ~Node();

  events::Log& log() { return *log_.log; }
  events::SharedLog* shared_log() { return log_.shared; }  // the same; null if it is this node's alone
  events::Vault* vault() { return vault_.get(); }          // null if it stays closed
  projections::StateStore& state() { return *state_; }
  events::engine::Engine& engine() { return *engine_; }
  const NodeOptions& options() const { return options_; }
  const std::vector<std::string>& notes() const { return notes_; }
  bool is_empty();
  // Of tenants' events.
  std::size_t partition_count() const { return log_.log->partitions().size() - 1; }

  // Told of every commit from now on, on an engine thread; replaces the listener before. Set it before commands come.
  void on_committed(events::engine::OnCommitted listener) { listener_ = std::move(listener); }

 private:
  explicit Node(NodeOptions options) : options_(std::move(options)) {}

  static std::expected<std::unique_ptr<Node>, std::string> begin(NodeOptions options);
  std::expected<void, std::string> open_log();
  std::expected<events::OpenedLog, std::string> open_backend(const events::Backend& backend);
  std::expected<void, std::string> open_vault();
  std::expected<void, std::string> start_engine();

  NodeOptions options_;
  std::optional<storage::FolderLock> lock_;
  std::optional<NewFolder> new_folder_;  // after all that is open in it, before the lock
  std::unique_ptr<storage::Resources> resources_;
  events::OpenedLog log_;
  std::unique_ptr<events::Vault> vault_;
  std::unique_ptr<projections::StateStore> state_;
  std::unique_ptr<events::engine::Engine> engine_;
  std::atomic<events::engine::Engine*> follower_{nullptr};  // the engine, from when it may be told of new records
  events::engine::OnCommitted listener_;
  std::vector<std::string> notes_;
};

}  // namespace tenantry::api
