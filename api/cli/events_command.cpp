#include <iostream>
#include <limits>

#include "api/cli/checks.hpp"
#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/events_over_http.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/preflight.hpp"
#include "api/cli/tenants.hpp"
#include "api/live/event_filter.hpp"
#include "events/answer_note.hpp"
#include "events/whole_commands.hpp"

namespace tenantry::api::cli {
namespace {

constexpr const char* footer =
    R"(One CloudEvent a line, as JSON. Read from the log in the data folder, or from a running server with --url, which holds
the folder's lock. --type and --subject are exact, or prefixes that end in *.

Examples:
  tenantry events --tenant aaa --limit 3
  tenantry events --tenant aaa --type 'tenantry.roster.student-*'
  tenantry events --tenant aaa --subject 'students/*' --from-sequence 100
  tenantry events --tenant aaa --url http://127.0.0.1:8080 --follow)";

struct Settings {
  DataFolder folder;
  EventChoice choice;
};

// Prints those of one partition that are of whole commands; the number printed, or what went wrong.
std::expected<std::uint64_t, std::string> print_partition(events::Log& log, events::Partition partition,
                                                          const std::optional<TenantId>& tenant,
                                                          const EventChoice& choice, std::uint64_t limit) {
  EventFilter filter{.type = choice.type, .subject = choice.subject, .actor = {}, .from = {}, .to = {}};
  std::uint64_t printed = 0;
  std::string problem;
  events::WholeCommands whole([&](events::Position position, std::string_view bytes) {
    if (events::is_answer_note(bytes)) return true;
    auto record = events::decode_record(bytes);
    if (!record) {
      problem = partition.name() + ", position " + std::to_string(position) + ": " + record.error().field + ' ' +
                record.error().detail;
      return false;
    }
    const auto& attributes = record->attributes;
    if (tenant && attributes.tenant != *tenant) return true;
    if (attributes.sequence < choice.from_sequence || !filter.shows(attributes)) return true;
    std::string line;
    events::append_cloud_event_json(*record, line);
    std::cout << line << '\n';
    return ++printed < limit && std::cout.good();
  });
  auto read = log.read(partition, 0,
                       [&](events::Position position, std::string_view bytes) { return whole.take(position, bytes); });
  if (!read) return std::unexpected(read.error().detail);
  if (!problem.empty()) return std::unexpected(problem);
  return printed;
}

int print_from_log(const Settings& settings) {
  if (auto missing = missing_log(settings.folder)) return fail(*missing);
  if (auto who = in_use(settings.folder)) {
    return fail(*who + ". If that is a server, ask it: tenantry events --tenant " +
                (settings.choice.tenant.empty() ? "SLUG" : settings.choice.tenant) + " --url http://127.0.0.1:8080");
  }
  NodeOptions options = node_options(settings.folder);
  if (auto why = obstacle(Work::reads, settings.folder)) return fail(*why);
  if (auto why = too_few_descriptors(Work::reads, options)) return fail(*why);
  auto node = Node::open_log(std::move(options));
  if (!node) return fail(node.error());
  events::Log& log = (*node)->log();
  std::vector<events::Partition> partitions = log.partitions();
  std::optional<TenantId> only;
  if (!settings.choice.tenant.empty()) {
    auto tenants = all_tenants_in_log(log);
    if (!tenants) return fail(tenants.error());
    auto tenant = tenant_named(*tenants, settings.choice.tenant);
    if (!tenant) return fail(tenant.error());
    only = tenant->tenant;
    partitions = {{events::Stream::tenants, tenant->partition}};
  }
  std::uint64_t left = settings.choice.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  for (events::Partition partition : partitions) {
    if (left == 0) break;
    auto printed = print_partition(log, partition, only, settings.choice, left);
    if (!printed) return fail(printed.error());
    left -= *printed;
  }
  std::cout.flush();
  return exit_ok;
}

int run(const Settings& settings) {
  const EventChoice& choice = settings.choice;
  if (!choice.url.empty()) {
    if (choice.tenant.empty()) return fail("--url needs --tenant: a server shows the events of one tenant", exit_usage);
    return print_events_over_http(choice);
  }
  if (choice.follow) {
    return fail("--follow needs --url: only a running server has new events, and it holds the folder's lock",
                exit_usage);
  }
  return print_from_log(settings);
}

}  // namespace

Command events_command() {
  auto settings = std::make_shared<Settings>();
  EventChoice& choice = settings->choice;
  Command command{.name = "events", .about = "Print events from the log, or follow them", .footer = footer};
  add_data_setting(command, settings->folder.path);
  add_tenant_setting(command, choice.tenant);
  command.takes({.name = "type",
                 .value = &choice.type,
                 .about = "of this type, or with this prefix and *",
                 .from = From::command_line,
                 .kind = "TYPE"});
  command.takes({.name = "subject",
                 .value = &choice.subject,
                 .about = "about this entity, or with this prefix and *",
                 .from = From::command_line,
                 .kind = "SUBJECT"});
  command.takes({.name = "from-sequence",
                 .value = number(choice.from_sequence, 1, 1'000'000'000'000'000'000),
                 .about = "from this sequence number of the tenant on",
                 .from = From::command_line});
  command.takes({.name = "limit",
                 .value = number(choice.limit, 1, 1'000'000'000),
                 .about = "at most so many",
                 .from = From::command_line});
  command.takes({.name = "url",
                 .value = &choice.url,
                 .about = "from the server at this address",
                 .from = From::command_line,
                 .kind = "URL",
                 .wrong_in = wrong_in_url});
  command.takes({.name = "token",
                 .value = &choice.token,
                 .about = "the access token to show it, where it takes one",
                 .kind = "TOKEN"});
  command.takes({.name = "follow",
                 .value = &choice.follow,
                 .about = "go on with new events as they come (with --url)",
                 .from = From::command_line});
  command.run = [settings] { return run(*settings); };
  return command;
}

}  // namespace tenantry::api::cli
