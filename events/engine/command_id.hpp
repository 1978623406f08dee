// The `commandid` of an event: which command made it, and with which idempotency key.
//
// "k-" + 32 hex digits of the key's hash + "-" + 16 hex digits of the payload's hash, of a command that came with an
// Idempotency-Key. "p-" + 16 hex digits of the instant at which it was due (milliseconds since 1970, two's complement),
// "-" + 32 hex digits of what it is about, "-" + the name of the process manager, of a command that this submitted.
// Else a UUIDv7. Because this is in every event of the command, a replay finds the same stored answers and the same
// work done, and a retry after a crash finds out what became of the first try. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/engine/command.hpp"

namespace tenantry::events::engine {

std::string command_id(const std::optional<IdempotencyKey>& key, const Uuid& fresh);
std::string command_id(const PendingWork& work);
std::optional<IdempotencyKey> key_in_command_id(std::string_view command_id);
std::optional<PendingWork> work_in_command_id(std::string_view command_id);
bool is_process_name(std::string_view name);

// The key and payload of a request, hashed and cut.
IdempotencyKey make_idempotency_key(std::string_view key, std::string_view payload);

}  // namespace tenantry::events::engine
