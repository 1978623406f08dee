#include "events/vault/metrics.hpp"

namespace tenantry::events {

VaultMetrics copy_of(const VaultCounters& counters) {
  return {.written = counters.written,
          .repeated = counters.repeated,
          .read = counters.read,
          .erased = counters.erased,
          .swept = counters.swept,
          .resealed = counters.resealed,
          .conflicts = counters.conflicts,
          .full = counters.full,
          .altered = counters.altered,
          .missing_keys = counters.missing_keys,
          .purge_failures = counters.purge_failures};
}

// The members are taken apart, so that one that is added does not compile until it has a name here.
Figures figures_of(const VaultMetrics& metrics) {
  const auto& [written, repeated, read, erased, swept, resealed, conflicts, full, altered, missing_keys,
               purge_failures] = metrics;
  Figures all{.prefix = "tenantry_vault", .figures = {}};
  auto counter = [&](const char* name, const char* about, std::uint64_t count) {
    all.figures.push_back({.kind = Figure::Kind::counter, .name = name, .about = about, .count = count});
  };
  counter("_entries_written_total", "Entries written to the vault, copied ones included", written);
  counter("_repeated_writes_total", "Writes of entries that were there with the same meaning", repeated);
  counter("_entries_read_total", "Entries opened", read);
  counter("_entries_erased_total", "Entries erased by name", erased);
  counter("_entries_swept_total", "Entries erased because no row named them", swept);
  counter("_entries_resealed_total", "Entries sealed anew under the current root key", resealed);
  counter("_conflicts_total", "Writes refused because the entry was there with another meaning", conflicts);
  counter("_full_total", "Writes refused because the tenant had as many entries as it may", full);
  counter("_altered_total", "Reads of stored values that are not what was sealed there", altered);
  counter("_missing_root_keys_total", "Reads of stored values whose root key is missing", missing_keys);
  counter("_purge_failures_total", "Erasures whose bytes could not yet be removed from the files", purge_failures);
  return all;
}

}  // namespace tenantry::events
