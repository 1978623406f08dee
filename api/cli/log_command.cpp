#include <filesystem>
#include <iostream>

#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/log_copy.hpp"
#include "api/cli/preflight.hpp"
#include "api/cli/progress_bar.hpp"
#include "api/cli/token_settings.hpp"

namespace tenantry::api::cli {
namespace {

constexpr const char* footer =
    R"(Copies the log of one data folder into another folder's, from the embedded log to Kafka or back, makes the tables
there, and compares the digests of both sides: they are equal, or the copy failed. What the vault holds goes along, sealed,
if its root keys are there; the copy is opened with the same. The log that is copied is not changed;
the server that works on it must be stopped, and the one to copy to must be empty. --kafka-… names Kafka's side.

Examples:
  tenantry log copy --data ./data --into ./node-a --to kafka --kafka-brokers 127.0.0.1:9092
  tenantry log copy --data ./node-a --into ./back --to embedded --kafka-brokers 127.0.0.1:9092)";

struct Settings {
  DataFolder folder;  // its --kafka-… settings are those of the side that is Kafka's
  std::string into;
  std::string to;
  TokenSettings tokens;  // its vault's keys
};

// Where the root keys are, with which both vaults are opened; nothing if they are not there and nobody said where.
std::optional<VaultKeys> keys_of(const Settings& settings) {
  VaultKeys keys = vault_keys(settings.tokens, settings.folder.path, true);
  if (settings.tokens.vault_keys.empty() && !std::filesystem::exists(keys.path)) return std::nullopt;
  return keys;
}

int copy_secrets(Node& source, Node& target) {
  if (source.vault() == nullptr) {
    std::cout << "The vault is not copied: there are no root keys (--vault-keys)." << std::endl;
    return exit_ok;
  }
  auto copied = copy_vault(*source.vault(), *target.vault());
  if (!copied) return fail(copied.error());
  std::cout << grouped(*copied) << " secrets of the vault were copied, sealed" << std::endl;
  return exit_ok;
}

DataFolder source_of(const Settings& settings) {
  DataFolder source = settings.folder;
  source.log = source_of_copy(settings.folder.log, settings.to);
  return source;
}

DataFolder target_of(const Settings& settings) {
  DataFolder target = settings.folder;
  target.path = settings.into;
  target.log = target_of_copy(settings.folder.log, settings.to);
  return target;
}

int compare(Node& source, Node& target) {
  auto before = digests_in(source);
  if (!before) return fail("the tables that were copied: " + before.error());
  auto after = digests_in(target);
  if (!after) return fail("the copy's tables: " + after.error());
  for (const auto& [slug, digest] : *before) {
    auto found = after->find(slug);
    if (found == after->end() || !are_equal(digest, found->second))
      return fail("the copy of tenant " + slug + " differs");
  }
  if (after->size() != before->size()) return fail("the copy has tenants that the original has not");
  std::cout << "The digests of all " << grouped(before->size()) << " tenants are equal on both sides." << std::endl;
  return exit_ok;
}

int run(const Settings& settings) {
  DataFolder from = source_of(settings);
  if (auto wrong = contradiction_in_copy(settings.folder.log)) return fail(*wrong, exit_usage);
  if (auto missing = missing_log(from)) return fail(*missing);
  if (auto who = in_use(from)) return fail(*who + "; stop it first");
  std::error_code ignored;
  if (std::filesystem::equivalent(settings.folder.path, settings.into, ignored)) {
    return fail("--into names the folder that is copied", exit_usage);
  }
  if (auto why = obstacle(Work::reads, from)) return fail(*why);
  DataFolder to = target_of(settings);
  if (auto why = obstacle(Work::writes, to, bytes_in(from.path))) return fail(*why);
  NodeOptions options = node_options(from);
  if (auto why = too_few_descriptors(Work::writes, options)) return fail(*why);
  from.verify = events::Verify::full;
  auto with_vault = [&](const DataFolder& folder) {
    NodeOptions opened = node_options(folder);
    opened.vault_keys = keys_of(settings);
    return opened;
  };
  auto source = Node::open_log(with_vault(from));
  if (!source) return fail(source.error());
  to.partitions = static_cast<int>((*source)->partition_count());
  {
    auto target = Node::open_log(with_vault(to));
    if (!target) return fail(target.error());
    ProgressBar bar("copying", "positions");
    auto copied = copy_log(**source, **target, [&](auto done, auto all) { bar.update(done, all); });
    bar.finish();
    if (!copied) return fail(copied.error());
    if (int code = copy_secrets(**source, **target); code != exit_ok) return code;
    std::cout << grouped(*copied) << " records were copied; comparing the tables made from both logs" << std::endl;
  }
  source->reset();
  from.verify = events::Verify::tail;
  source = open_node(node_options(from));
  if (!source) return fail(source.error());
  auto target = open_node(node_options(to));
  if (!target) return fail(target.error());
  return compare(**source, **target);
}

}  // namespace

Command log_command() {
  auto settings = std::make_shared<Settings>();
  Command copy{.name = "copy", .about = "Copy a log from the embedded backend to Kafka, or back", .footer = footer};
  add_data_setting(copy, settings->folder.path);
  copy.takes({.name = "into",
              .value = &settings->into,
              .about = "the data folder of the copy",
              .from = From::command_line,
              .kind = "FOLDER",
              .is_required = true});
  copy.takes({.name = "to",
              .value = &settings->to,
              .about = "the backend of the copy",
              .from = From::command_line,
              .is_required = true,
              .one_of = backend_names()});
  add_kafka_settings(copy, settings->folder.log);
  add_vault_settings(copy, settings->tokens);
  copy.run = [settings] { return run(*settings); };
  return {.name = "log", .about = "Copy a log to another backend", .commands = {copy}};
}

}  // namespace tenantry::api::cli
