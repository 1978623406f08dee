#include <iomanip>
#include <iostream>

#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/preflight.hpp"
#include "api/cli/tenants.hpp"
#include "domain/kernel/platform.hpp"
#include "projections/digest.hpp"

namespace tenantry::api::cli {
namespace {

constexpr const char* footer =
    R"(A line for each tenant: slug, sequence of its last event, number of rows, and three SHA-256:
  rows     all of its tables, byte for byte: equal before and after a rebuild
  content  what the tables say, without the events' ids and times: equal for two loads of the same commands
  audit    the root of the audit tree over its events
The last line, `all`, is over the lines before it. The platform's own register is the tenant `(platform)`.

Examples:
  tenantry digest > before && tenantry rebuild && tenantry digest | diff before -
  tenantry digest --tenant aaa)";

struct Settings {
  DataFolder folder;
  std::string tenant;
};

struct Named {
  std::string slug;
  TenantId tenant;
  events::Partition partition;
};

std::expected<std::vector<Named>, std::string> choose(Node& node, const std::string& wanted) {
  auto tenants = all_tenants(node);
  if (!tenants) return std::unexpected(tenants.error());
  std::vector<Named> chosen;
  auto add = [&](const directory::Registration& each) {
    chosen.push_back({each.slug, each.tenant, {events::Stream::tenants, each.partition}});
  };
  if (!wanted.empty()) {
    auto tenant = tenant_named(*tenants, wanted);
    if (!tenant) return std::unexpected(tenant.error());
    add(*tenant);
    return chosen;
  }
  if (!tenants->empty()) chosen.push_back({"(platform)", platform_id, {events::Stream::platform, 0}});
  for (const auto& each : *tenants) add(each);
  return chosen;
}

std::string hex_of(const events::Sha256& hash) {
  return events::hex(events::bytes_of(hash));
}

void print_line(const std::string& slug, const std::string& sequence, const std::string& rows,
                const std::string& digests) {
  std::cout << std::left << std::setw(16) << slug << std::right << std::setw(12) << sequence << std::setw(12) << rows
            << "  " << digests << '\n';
}

int run(const Settings& settings) {
  if (auto missing = missing_log(settings.folder)) return fail(*missing);
  if (auto who = in_use(settings.folder)) return fail(*who + "; stop it first");
  NodeOptions options = node_options(settings.folder);
  if (auto why = obstacle(Work::reads, settings.folder)) return fail(*why);
  if (auto why = too_few_descriptors(Work::reads, options)) return fail(*why);
  auto node = open_node(std::move(options));
  if (!node) return fail(node.error());
  auto chosen = choose(**node, settings.tenant);
  if (!chosen) return fail(chosen.error());
  print_line("tenant", "sequence", "rows", "rows / content / audit");
  events::Sha256Stream rows;
  events::Sha256Stream content;
  for (const Named& each : *chosen) {
    auto digest = projections::digest_tenant((*node)->state().partition(each.partition).database(), each.tenant);
    if (!digest) return fail(each.slug + ": " + digest.error().detail);
    std::string texts = hex_of(digest->rows) + ' ' + hex_of(digest->content) + ' ' + hex_of(digest->audit_root);
    print_line(each.slug, std::to_string(digest->sequence), std::to_string(digest->row_count), texts);
    rows.update(each.slug + ' ' + hex_of(digest->rows) + '\n');
    content.update(each.slug + ' ' + hex_of(digest->content) + '\n');
  }
  print_line("all", "", "", hex_of(rows.finish()) + ' ' + hex_of(content.finish()));
  return exit_ok;
}

}  // namespace

Command digest_command() {
  auto settings = std::make_shared<Settings>();
  Command command{.name = "digest", .about = "Print a digest of each tenant's tables", .footer = footer};
  add_folder_settings(command, settings->folder);
  add_tenant_setting(command, settings->tenant);
  command.run = [settings] { return run(*settings); };
  return command;
}

}  // namespace tenantry::api::cli
