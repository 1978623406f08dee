// Node: one machine's log, tables and engine over a data folder, opened in the right order and closed in reverse.
//
// The folder holds `LOCK` (one process at a time), `log/` (the embedded log) and `state/` (the tables; may be deleted,
// they are made again from the log). open() returns when every table has caught up with the log; its error is one
// sentence for a person. notes() tells what was recovered on the way. Members may be used from any thread.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "events/embedded/embedded_log.hpp"
#include "events/engine/engine.hpp"
#include "projections/state_store.hpp"
#include "storage/folder_lock.hpp"
#include "storage/resources.hpp"

namespace tenantry::api {

struct NodeOptions {
  std::string folder = "data";
  storage::ResourcesOptions resources;
  events::embedded::EmbeddedLogOptions log;
  events::engine::EngineOptions engine;
};

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
  projections::StateStore& state() { return *state_; }
  events::engine::Engine& engine() { return *engine_; }
  const NodeOptions& options() const { return options_; }
  const std::vector<std::string>& notes() const { return notes_; }
  bool is_empty();

  // Told of every commit from now on, on an engine thread; replaces the listener before. Set it before commands come.
  void on_committed(events::engine::OnCommitted listener) { listener_ = std::move(listener); }

 private:
  explicit Node(NodeOptions options) : options_(std::move(options)) {}

  std::expected<void, std::string> open_log();
  std::expected<void, std::string> start_engine();

  NodeOptions options_;
  std::optional<storage::FolderLock> lock_;
  std::unique_ptr<storage::Resources> resources_;
  std::unique_ptr<events::embedded::EmbeddedLog> log_;
  std::unique_ptr<projections::StateStore> state_;
  std::unique_ptr<events::engine::Engine> engine_;
  events::engine::OnCommitted listener_;
  std::vector<std::string> notes_;
};

}  // namespace tenantry::api
