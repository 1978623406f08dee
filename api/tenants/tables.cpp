#include "api/tenants/tables.hpp"

namespace tenantry::api {

Problem problem_of(const storage::StorageError& error) {
  return problem_of(Fault::tables_unreadable, "", error.detail);
}

}  // namespace tenantry::api
