#include "api/cli/data_folder.hpp"

#include <iostream>

#include "api/cli/checks.hpp"
#include "storage/disk_space.hpp"

namespace tenantry::api::cli {

void add_data_setting(Command& command, std::string& path) {
  command.takes({.name = "data", .value = &path, .about = "the data folder", .kind = "FOLDER", .shows_default = true});
}

void add_tenant_setting(Command& command, std::string& tenant) {
  command.takes({.name = "tenant",
                 .value = &tenant,
                 .about = "of this tenant alone (slug or id)",
                 .from = From::command_line,
                 .kind = "TENANT",
                 .wrong_in = wrong_in_tenant});
}

void add_folder_settings(Command& command, DataFolder& folder) {
  add_data_setting(command, folder.path);
  add_log_settings(command, folder.log);
}

NodeOptions node_options(const DataFolder& folder) {
  NodeOptions options{.folder = folder.path, .resources = {}, .log = log_options(folder.log), .engine = {}};
  options.log.tenant_partitions = folder.partitions.value_or(0);
  options.log.verify = folder.verify;
  options.log.lost_append = folder.lost_append;
  return options;
}

std::expected<std::unique_ptr<Node>, std::string> open_node(NodeOptions options) {
  auto node = Node::open(std::move(options));
  if (!node) return node;
  for (const std::string& note : (*node)->notes()) std::cerr << "tenantry: " << note << '\n';
  return node;
}

std::optional<std::string> missing_log(const DataFolder& folder) {
  if (auto wrong = contradiction_in(folder.log)) return wrong;
  if (is_shared(folder)) return std::nullopt;
  const events::Backend& backend = backend_of(folder.log);
  auto holds = backend.holds_log(folder.path);
  if (!holds) return holds.error();
  if (*holds) return std::nullopt;
  if (auto lost = lost_log(folder.path, backend)) return lost;
  return "there is no log in " + folder.path + "; `tenantry serve` and `tenantry demo` make one";
}

std::optional<std::string> in_use(const DataFolder& folder) {
  // Without the file nobody has it, and asking for it would make one. Why it cannot be told is for opening it to say.
  if (!storage::is_there(folder.path + "/LOCK").value_or(false)) return std::nullopt;
  auto lock = storage::FolderLock::acquire(folder.path);
  if (lock || lock.error().kind != storage::StorageError::Kind::locked) return std::nullopt;
  return lock.error().detail;
}

}  // namespace tenantry::api::cli
