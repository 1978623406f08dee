#include "projections/audit_tree.hpp"

namespace tenantry::projections {
namespace {

Sha256 node_hash(const Sha256& left, const Sha256& right) {
  return events::sha256({std::string_view{"\x01", 1}, events::bytes_of(left), events::bytes_of(right)});
}

}  // namespace

Sha256 leaf_hash(std::string_view record_bytes) {
  return events::sha256({std::string_view{"\0", 1}, record_bytes});
}

void AuditFrontier::add(const Sha256& leaf) {
  Sha256 subtree = leaf;
  // Every complete subtree of the size reached merges, as a carry runs through the bits of the count.
  for (std::uint64_t bits = leaves; (bits & 1) != 0; bits >>= 1) {
    subtree = node_hash(subtrees.back(), subtree);
    subtrees.pop_back();
  }
  subtrees.push_back(subtree);
  ++leaves;
}

Sha256 AuditFrontier::root() const {
  if (subtrees.empty()) return events::sha256({});
  Sha256 root = subtrees.back();
  for (auto subtree = subtrees.rbegin() + 1; subtree != subtrees.rend(); ++subtree) root = node_hash(*subtree, root);
  return root;
}

}  // namespace tenantry::projections
