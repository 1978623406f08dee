#include "api/node/node.hpp"

#include <algorithm>
#include <filesystem>

#include "storage/disk_space.hpp"

namespace tenantry::api {

using events::engine::TenantPosition;
using projections::StateStore;

namespace {

constexpr int look_deadline_ms = 5'000;
constexpr int looks_without_progress_max = 6;

// A new node reads the whole log first, however long that takes, as long as it comes on.
std::expected<void, std::string> read_to_end(events::SharedLog& log) {
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

// Why the folder cannot be used with this backend: it was begun with another.
std::optional<std::string> other_log(const std::string& folder, const events::Backend& backend) {
  for (const events::Backend& other : events::backends()) {
    if (other.name == backend.name) continue;
    auto is_there = storage::is_there(folder + '/' + std::string{other.folder});
    if (!is_there) return is_there.error().detail;
    if (!*is_there) continue;
    std::string why = "the folder " + folder + ' ' + std::string{other.found};
    if (backend.is_shared) why += "; a node with " + std::string{backend.kind} + " needs another";
    return why;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> lost_log(const std::string& folder, const events::Backend& backend) {
  // What cannot be told is told by opening it.
  auto may_be_there = [&](const events::Backend& each) { return each.holds_log(folder).value_or(true); };
  std::string tables = folder + "/state";
  if (std::ranges::any_of(events::backends(), may_be_there) || !holds_something(tables)) return std::nullopt;
  return "the log of " + folder + " is missing: " + tables +
         " holds tables, and the log that they were made from is not in " + folder + '/' + std::string{backend.folder} +
         "; put it back, or move the tables away as well to begin anew";
}

Node::~Node() {
  follower_ = nullptr;
  if (engine_) engine_->stop();
  vault_.reset();
  if (log_.shared != nullptr) log_.log.reset();  // its threads call back
}

std::expected<std::unique_ptr<Node>, std::string> Node::open(NodeOptions options) {
  auto opened = begin(std::move(options));
  if (!opened) return opened;
  std::unique_ptr<Node> node = std::move(*opened);
  auto state = StateStore::open(node->options_.folder + "/state", *node->resources_, *node->log_.log);
  if (!state && !node->notes_.empty()) {
    // The log goes on without a last append that the tables may have taken in; they are a function of the log.
    node->notes_.push_back("the tables were ahead of the recovered log and are made anew: " + state.error().detail);
    state = StateStore::rebuild(node->options_.folder + "/state", *node->resources_, *node->log_.log, 1, {});
  }
  if (!state) return std::unexpected(state.error().detail);
  node->state_ = std::move(*state);
  if (auto opened = node->open_vault(); !opened) return std::unexpected(opened.error());
  for (std::string& note : node->state_->notes()) node->notes_.push_back(std::move(note));
  if (auto started = node->start_engine(); !started) return std::unexpected(started.error());
  node->new_folder_->keep();
  return node;
}

std::expected<std::unique_ptr<Node>, std::string> Node::open_log(NodeOptions options) {
  auto node = begin(std::move(options));
  if (!node) return node;
  if (auto opened = (*node)->open_vault(); !opened) return std::unexpected(opened.error());
  (*node)->new_folder_->keep();
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
      StateStore::rebuild(node->options_.folder + "/state", *node->resources_, *node->log_.log, threads, on_replayed);
  if (!state) return std::unexpected(state.error().detail);
  node->state_ = std::move(*state);
  if (auto started = node->start_engine(); !started) return std::unexpected(started.error());
  node->new_folder_->keep();
  return node;
}

std::expected<void, std::string> Node::open_log() {
  const events::Backend& backend = events::backend_named(options_.log.backend);
  if (!backend.is_shared) {
    if (auto lost = lost_log(options_.folder, backend)) return std::unexpected(*lost);
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
  if (auto other = other_log(options_.folder, backend)) return std::unexpected(*other);
  auto opened = open_backend(backend);
  if (!opened) return std::unexpected(opened.error());
  log_ = std::move(*opened);
  notes_ = log_.notes;
  if (log_.shared == nullptr) return {};
  new_folder_->keep();  // what was read so far need not be read again by the next start
  return read_to_end(*log_.shared);
}

std::expected<events::OpenedLog, std::string> Node::open_backend(const events::Backend& backend) {
  events::SharedLogCallbacks callbacks = options_.log_callbacks;
  callbacks.on_records = [this](events::Partition partition) {
    if (auto* engine = follower_.load()) engine->follow(partition);
  };
  auto opened = backend.open(options_.folder, *resources_, options_.log, callbacks);
  if (!opened) return std::unexpected(opened.error().detail);
  return std::move(*opened);
}

std::expected<void, std::string> Node::open_vault() {
  if (!options_.vault_keys) return {};
  const VaultKeys& wanted = *options_.vault_keys;
  auto is_there = storage::is_there(wanted.path);
  if (!is_there) return std::unexpected(is_there.error().detail);
  bool makes = !*is_there && wanted.make_if_missing;
  if (makes) {
    if (auto made = events::make_key_file(wanted.path, "1"); !made) return std::unexpected(made.error());
  }
  auto keys = events::RootKeys::read(wanted.path, wanted.kind);
  if (!keys) return std::unexpected(keys.error());
  auto vault = log_.open_vault(std::move(*keys), {});
  if (!vault) return std::unexpected("the vault cannot be opened: " + vault.error().detail);
  vault_ = std::move(*vault);
  if (!makes) return {};
  bool holds_something = false;
  auto looked = vault_->visit_sealed([&](const events::SealedEntry&) {
    holds_something = true;
    return false;
  });
  if (!looked) return std::unexpected("the vault cannot be read: " + looked.error().detail);
  if (!holds_something) return {};
  std::error_code ignored;
  std::filesystem::remove(wanted.path, ignored);
  return std::unexpected("the vault's keys are missing: " + wanted.path +
                         " is not there, and the vault holds what was sealed under them; put the file back");
}

std::expected<void, std::string> Node::start_engine() {
  engine_ = std::make_unique<events::engine::Engine>(
      *log_.log, *state_, options_.engine,
      [this](events::Partition partition, const std::vector<TenantPosition>& heads) {
        if (listener_) listener_(partition, heads);
      });
  log_.forget_notes();  // the tables have followed
  follower_ = engine_.get();
  for (events::Partition partition : log_.log->partitions()) {
    if (log_.shared != nullptr) {
      engine_->follow(partition);  // what came while the engine was made
      continue;
    }
    auto served = engine_->serve(partition);
    if (!served) return std::unexpected("the engine cannot start: " + served.error().detail);
  }
  return {};
}

bool Node::is_empty() {
  for (events::Partition partition : log_.log->partitions()) {
    auto end = log_.log->end(partition);
    if (!end || *end != 0) return false;
  }
  return true;
}

}  // namespace tenantry::api
