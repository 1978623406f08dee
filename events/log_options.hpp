// How a log is opened, whichever backend it has. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace tenantry::events {

enum class Verify {
  tail,  // what the write-ahead log gave back, and the last append of each partition
  full   // every record
};

// What becomes of a log whose last append of a partition, which was answered, is gone whole: a disk that loses what it
// said it had kept does that, and so does whoever cuts a file.
enum class LostAppend { refused, accepted };

struct LogOptions {
  std::string backend = "embedded";  // by its name (events/backend.hpp)
  // Partitions of tenants' events: used when the log is made; opening it with another number is refused. 1 to 1,024;
  // 0 for as many as there are, and the backend's own number when it is made.
  int tenant_partitions = 0;

  // Of a log whose only copy is on this machine; others have no use for them.
  Verify verify = Verify::tail;
  LostAppend lost_append = LostAppend::refused;
  // Free space below which appends are rejected, so that the disk is not filled to where their outcome is unknown;
  // 0 leaves refusing to the device.
  std::uint64_t free_bytes_min = 32u << 20;

  // Of a log that several nodes share: this node's name, and the address at which the others reach it.
  std::string node;
  std::string address;

  // What this backend alone has, by the names that its entry gives them.
  std::multimap<std::string, std::string> own;
};

}  // namespace tenantry::events
