// Reading a tenant's rows for answers: TenantStore with its errors turned into problems, and the rows that many
// handlers need. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/request/headers.hpp"
#include "projections/keys.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::api {

Problem problem_of(const storage::StorageError& error);

Checked<std::optional<std::string>> read_row(const storage::TenantStore& store, std::string_view key);
Checked<std::vector<std::optional<std::string>>> read_rows(const storage::TenantStore& store,
                                                           const std::vector<std::string>& keys);
Checked<void> scan_rows(const storage::TenantStore& store, std::string_view prefix, std::string_view start_after,
                        std::size_t limit, const storage::RowVisitor& visit);

// The tenant's sequence up to which its tables have come; 0 if it has none.
Checked<std::uint64_t> read_sequence(const storage::TenantStore& store);
std::uint64_t sequence_in(const std::optional<std::string>& head_row);

}  // namespace tenantry::api
