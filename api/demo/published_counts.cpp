#include "api/demo/published_counts.hpp"

#include <iomanip>
#include <numeric>
#include <sstream>

namespace tenantry::api::demo {
namespace {

using projections::TenantStatistics;

void write_line(std::ostream& out, std::string_view name, const std::vector<std::string>& values) {
  out << std::left << std::setw(11) << name << std::right;
  for (const std::string& value : values) out << std::setw(15) << value;
  out << '\n';
}

std::vector<std::string> texts_of(std::initializer_list<std::uint64_t> numbers) {
  std::vector<std::string> texts;
  for (std::uint64_t number : numbers) texts.push_back(std::to_string(number));
  return texts;
}

void write_counts(std::ostream& out, std::string_view name, const TenantStatistics& counts) {
  write_line(out, name,
             texts_of({counts.registrations, counts.passed, counts.distinctions, counts.failed, counts.withdrawn,
                       counts.results}));
}

void add(TenantStatistics& sum, const TenantStatistics& counts) {
  sum.registrations += counts.registrations;
  sum.passed += counts.passed;
  sum.distinctions += counts.distinctions;
  sum.failed += counts.failed;
  sum.withdrawn += counts.withdrawn;
  sum.results += counts.results;
}

TenantStatistics published_sums() {
  TenantStatistics sums;
  for (const auto& published : published_registrations) sums.registrations += published.count;
  sums.passed = published_passed;
  sums.distinctions = published_distinctions;
  sums.failed = published_failed;
  sums.withdrawn = published_withdrawn;
  return sums;
}

bool same_outcomes(const TenantStatistics& a, const TenantStatistics& b) {
  return a.registrations == b.registrations && a.passed == b.passed && a.distinctions == b.distinctions &&
         a.failed == b.failed && a.withdrawn == b.withdrawn;
}

bool has_registrations(const std::vector<TenantCounts>& counts, const PublishedRegistrations& published) {
  for (const TenantCounts& each : counts) {
    if (each.slug == published.slug) return each.statistics.registrations == published.count;
  }
  return false;
}

}  // namespace

Comparison compare_with_published(const std::vector<TenantCounts>& counts) {
  std::ostringstream out;
  write_line(out, "tenant", {"registrations", "pass", "distinction", "fail", "withdrawn", "results"});
  TenantStatistics sum;
  for (const TenantCounts& each : counts) {
    write_counts(out, each.slug, each.statistics);
    add(sum, each.statistics);
  }
  write_counts(out, "together", sum);
  TenantStatistics published = published_sums();
  auto values = texts_of(
      {published.registrations, published.passed, published.distinctions, published.failed, published.withdrawn});
  values.push_back("-");
  write_line(out, "published", values);
  bool equal = same_outcomes(sum, published);
  for (const auto& each : published_registrations) {
    if (has_registrations(counts, each)) continue;
    equal = false;
    out << "published for " << each.slug << ": " << each.count << " registrations\n";
  }
  return {out.str(), equal};
}

}  // namespace tenantry::api::demo
