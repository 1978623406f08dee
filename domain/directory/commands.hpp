// What can be asked of the platform's register. Plain values; texts have been checked for length, not for meaning.
#pragma once

#include <string>
#include <variant>

#include "domain/kernel/id.hpp"
#include "domain/kernel/metadata.hpp"

namespace tenantry::directory {

struct RegisterTenant {
  TenantId tenant;
  std::string slug;
  std::string name;
  std::string timezone;
  Metadata metadata;
  int partitions = 1;  // of the stream that holds the tenants' events; set by the platform, not by the caller
};

using Command = std::variant<RegisterTenant>;

}  // namespace tenantry::directory
