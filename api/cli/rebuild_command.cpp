#include <iostream>
#include <map>
#include <thread>

#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/preflight.hpp"
#include "api/cli/progress_bar.hpp"
#include "api/cli/tenants.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api::cli {
namespace {

constexpr const char* footer =
    R"(Erases the tables and makes them again from the log, which is not changed; a server must be stopped for it.
If it is interrupted, run it again. With --tenant the tables of the others stay as they are.
A log whose last append is gone, although it was answered, is refused by every command. Restore it from where it is whole;
if there is no such place, --accept-lost-append gives up that append, says what it was, and makes the tables without it.

Examples:
  tenantry rebuild
  tenantry rebuild --tenant aaa)";

struct Settings {
  DataFolder folder;
  std::string tenant;
  int threads = 2;
  bool accept_lost_append = false;
};

// Adds up what the partitions report from their threads.
class Replayed {
 public:
  explicit Replayed(std::uint64_t all) : all_(all), bar_("rebuilding", "records") {}

  void at(events::Partition partition, events::Position reached) {
    MutexLock lock(mutex_);
    done_ += reached - std::exchange(reached_[partition], reached);
    bar_.update(done_, all_);
  }
  void finish() { bar_.finish(); }

 private:
  std::uint64_t all_;
  Mutex mutex_;
  std::map<events::Partition, events::Position> reached_ TENANTRY_GUARDED_BY(mutex_);
  std::uint64_t done_ TENANTRY_GUARDED_BY(mutex_) = 0;
  ProgressBar bar_;
};

// run() has seen to it that there are descriptors enough.
NodeOptions options_of(const DataFolder& folder) {
  NodeOptions options = node_options(folder);
  static_cast<void>(too_few_descriptors(Work::writes, options));
  return options;
}

// How far the log's partitions reach, together. Opens the log and closes it again. Every record is checked on the way,
// so that tables are not erased which a damaged log could not make again.
std::expected<std::uint64_t, std::string> check_and_count_records(DataFolder folder) {
  folder.verify = events::Verify::full;
  auto node = Node::open_log(options_of(folder));
  if (!node) return std::unexpected(node.error());
  std::uint64_t count = 0;
  for (events::Partition partition : (*node)->log().partitions()) {
    auto end = (*node)->log().end(partition);
    if (!end) return std::unexpected(end.error().detail);
    count += *end;
  }
  return count;
}

// Events that could not be applied are no success, although everything else was made.
int report(Node& node) {
  int code = exit_ok;
  for (events::Partition partition : node.state().partitions()) {
    for (const auto& quarantine : node.state().partition(partition).quarantined()) code = fail(quarantine.text());
  }
  return code;
}

int rebuild_all(const Settings& settings) {
  auto all = check_and_count_records(settings.folder);
  if (!all) return fail(all.error() + "; the tables were left as they are");
  Replayed replayed(*all);
  auto node = Node::rebuild(
      options_of(settings.folder), settings.threads,
      [&](events::Partition partition, std::uint64_t, events::Position reached) { replayed.at(partition, reached); });
  replayed.finish();
  if (!node) return fail(node.error());
  for (const std::string& note : (*node)->notes()) std::cerr << "tenantry: " << note << '\n';
  return report(**node);
}

int rebuild_one(const Settings& settings) {
  if (auto checked = check_and_count_records(settings.folder); !checked) return fail(checked.error());
  auto node = open_node(options_of(settings.folder));
  if (!node) return fail(node.error());
  auto tenants = all_tenants(**node);
  if (!tenants) return fail(tenants.error());
  auto tenant = tenant_named(*tenants, settings.tenant);
  if (!tenant) return fail(tenant.error());
  (*node)->engine().stop();  // the rows are taken from under it
  events::Partition partition{events::Stream::tenants, tenant->partition};
  auto end = (*node)->log().end(partition);
  if (!end) return fail(end.error().detail);
  ProgressBar bar("reading the log of " + partition.name(), "records");
  auto rebuilt = (*node)->state().partition(partition).rebuild_tenant(
      tenant->tenant, [&](std::uint64_t, events::Position reached) { bar.update(reached, *end); });
  bar.finish();
  if (!rebuilt) return fail(rebuilt.error().detail);
  return report(**node);
}

int run(Settings settings) {
  if (settings.accept_lost_append) {
    if (is_shared(settings.folder)) return fail("--accept-lost-append is for the embedded log", exit_usage);
    settings.folder.lost_append = events::LostAppend::accepted;
  }
  if (auto missing = missing_log(settings.folder)) return fail(*missing);
  if (auto who = in_use(settings.folder)) return fail(*who + "; a rebuild needs the server stopped");
  // Before anything is erased: tables that a full disk does not let be made again would be gone.
  NodeOptions options = node_options(settings.folder);
  if (auto why = obstacle(Work::writes, settings.folder)) return fail(*why + "; the tables were left as they are");
  if (auto why = too_few_descriptors(Work::writes, options)) return fail(*why);
  return settings.tenant.empty() ? rebuild_all(settings) : rebuild_one(settings);
}

}  // namespace

Command rebuild_command() {
  auto settings = std::make_shared<Settings>();
  settings->threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  Command command{.name = "rebuild", .about = "Make the tables anew from the log", .footer = footer};
  add_folder_settings(command, settings->folder);
  add_tenant_setting(command, settings->tenant);
  command.takes({.name = "threads",
                 .value = number(settings->threads, 1, 256),
                 .about = "partitions rebuilt at the same time",
                 .shows_default = true});
  command.takes({.name = "accept-lost-append",
                 .value = &settings->accept_lost_append,
                 .about = "go on without a last append that was answered and is gone from the log",
                 .from = From::command_line,
                 .excludes = "tenant"});
  command.run = [settings] { return run(*settings); };
  return command;
}

}  // namespace tenantry::api::cli
