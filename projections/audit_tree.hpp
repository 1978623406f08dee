// The audit tree: a Merkle tree over a tenant's events in order (RFC 9162, section 2.1, with SHA-256).
//
// A leaf is SHA-256(0x00 | canonical bytes of the record); a node is SHA-256(0x01 | left | right). The frontier keeps
// only the roots of the complete subtrees, one for each bit set in the number of leaves, largest first: enough to add a
// leaf and to tell the root. Plain value; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "events/identifiers.hpp"

namespace tenantry::projections {

using events::Sha256;

Sha256 leaf_hash(std::string_view record_bytes);

struct AuditFrontier {
  std::uint64_t leaves = 0;
  std::vector<Sha256> subtrees;

  void add(const Sha256& leaf);
  // The root of the tree; of no leaves, the hash of nothing.
  Sha256 root() const;
  bool operator==(const AuditFrontier&) const = default;
};

}  // namespace tenantry::projections
