#include "api/tenants/tables.hpp"

#include "projections/head.hpp"

namespace tenantry::api {
namespace {

template <class T>
Checked<T> checked(storage::Result<T> result) {
  if (!result) return std::unexpected(problem_of(result.error()));
  if constexpr (std::is_void_v<T>)
    return {};
  else
    return std::move(*result);
}

}  // namespace

Problem problem_of(const storage::StorageError& error) {
  return problem_of(Fault::tables_unreadable, "", error.detail);
}

Checked<std::optional<std::string>> read_row(const storage::TenantStore& store, std::string_view key) {
  return checked(store.get(key));
}

Checked<std::vector<std::optional<std::string>>> read_rows(const storage::TenantStore& store,
                                                           const std::vector<std::string>& keys) {
  return checked(store.multi_get(keys));
}

Checked<void> scan_rows(const storage::TenantStore& store, std::string_view prefix, std::string_view start_after,
                        std::size_t limit, const storage::RowVisitor& visit) {
  return checked(store.scan(prefix, start_after, limit, visit));
}

Checked<std::uint64_t> read_sequence(const storage::TenantStore& store) {
  auto row = read_row(store, projections::head_key());
  if (!row) return std::unexpected(std::move(row.error()));
  return sequence_in(*row);
}

std::uint64_t sequence_in(const std::optional<std::string>& head_row) {
  return head_row ? projections::read_head(*head_row).sequence : 0;
}

}  // namespace tenantry::api
