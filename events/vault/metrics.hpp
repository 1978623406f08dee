// What a vault counts since it was opened. VaultCounters is written by whichever thread calls the vault; VaultMetrics
// is a copy.
#pragma once

#include <atomic>
#include <cstdint>

#include "events/shared_log.hpp"

namespace tenantry::events {

struct VaultCounters {
  std::atomic<std::uint64_t> written{0};
  std::atomic<std::uint64_t> repeated{0};
  std::atomic<std::uint64_t> read{0};
  std::atomic<std::uint64_t> erased{0};
  std::atomic<std::uint64_t> swept{0};
  std::atomic<std::uint64_t> resealed{0};
  std::atomic<std::uint64_t> conflicts{0};
  std::atomic<std::uint64_t> full{0};
  std::atomic<std::uint64_t> altered{0};
  std::atomic<std::uint64_t> missing_keys{0};
  std::atomic<std::uint64_t> purge_failures{0};
};

struct VaultMetrics {
  std::uint64_t written;         // entries, copied ones included
  std::uint64_t repeated;        // that were there already with the same meaning
  std::uint64_t read;            // opened and given out
  std::uint64_t erased;          // by name
  std::uint64_t swept;           // because no row named them
  std::uint64_t resealed;        // under another root key
  std::uint64_t conflicts;       // refused: the entry was there with another meaning
  std::uint64_t full;            // refused: the tenant had as many as it may
  std::uint64_t altered;         // stored values that are not what was sealed there
  std::uint64_t missing_keys;    // stored values whose root key is missing
  std::uint64_t purge_failures;  // erasures whose bytes could not yet be removed from the files
};

VaultMetrics copy_of(const VaultCounters& counters);
// Every member is in one of them.
Figures figures_of(const VaultMetrics& metrics);

}  // namespace tenantry::events
