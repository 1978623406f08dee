// What can be asked of a tenant. Plain values; texts have been checked for length, not for meaning.
#pragma once

#include <string>
#include <variant>

#include "domain/tenancy/entities.hpp"

namespace tenantry::tenancy {

// The second half of a creation: slug and partition are those that the platform's register has granted.
struct CreateTenant {
  TenantId id;
  std::string slug;
  std::string name;
  std::string timezone;
  Metadata metadata;
  int partition = 0;
};

struct RenameTenant {
  TenantId id;
  std::string name;
};

struct ChangeTenantMetadata {
  TenantId id;
  Metadata metadata;
};

struct SuspendTenant {
  TenantId id;
  std::string reason;
};

struct ReactivateTenant {
  TenantId id;
};

struct ArchiveTenant {
  TenantId id;
  std::string reason;
};

using Command =
    std::variant<CreateTenant, RenameTenant, ChangeTenantMetadata, SuspendTenant, ReactivateTenant, ArchiveTenant>;

}  // namespace tenantry::tenancy
