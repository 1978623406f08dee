// Copying a log from one backend to another, record by record, bytes unchanged.
//
// copy_log() fills `to`, whose partitions must be as many and empty, with everything that `from` holds. Both nodes have
// their log open alone (Node::open_log), and nobody else writes to either. The platform's register is copied last, so a
// copy that was cut short has no tenants and is not mistaken for a whole one; it is made again from nothing.
// digests_in() is what shows that two nodes' tables are equal. Errors are sentences for a person. One thread.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>

#include "api/node/node.hpp"
#include "projections/digest.hpp"

namespace tenantry::api::cli {

using OnCopied = std::function<void(events::Position copied, events::Position all)>;

// The number of records copied.
std::expected<std::uint64_t, std::string> copy_log(Node& from, Node& to, const OnCopied& on_copied);

// The vaults' entries as they are sealed, to a vault that has none of them under another meaning; done again, it adds
// nothing. The number of entries.
std::expected<std::uint64_t, std::string> copy_vault(const events::Vault& from, events::Vault& to);

// By slug; the platform's register is "(platform)".
std::expected<std::map<std::string, projections::TenantDigest>, std::string> digests_in(Node& node);
bool are_equal(const projections::TenantDigest& one, const projections::TenantDigest& other);

}  // namespace tenantry::api::cli
