// The data folder of a command that opens it itself, and the log that goes with it, in the folder or shared by several
// nodes. Finding the log that is there, and saying what is in the way.
//
// A log's number of partitions is fixed when it is made; it is taken from the log that is there unless the caller
// insists on a number, so that only creation needs it. Errors are sentences for a person. Any thread.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/cli/log_settings.hpp"
#include "api/node/node.hpp"

namespace tenantry::api::cli {

struct DataFolder {
  std::string path = "data";
  LogSettings log{};
  std::optional<int> partitions{};
  events::Verify verify = events::Verify::tail;
  events::LostAppend lost_append = events::LostAppend::refused;
};

// --data.
void add_data_setting(Command& command, std::string& path);
// --data, --log and what belongs to it.
void add_folder_settings(Command& command, DataFolder& folder);
// --tenant: of one tenant alone.
void add_tenant_setting(Command& command, std::string& tenant);
// Whether several nodes share the log.
inline bool is_shared(const DataFolder& folder) {
  return backend_of(folder.log).is_shared;
}

NodeOptions node_options(const DataFolder& folder);
// Node::open() for a command: what had to be recovered or made anew is said on standard error.
std::expected<std::unique_ptr<Node>, std::string> open_node(NodeOptions options);
// The error of a command that only works on a log that is there; nothing if it is.
std::optional<std::string> missing_log(const DataFolder& folder);
// If another process has the folder: who, in a sentence. Makes nothing.
std::optional<std::string> in_use(const DataFolder& folder);

}  // namespace tenantry::api::cli
