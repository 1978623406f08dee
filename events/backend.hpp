// Log backends, as a program sees them whose user chooses: what each is called, what it can be told, how its log is
// found, opened and described to others. Each folder of a backend has one entry (events/embedded/backend.hpp,
// events/kafka/backend.hpp), and this is the only way to it.
//
// A log belongs to a data folder, in which each backend has one folder of its own. Options must name a backend that
// there is, which whoever reads them from a user sees to. Entries live as long as the program. Any thread.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/log_options.hpp"
#include "events/shared_log.hpp"
#include "events/vault.hpp"

namespace tenantry::storage {
class Resources;
}

namespace tenantry::events {

struct OpenedLog {
  std::unique_ptr<Log> log;
  // The same, if several nodes share it: partitions are then to be taken. Null: this node serves all of it.
  SharedLog* shared = nullptr;
  // What opening had to mend, or had to do without, for people; empty nearly always. Said at every opening until
  // `forget_notes` is called, which whoever keeps tables of the log does when they have been made to agree with it.
  std::vector<std::string> notes = {};
  std::function<void()> forget_notes = [] {};
  // Opens the vault beside this log, which outlives it; one at a time. Null: the backend has none.
  std::function<std::expected<std::unique_ptr<Vault>, VaultError>(RootKeys, const VaultOptions&)> open_vault = {};
};

// What consumers who read the events from topics are told: where these are, and how a record is marked that is none.
struct EventTopics {
  std::string platform;
  std::string tenants;
  std::vector<std::string> servers = {};  // "host:port", of which each knows the others; none: there are no topics yet
  bool is_encrypted = false;
  std::string owner_header;
  std::string note_header;
};

struct Backend {
  std::string_view name;    // "embedded"
  std::string_view kind;    // "an embedded log"
  std::string_view folder;  // the name of its folder in the data folder
  // What is said of a data folder with that folder where another backend was asked for: "holds an embedded log".
  std::string_view found;
  bool is_shared;
  int tenant_partitions;    // of a log that is made, unless the options say otherwise
  std::size_t descriptors;  // that its clients need for each partition, beyond those of the database

  // Whether the data folder holds a log, or a copy, of this backend's. What is wrong with it is for opening to say.
  std::expected<bool, std::string> (*holds_log)(const std::string& data_folder);
  // Partitions of tenants' events, as far as can be told before the log is opened.
  int (*expected_partitions)(const std::string& data_folder, const LogOptions& options);
  std::expected<OpenedLog, LogError> (*open)(const std::string& data_folder, storage::Resources& resources,
                                             const LogOptions& options, const SharedLogCallbacks& callbacks);
  EventTopics (*topics)(const LogOptions& options);  // null: it has none
};

// The first is the one that LogOptions has by default.
const std::vector<Backend>& backends();
// Throws std::invalid_argument if there is none of this name.
const Backend& backend_named(std::string_view name);

// No credentials are told. Throws std::invalid_argument for options with which no log can be opened. Of a backend
// without topics: those that a copy of its log has by default, without servers.
EventTopics event_topics(const LogOptions& options);

}  // namespace tenantry::events
