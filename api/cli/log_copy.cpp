#include "api/cli/log_copy.hpp"

#include <algorithm>
#include <vector>

#include "api/cli/tenants.hpp"
#include "domain/kernel/platform.hpp"

namespace tenantry::api::cli {
namespace {

using events::Partition;
using events::Position;

constexpr std::size_t append_records_max = 1'000;
constexpr std::size_t append_bytes_max = 4u << 20;

template <class Value>
using Result = std::expected<Value, std::string>;

Result<Position> end_of(events::Log& log, Partition partition) {
  auto end = log.end(partition);
  if (!end) return std::unexpected(partition.name() + ": " + end.error().detail);
  return *end;
}

Result<void> check_target(Node& from, Node& to) {
  if (from.log().partitions() != to.log().partitions()) {
    return std::unexpected("the logs have different numbers of partitions");
  }
  for (Partition partition : to.log().partitions()) {
    auto end = end_of(to.log(), partition);
    if (!end) return std::unexpected(end.error());
    if (*end != 0) {
      return std::unexpected("the log to copy to is not empty: partition " + partition.name() + " holds records");
    }
  }
  return {};
}

// What fits one append, from the position on; moves the position.
Result<std::vector<std::string>> next_records(events::Log& log, Partition partition, Position& position) {
  std::vector<std::string> records;
  std::size_t bytes = 0;
  auto read = log.read(partition, position, [&](Position, std::string_view record) {
    records.emplace_back(record);
    bytes += record.size();
    return records.size() < append_records_max && bytes < append_bytes_max;
  });
  if (!read) return std::unexpected(partition.name() + ": " + read.error().detail);
  position = *read;
  return records;
}

Result<std::uint64_t> copy_partition(Node& from, Node& to, Partition partition,
                                     const std::function<void(Position)>& on_position) {
  std::uint64_t count = 0;
  for (Position position = 0;;) {
    auto records = next_records(from.log(), partition, position);
    if (!records) return std::unexpected(records.error());
    if (records->empty()) return count;
    auto appended = to.log().append(partition, *records);
    if (!appended) {
      return std::unexpected(partition.name() + ": " + appended.error().detail +
                             "; what was copied is of no use: remove it and begin again");
    }
    count += records->size();
    on_position(position);
  }
}

// A partition of a shared log is taken for the time of the copy, which keeps every other writer out.
Result<std::uint64_t> take_and_copy(Node& from, Node& to, Partition partition,
                                    const std::function<void(Position)>& on_position) {
  if (to.shared_log() == nullptr) return copy_partition(from, to, partition, on_position);
  auto taken = to.shared_log()->take(partition, events::Taking::copy);
  if (!taken) return std::unexpected(partition.name() + ": " + taken.error().detail);
  auto copied = copy_partition(from, to, partition, on_position);
  to.shared_log()->release(partition);
  return copied;
}

}  // namespace

Result<std::uint64_t> copy_log(Node& from, Node& to, const OnCopied& on_copied) {
  if (auto good = check_target(from, to); !good) return std::unexpected(good.error());
  std::vector<Partition> partitions = from.log().partitions();
  std::ranges::stable_partition(partitions, [](Partition each) { return each.stream != events::Stream::platform; });
  Position all = 0;
  for (Partition partition : partitions) {
    auto end = end_of(from.log(), partition);
    if (!end) return std::unexpected(end.error());
    all += *end;
  }
  std::uint64_t count = 0;
  Position before = 0;
  for (Partition partition : partitions) {
    auto copied = take_and_copy(from, to, partition, [&](Position position) { on_copied(before + position, all); });
    if (!copied) return copied;
    count += *copied;
    before += end_of(from.log(), partition).value_or(0);
  }
  return count;
}

Result<std::uint64_t> copy_vault(const events::Vault& from, events::Vault& to) {
  std::uint64_t count = 0;
  std::vector<events::SealedEntry> of_tenant;
  std::expected<void, events::VaultError> put;
  auto hand_over = [&] {
    if (put && !of_tenant.empty()) put = to.put_sealed(of_tenant);
    count += of_tenant.size();
    of_tenant.clear();
  };
  auto visited = from.visit_sealed([&](const events::SealedEntry& entry) {
    if (!of_tenant.empty() && of_tenant.front().key.tenant != entry.key.tenant) hand_over();
    of_tenant.push_back(entry);
    return put.has_value();
  });
  hand_over();
  if (!visited) return std::unexpected("the vault cannot be read: " + visited.error().detail);
  if (!put) return std::unexpected("the copy's vault does not take the entries: " + put.error().detail);
  return count;
}

Result<std::map<std::string, projections::TenantDigest>> digests_in(Node& node) {
  auto tenants = all_tenants(node);
  if (!tenants) return std::unexpected(tenants.error());
  std::map<std::string, projections::TenantDigest> digests;
  auto add = [&](const std::string& slug, TenantId tenant, Partition partition) -> Result<void> {
    auto digest = projections::digest_tenant(node.state().partition(partition).database(), tenant);
    if (!digest) return std::unexpected(slug + ": " + digest.error().detail);
    digests.emplace(slug, *digest);
    return {};
  };
  if (!tenants->empty()) {
    if (auto added = add("(platform)", platform_id, {events::Stream::platform, 0}); !added) {
      return std::unexpected(added.error());
    }
  }
  for (const auto& tenant : *tenants) {
    auto added = add(tenant.slug, tenant.tenant, {events::Stream::tenants, tenant.partition});
    if (!added) return std::unexpected(added.error());
  }
  return digests;
}

bool are_equal(const projections::TenantDigest& one, const projections::TenantDigest& other) {
  return one.tenant == other.tenant && one.sequence == other.sequence && one.row_count == other.row_count &&
         one.rows == other.rows && one.content == other.content && one.audit_root == other.audit_root;
}

}  // namespace tenantry::api::cli
