// What can be known before a data folder is opened, so that a start that cannot succeed fails with a sentence and
// leaves everything as it was: room on the disk, the right to write, descriptors, the port.
//
// Commands that only read the log and its tables need room for no more than opening takes, and try: what is missing
// then is said by whoever meets it. The answers are sentences for a person; nothing if there is no obstacle. Nothing is
// made or changed. Before threads are started.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "api/cli/data_folder.hpp"

namespace tenantry::api::cli {

enum class Work {
  reads,   // events, digest
  serves,  // serve: the room that a new log needs, or what opening one takes; requests are refused for want of more
  writes   // demo, rebuild, a copy
};

// `more_bytes`: what the work is known to need beyond what any does.
std::optional<std::string> obstacle(Work work, const DataFolder& folder, std::uint64_t more_bytes = 0);

// For a server with the folder's partitions; sets out in `options` how many the databases may use.
std::optional<std::string> too_few_descriptors(Work work, NodeOptions& options);

// Whether a server could listen there now. `address`: of IPv4, or of IPv6 in brackets.
std::optional<std::string> cannot_listen(const std::string& address, std::uint16_t port);

// Of the folder and all that is in it, as far as it can be read; 0 if it is not there.
std::uint64_t bytes_in(const std::string& folder);

}  // namespace tenantry::api::cli
