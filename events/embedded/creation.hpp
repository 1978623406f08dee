// Making a new embedded log, and telling a folder that holds one from a folder that holds something else.
// The caller holds the folder's lock. A creation that is interrupted leaves nothing that looks like a log.
#pragma once

#include <string>
#include <vector>

#include "events/log.hpp"

namespace tenantry::storage {
class Resources;
}

namespace tenantry::events::embedded {

// Where the parts of a log in `folder` are.
struct LogPaths {
  explicit LogPaths(const std::string& folder)
      : folder(folder),
        records(folder + "/records"),
        creating(folder + "/records.creating"),
        end_mark(records + "/end-mark"),
        recovery_notes(records + "/recovery-notes") {}

  std::string folder;
  std::string records;
  std::string creating;
  std::string end_mark;
  std::string recovery_notes;  // lines of text, while they are of use (embedded_log.hpp)
};

// platform-0, then events-0 and on: the order of slots in the end mark.
std::vector<Partition> partitions_of(int tenant_partitions);

// True if the folder holds a log, false if it is empty and one may be made; an error for anything else.
std::expected<bool, LogError> holds_log(const LogPaths& paths);
// Makes an empty log, whole and synced, or nothing.
std::expected<void, LogError> create_log(const LogPaths& paths, storage::Resources& resources, int tenant_partitions);

}  // namespace tenantry::events::embedded
