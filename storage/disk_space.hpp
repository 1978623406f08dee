// What a file system has to say about a folder before anything is made in it, and whether something is there at all.
//
// A folder that does not exist yet is judged by the nearest one above it that does. Room is what an ordinary user may
// still take (f_bavail of statvfs(3)); a quota of the user is not seen here and shows when it is met. Errors are
// sentences that name the path. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/error.hpp"

namespace tenantry::storage {

// True if the path names something, false if nothing is there. Whatever keeps one from telling is an error: no right to
// look, or a file where a folder should be.
Result<bool> is_there(const std::string& path);

Result<std::uint64_t> free_bytes(const std::string& folder);

// Why nothing can be made in the folder by this process, whatever room there is: no right to write, a file system that
// is only read, a file in the folder's place. Nothing if there is no reason.
std::optional<std::string> why_not_writable(const std::string& folder);

// As people read it, rounded down: "4 KiB", "17 MiB".
std::string readable_bytes(std::uint64_t bytes);

}  // namespace tenantry::storage
