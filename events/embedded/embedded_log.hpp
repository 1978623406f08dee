// EmbeddedLog: the log of one machine, in one RocksDB database. Implements events/log.hpp.
//
// On disk, under the log's folder (all numbers big-endian):
//   LOCK               flock and process id of the one process that has the log open (storage/folder_lock.hpp)
//   records/           a RocksDB database and, beside its files, `end-mark` (events/embedded/end_mark.hpp)
//     family default   "identity" = 32 random hex digits, the same as in the end mark; a note of the vault's
//     family vault     the vault's entries, once one was opened (events/embedded/embedded_vault.hpp)
//     one family per partition, named as Partition::name() says; rows as events/embedded/record_row.hpp says
//   records.creating/  a creation that was interrupted; begun anew by the next open
//
// Positions are dense here: a gap is damage. An append is one synced write, atomic by RocksDB's own framing.
// Opening reads the log without changing a byte first (events/embedded/inspection.hpp) and refuses as `corrupt`,
// naming partition and position, whatever does not hold every append that was answered. A last append that is gone
// whole can be given up by name (LostAppend::accepted) and is said in recovery_notes() then. A log in use, of another
// partition count, or of another maker is `unavailable`.
// An append that fails may still come back when the log is next opened. So a partition whose append ended `unknown`
// erases the doubtful positions, durably, before it appends again or tells its end; while it cannot, append() is
// `rejected` and end() `unavailable`. Writes go on by themselves when space is freed.
// Any thread may call; one append at a time for a partition is also enforced here. Resources outlive the log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "events/log.hpp"
#include "events/log_options.hpp"
#include "events/vault.hpp"

namespace tenantry::storage {
class Resources;
}  // namespace tenantry::storage

namespace tenantry::events::embedded {

struct EmbeddedLogOptions {
  // Used when the log is made, and recorded in it; opening it with another number is refused. 1 to 1,024.
  int tenant_partitions = 4;
  Verify verify = Verify::tail;
  LostAppend lost_append = LostAppend::refused;
  // Free space below which appends are rejected, so that the disk is not filled to where their outcome is unknown;
  // 0 leaves refusing to the device.
  std::uint64_t free_bytes_min = 32u << 20;
  // The most that one append may take.
  std::size_t append_bytes_max = 64u << 20;
};

class EmbeddedLog : public Log {
 public:
  static std::expected<std::unique_ptr<EmbeddedLog>, LogError> open(const std::string& folder,
                                                                    storage::Resources& resources,
                                                                    const EmbeddedLogOptions& options = {});
  ~EmbeddedLog() override;

  std::vector<Partition> partitions() const override;
  std::expected<Appended, LogError> append(Partition partition, const std::vector<std::string>& records) override;
  std::expected<Position, LogError> read(Partition partition, Position from, const RecordVisitor& visit) override;
  std::expected<void, LogError> read_at(Partition partition, const std::vector<Position>& positions,
                                        const RecordVisitor& visit) override;
  std::expected<Position, LogError> end(Partition partition) override;
  std::string identity() const override;

  // What opening had to mend, for people; empty nearly always.
  // What was lost at this opening or an earlier one, until forget_recovery_notes(): whoever keeps tables of this log
  // must make them anew first, and may be killed before that is done.
  const std::vector<std::string>& recovery_notes() const;
  void forget_recovery_notes();
  std::expected<void, LogError> takes_appends() const override;
  std::string first_damage() const override;
  std::optional<storage::DatabaseMetrics> disk_metrics() const override;

  // The vault beside this log, which outlives it; one at a time. No call of the log's needs it.
  std::expected<std::unique_ptr<Vault>, VaultError> open_vault(RootKeys keys, const VaultOptions& options = {});

 private:
  struct Internal;
  explicit EmbeddedLog(std::unique_ptr<Internal> internal);

  std::unique_ptr<Internal> internal_;
};

}  // namespace tenantry::events::embedded
