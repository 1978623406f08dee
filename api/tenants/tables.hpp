// Errors of reading a tenant's tables (projections/tenant_reader.hpp), as the problems that they are answered with.
// Pure functions.
#pragma once

#include <type_traits>
#include <utility>

#include "api/request/headers.hpp"
#include "projections/tenant_reader.hpp"

namespace tenantry::api {

Problem problem_of(const storage::StorageError& error);

template <class T>
Checked<T> checked(projections::Read<T> read) {
  if (!read) return std::unexpected(problem_of(read.error()));
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return std::move(*read);
  }
}

}  // namespace tenantry::api
