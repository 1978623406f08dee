// Making what another process wrote durable.
//
// A process that was killed leaves writes in the system's cache that the next one reads like any others, and that a
// loss of power still takes away. sync_files() waits until every file in the folder, and the folder itself, is on the
// device; files that are there already cost next to nothing. Subfolders are not entered. Any thread; errors name the
// file.
#pragma once

#include <string>

#include "storage/error.hpp"

namespace tenantry::storage {

Result<void> sync_files(const std::string& folder);
// One file, or the names in one folder. `no_space` if that is why.
Result<void> sync_path(const std::string& path);

}  // namespace tenantry::storage
