// The `commandid` of an event: which command made it, and with which idempotency key.
//
// "k-" + 32 hex digits of the key's hash + "-" + 16 hex digits of the payload's hash, when the command came with an
// Idempotency-Key; else a UUIDv7. Because the key is in every event of the command, a replay finds the same stored
// answers, and a retry after a crash finds out what became of the first try.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/engine/command.hpp"

namespace tenantry::events::engine {

std::string command_id(const std::optional<IdempotencyKey>& key, const Uuid& fresh);
std::optional<IdempotencyKey> key_in_command_id(std::string_view command_id);

// The key and payload of a request, hashed and cut.
IdempotencyKey make_idempotency_key(std::string_view key, std::string_view payload);

}  // namespace tenantry::events::engine
