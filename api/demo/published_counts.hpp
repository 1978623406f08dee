// What the demo's source says it holds, to be compared with what the tables say after a load.
//
// From the module table of Kuzilek, Hlosta, Zdrahal, Sci. Data 4:170171 (2017); see api/demo/data/README.md.
// Plain values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "projections/roster/statistics.hpp"

namespace tenantry::api::demo {

struct PublishedRegistrations {
  std::string_view slug;
  std::uint64_t count;
};

inline constexpr std::array<PublishedRegistrations, 7> published_registrations = {
    {{"aaa", 748}, {"bbb", 7'909}, {"ccc", 4'434}, {"ddd", 6'272}, {"eee", 2'934}, {"fff", 7'762}, {"ggg", 2'534}}};
inline constexpr std::uint64_t published_passed = 12'361;
inline constexpr std::uint64_t published_distinctions = 3'024;
inline constexpr std::uint64_t published_failed = 7'052;
inline constexpr std::uint64_t published_withdrawn = 10'156;

// A tenant's counts as its tables have them.
struct TenantCounts {
  std::string slug;
  projections::TenantStatistics statistics;
};

struct Comparison {
  std::string table;  // for people: a line for each tenant, the sums, and the published counts
  bool equal = false;
};

Comparison compare_with_published(const std::vector<TenantCounts>& counts);

}  // namespace tenantry::api::demo
