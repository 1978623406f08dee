#include "api/cli/demo_run.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "api/cli/exit_code.hpp"
#include "api/cli/progress_bar.hpp"
#include "api/demo/load.hpp"
#include "storage/disk_space.hpp"

namespace tenantry::api::cli {
namespace {

using demo::TenantLoad;

std::string mark_of(const Node& node) {
  return node.options().folder + "/demo.unfinished";
}

std::vector<std::string> slugs_of(const std::vector<TenantLoad>& loads) {
  std::vector<std::string> slugs;
  for (const TenantLoad& load : loads) slugs.push_back(load.registration.slug);
  return slugs;
}

demo::LoadOptions options_of(ProgressBar& bar, const ShouldStop& should_stop) {
  demo::LoadOptions options;
  options.on_progress = [&bar](std::uint64_t done, std::uint64_t all) { bar.update(done, all); };
  options.should_stop = should_stop;
  return options;
}

void print_report(const demo::LoadReport& report) {
  std::cout << grouped(report.commands) << " commands made " << grouped(report.events) << " events";
  if (report.events == 0) std::cout << ": all of it was there already";
  std::cout << "\n\n";
}

int print_comparison(const std::vector<demo::TenantCounts>& counts) {
  demo::Comparison comparison = demo::compare_with_published(counts);
  std::cout << comparison.table << '\n';
  if (!comparison.equal) return fail("the counts in the tables differ from the published ones");
  std::cout << "The counts in the tables equal the published ones." << std::endl;
  return exit_ok;
}

}  // namespace

int run_demo(Node& node, const ShouldStop& should_stop) {
  std::vector<TenantLoad> loads = demo::oulad_loads();
  std::vector<std::string> slugs = slugs_of(loads);
  std::ofstream mark(mark_of(node));
  mark << "a demo load began and has not ended; `tenantry demo` finishes it\n";
  mark.close();
  if (!mark) return fail("cannot write " + mark_of(node));
  ProgressBar bar("loading", "commands");
  auto report = demo::load_into(node, std::move(loads), options_of(bar, should_stop));
  bar.finish();
  if (!report) return fail(report.error() + "; loading again goes on from there");
  std::error_code ignored;  // a mark that stays makes the next start load again, which changes nothing
  std::filesystem::remove(mark_of(node), ignored);
  print_report(*report);
  auto counts = demo::counts_in(node, slugs);
  if (!counts) return fail(counts.error());
  return print_comparison(*counts);
}

int run_demo_over_http(const std::string& url, const ShouldStop& should_stop) {
  std::vector<TenantLoad> loads = demo::oulad_loads();
  std::vector<std::string> slugs = slugs_of(loads);
  ProgressBar bar("loading", "commands");
  auto report = demo::load_over_http(url, std::move(loads), options_of(bar, should_stop));
  bar.finish();
  if (!report) return fail(report.error() + "; loading again goes on from there");
  print_report(*report);
  auto counts = demo::counts_over_http(url, slugs);
  if (!counts) return fail(counts.error());
  return print_comparison(*counts);
}

std::expected<bool, std::string> wants_demo(Node& node) {
  if (node.is_empty()) return true;
  auto is_unfinished = storage::is_there(mark_of(node));
  if (!is_unfinished) return std::unexpected(is_unfinished.error().detail);
  return *is_unfinished;
}

}  // namespace tenantry::api::cli
