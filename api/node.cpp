#include "api/node.hpp"

#include <filesystem>

namespace tenantry::api {

using events::engine::TenantPosition;
using projections::StateStore;

Node::~Node() {
  if (engine_) engine_->stop();
}

std::expected<std::unique_ptr<Node>, std::string> Node::open(NodeOptions options) {
  auto opened = open_log(std::move(options));
  if (!opened) return opened;
  std::unique_ptr<Node> node = std::move(*opened);
  auto state = StateStore::open(node->options_.folder + "/state", *node->resources_, *node->log_);
  if (!state && !node->log_->recovery_notes().empty()) {
    // The log lost a torn last append that the tables may have taken in already; they are a function of the log.
    node->notes_.push_back("the tables were ahead of the recovered log and are made anew: " + state.error().detail);
    state = StateStore::rebuild(node->options_.folder + "/state", *node->resources_, *node->log_, 1, {});
  }
  if (!state) return std::unexpected(state.error().detail);
  node->state_ = std::move(*state);
  if (auto started = node->start_engine(); !started) return std::unexpected(started.error());
  return node;
}

std::expected<std::unique_ptr<Node>, std::string> Node::open_log(NodeOptions options) {
  std::unique_ptr<Node> node{new Node(std::move(options))};
  if (auto opened = node->open_log(); !opened) return std::unexpected(opened.error());
  return node;
}

std::expected<std::unique_ptr<Node>, std::string> Node::rebuild(NodeOptions options, int threads,
                                                                const projections::OnPartitionReplayed& on_replayed) {
  auto opened = open_log(std::move(options));
  if (!opened) return opened;
  std::unique_ptr<Node> node = std::move(*opened);
  auto state =
      StateStore::rebuild(node->options_.folder + "/state", *node->resources_, *node->log_, threads, on_replayed);
  if (!state) return std::unexpected(state.error().detail);
  node->state_ = std::move(*state);
  if (auto started = node->start_engine(); !started) return std::unexpected(started.error());
  return node;
}

std::expected<void, std::string> Node::open_log() {
  std::error_code error;
  std::filesystem::create_directories(options_.folder, error);
  if (error) return std::unexpected("cannot make the data folder " + options_.folder + ": " + error.message());
  auto lock = storage::FolderLock::acquire(options_.folder);
  if (!lock) return std::unexpected(lock.error().detail);
  lock_ = std::move(*lock);
  resources_ = std::make_unique<storage::Resources>(options_.resources);
  auto log = events::embedded::EmbeddedLog::open(options_.folder + "/log", *resources_, options_.log);
  if (!log) return std::unexpected(log.error().detail);
  log_ = std::move(*log);
  notes_ = log_->recovery_notes();
  return {};
}

std::expected<void, std::string> Node::start_engine() {
  engine_ = std::make_unique<events::engine::Engine>(
      *log_, *state_, options_.engine, [this](events::Partition partition, const std::vector<TenantPosition>& heads) {
        if (listener_) listener_(partition, heads);
      });
  for (events::Partition partition : log_->partitions()) {
    auto served = engine_->serve(partition);
    if (!served) return std::unexpected("the engine cannot start: " + served.error().detail);
  }
  return {};
}

bool Node::is_empty() {
  for (events::Partition partition : log_->partitions()) {
    auto end = log_->end(partition);
    if (!end || *end != 0) return false;
  }
  return true;
}

}  // namespace tenantry::api
