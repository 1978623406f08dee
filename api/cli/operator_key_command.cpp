#include <iostream>

#include "api/cli/checks.hpp"
#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/preflight.hpp"
#include "api/cli/token_settings.hpp"
#include "api/issuer/issuer.hpp"
#include "api/tenants/gate.hpp"
#include "domain/kernel/platform.hpp"
#include "domain/operators/commands.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::cli {
namespace {

using events::engine::Done;
using events::engine::Outcome;

constexpr std::int64_t day_ms = 86'400'000;

constexpr const char* footer =
    R"text(The server must be stopped, or not have been started yet. The key is printed once; what is kept of it is a hash. It is shown
as a bearer token, may do what operators may, and is revoked at POST /v1/operator-keys/{id}/revoke.

Examples:
  tenantry operator-key --data /srv/tenantry --name Olga > olga.key
  curl -H "Authorization: Bearer $(cat olga.key)" https://school.example/v1/tenants)text";

struct Settings {
  DataFolder folder;
  TokenSettings tokens;
  std::string name;
  int days = 0;
  int partitions = 0;
};

int issue(const Settings& settings, Node& node) {
  Uuid id = events::fresh_id();
  std::optional<Instant> expires_at;
  if (settings.days > 0) expires_at = Instant{Instant::now().unix_ms + settings.days * day_ms};
  auto text = put_service_key(*node.vault(), platform_id, id, expires_at);
  if (!text) return fail("the key cannot be kept: " + text.error().detail);
  Outcome outcome = decide_on_platform(
      node.engine(), Value{operators::IssueOperatorKey{.id = {id}, .name = settings.name, .expires_at = expires_at}});
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) return fail("--" + refusal->field + ": " + refusal->detail);
  if (!std::holds_alternative<Done>(outcome)) return fail("the key cannot be issued");
  if (std::cout << *text << '\n' << std::flush) return exit_ok;
  return fail("the key cannot be printed; issue another one, and revoke " + id.text());
}

// Of a log that nodes share the platform's partition is nobody's yet.
std::expected<void, std::string> serve_platform(Node& node) {
  events::SharedLog* shared = node.shared_log();
  if (shared == nullptr) return {};
  events::Partition platform = events::engine::partition_of(Gate::platform());
  if (auto taken = shared->take(platform); !taken) return std::unexpected(taken.error().detail);
  if (auto served = node.engine().serve(platform); !served) return std::unexpected(served.error().detail);
  return {};
}

int run(Settings settings) {
  if (auto wrong = contradiction_in(settings.folder.log)) return fail(*wrong, exit_usage);
  if (is_shared(settings.folder) && settings.tokens.vault_keys.empty()) {
    return fail("nodes that share a log need --vault-keys, the same on each", exit_usage);
  }
  if (settings.folder.log.node.empty()) settings.folder.log.node = "operator-key";
  if (settings.folder.log.advertise.empty()) settings.folder.log.advertise = "http://127.0.0.1:1";
  if (settings.partitions > 0) settings.folder.partitions = settings.partitions;
  if (auto who = in_use(settings.folder)) return fail(*who + "; stop the server, or ask it at POST /v1/operator-keys");
  NodeOptions options = node_options(settings.folder);
  options.vault_keys = vault_keys(settings.tokens, settings.folder.path, false);  // this is how an installation begins
  if (auto why = obstacle(Work::writes, settings.folder)) return fail(*why);
  if (auto why = too_few_descriptors(Work::writes, options)) return fail(*why);
  auto node = open_node(std::move(options));
  if (!node) return fail(node.error());
  if (auto served = serve_platform(**node); !served) return fail(served.error());
  return issue(settings, **node);
}

}  // namespace

Command operator_key_command() {
  auto settings = std::make_shared<Settings>();
  Command command{.name = "operator-key", .about = "Issue a key for an operator of the platform", .footer = footer};
  add_folder_settings(command, settings->folder);
  add_vault_settings(command, settings->tokens);
  command.takes({.name = "name",
                 .value = &settings->name,
                 .about = "whose key it is, for people",
                 .kind = "TEXT",
                 .is_required = true});
  command.takes(
      {.name = "days", .value = number(settings->days, 0, 36'500), .about = "days until it expires; 0: it does not"});
  command.takes({.name = "partitions",
                 .value = number(settings->partitions, 1, 1024),
                 .about = "partitions of a log that is made now (default " + default_partitions() + ")"});
  command.run = [settings] { return run(*settings); };
  return command;
}

}  // namespace tenantry::api::cli
