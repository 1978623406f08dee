#include "projections/head.hpp"

#include <bit>
#include <cstring>

#include "projections/keys.hpp"

namespace tenantry::projections {
namespace {

constexpr char format = 2;
constexpr std::size_t fixed_bytes = 33;

}  // namespace

std::string write_head(const Head& head) {
  std::string row;
  row.reserve(fixed_bytes + head.audit.subtrees.size() * sizeof(Sha256));
  row += format;
  append_number(row, head.sequence);
  append_number(row, head.answers_first);
  append_number(row, head.answers_next);
  append_number(row, static_cast<std::uint64_t>(head.last_time.unix_ms));
  for (const Sha256& subtree : head.audit.subtrees) row += events::bytes_of(subtree);
  return row;
}

Head read_head(std::string_view row) {
  if (row.size() < fixed_bytes || row[0] != format) throw DamagedRows("a tenant's head row has another format");
  Head head{.sequence = read_number(row.substr(1)),
            .answers_first = read_number(row.substr(9)),
            .answers_next = read_number(row.substr(17)),
            .last_time = {static_cast<std::int64_t>(read_number(row.substr(25)))},
            .audit = {}};
  head.audit.leaves = head.sequence;
  head.audit.subtrees.resize(static_cast<std::size_t>(std::popcount(head.sequence)));
  std::string_view hashes = row.substr(fixed_bytes);
  if (hashes.size() != head.audit.subtrees.size() * sizeof(Sha256)) {
    throw DamagedRows("a tenant's head row does not hold the audit tree of its events");
  }
  if (!hashes.empty()) std::memcpy(head.audit.subtrees.data(), hashes.data(), hashes.size());
  return head;
}

}  // namespace tenantry::projections
