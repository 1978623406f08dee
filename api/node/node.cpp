#include "api/node/node.hpp"

#include <filesystem>

#include "events/embedded/creation.hpp"
#include "storage/disk_space.hpp"

namespace tenantry::api {

using events::engine::TenantPosition;
using projections::StateStore;

namespace {

constexpr int look_deadline_ms = 5'000;
constexpr int looks_without_progress_max = 6;

// A new node reads the whole log first, however long that takes, as long as it comes on.
std::expected<void, std::string> read_to_end(events::kafka::KafkaLog& log) {
  for (events::Partition partition : log.partitions()) {
    events::Position reached = 0;
    for (int looks = 0;;) {
      auto caught_up = log.catch_up(partition, look_deadline_ms);
      if (caught_up) break;
      auto end = log.end(partition).value_or(0);
      looks = end > std::exchange(reached, end) ? 0 : looks + 1;
      if (looks == looks_without_progress_max) {
        return std::unexpected("the log's partition " + partition.name() +
                               " cannot be read to its end: " + caught_up.error().detail);
      }
    }
  }
  return {};
}

bool holds_something(const std::string& folder) {
  std::error_code error;  // what is no folder, or cannot be read, is for opening the tables to report
  return std::filesystem::is_directory(folder, error) && !std::filesystem::is_empty(folder, error) && !error;
}

}  // namespace

std::optional<std::string> lost_log(const std::string& folder) {
  std::string log = folder + "/log", tables = folder + "/state";
  bool is_absent = true;
  for (const std::string& each : {events::embedded::LogPaths{log}.records, folder + "/mirror"}) {
    is_absent = is_absent && !storage::is_there(each).value_or(true);  // what cannot be told is told by opening it
  }
  if (!is_absent || !holds_something(tables)) return std::nullopt;
  return "the log of " + folder + " is missing: " + tables +
         " holds tables, and the log that they were made from is not in " + log +
         "; put it back, or move the tables away as well to begin anew";
}

Node::~Node() {
  follower_ = nullptr;
  if (engine_) engine_->stop();
  if (kafka_ != nullptr) log_.reset();  // its threads call back
}

std::expected<std::unique_ptr<Node>, std::string> Node::open(NodeOptions options) {
  auto opened = begin(std::move(options));
  if (!opened) return opened;
  std::unique_ptr<Node> node = std::move(*opened);
  auto state = StateStore::open(node->options_.folder + "/state", *node->resources_, *node->log_);
  if (!state && !node->notes_.empty()) {
    // The log goes on without a last append that the tables may have taken in; they are a function of the log.
    node->notes_.push_back("the tables were ahead of the recovered log and are made anew: " + state.error().detail);
    state = StateStore::rebuild(node->options_.folder + "/state", *node->resources_, *node->log_, 1, {});
  }
  if (!state) return std::unexpected(state.error().detail);
  node->state_ = std::move(*state);
  for (std::string& note : node->state_->notes()) node->notes_.push_back(std::move(note));
  if (auto started = node->start_engine(); !started) return std::unexpected(started.error());
  node->new_folder_->keep();
  return node;
}

std::expected<std::unique_ptr<Node>, std::string> Node::open_log(NodeOptions options) {
  auto node = begin(std::move(options));
  if (node) (*node)->new_folder_->keep();
  return node;
}

std::expected<std::unique_ptr<Node>, std::string> Node::begin(NodeOptions options) {
  std::unique_ptr<Node> node{new Node(std::move(options))};
  if (auto opened = node->open_log(); !opened) return std::unexpected(opened.error());
  return node;
}

std::expected<std::unique_ptr<Node>, std::string> Node::rebuild(NodeOptions options, int threads,
                                                                const projections::OnPartitionReplayed& on_replayed) {
  auto opened = begin(std::move(options));
  if (!opened) return opened;
  std::unique_ptr<Node> node = std::move(*opened);
  auto state =
      StateStore::rebuild(node->options_.folder + "/state", *node->resources_, *node->log_, threads, on_replayed);
  if (!state) return std::unexpected(state.error().detail);
  node->state_ = std::move(*state);
  if (auto started = node->start_engine(); !started) return std::unexpected(started.error());
  node->new_folder_->keep();
  return node;
}

std::expected<void, std::string> Node::open_log() {
  if (!options_.kafka) {
    if (auto lost = lost_log(options_.folder)) return std::unexpected(*lost);
  }
  auto made = NewFolder::make(options_.folder);
  if (!made) return std::unexpected(made.error());
  new_folder_.emplace(std::move(*made));
  auto lock = storage::FolderLock::acquire(options_.folder);
  if (!lock) {
    new_folder_->keep();  // it is somebody else's by now
    return std::unexpected(lock.error().detail);
  }
  lock_ = std::move(*lock);
  new_folder_->look();
  resources_ = std::make_unique<storage::Resources>(options_.resources);
  return options_.kafka ? open_kafka() : open_embedded();
}

std::expected<void, std::string> Node::open_embedded() {
  auto is_kafkas = storage::is_there(options_.folder + "/mirror");
  if (!is_kafkas) return std::unexpected(is_kafkas.error().detail);
  if (*is_kafkas) {
    return std::unexpected("the folder " + options_.folder + " belongs to a node with a Kafka log");
  }
  auto log = events::embedded::EmbeddedLog::open(options_.folder + "/log", *resources_, options_.log);
  if (!log) return std::unexpected(log.error().detail);
  notes_ = (*log)->recovery_notes();
  embedded_ = log->get();
  log_ = std::move(*log);
  return {};
}

std::expected<void, std::string> Node::open_kafka() {
  auto is_embedded = storage::is_there(options_.folder + "/log");
  if (!is_embedded) return std::unexpected(is_embedded.error().detail);
  if (*is_embedded) {
    return std::unexpected("the folder " + options_.folder +
                           " holds an embedded log; a node with a Kafka log needs another");
  }
  events::kafka::KafkaCallbacks callbacks = options_.kafka_callbacks;
  callbacks.on_records = [this](events::Partition partition) {
    if (auto* engine = follower_.load()) engine->follow(partition);
  };
  auto log = events::kafka::KafkaLog::open(options_.folder + "/mirror", *resources_, *options_.kafka, callbacks);
  if (!log) return std::unexpected(log.error().detail);
  kafka_ = log->get();
  log_ = std::move(*log);
  new_folder_->keep();  // what was read so far need not be read again by the next start
  return read_to_end(*kafka_);
}

std::expected<void, std::string> Node::start_engine() {
  engine_ = std::make_unique<events::engine::Engine>(
      *log_, *state_, options_.engine, [this](events::Partition partition, const std::vector<TenantPosition>& heads) {
        if (listener_) listener_(partition, heads);
      });
  if (embedded_ != nullptr) embedded_->forget_recovery_notes();  // the tables have followed
  follower_ = engine_.get();
  for (events::Partition partition : log_->partitions()) {
    if (kafka_ != nullptr) {
      engine_->follow(partition);  // what came while the engine was made
      continue;
    }
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
