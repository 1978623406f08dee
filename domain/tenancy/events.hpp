// What happened to a tenant, complete: applying an event needs nothing but the event and the rows.
//
// Every event is about the tenant whose `id` it holds.
// A published struct never changes; a new version is a new struct and an upcaster (events/catalog/).
#pragma once

#include <string>
#include <variant>

#include "domain/tenancy/entities.hpp"

namespace tenantry::tenancy {

struct TenantCreated {
  TenantId id;
  std::string slug;
  std::string name;
  std::string timezone;
  Metadata metadata;
  int partition = 0;

  bool operator==(const TenantCreated&) const = default;
};

struct TenantRenamed {
  TenantId id;
  std::string name;

  bool operator==(const TenantRenamed&) const = default;
};

struct TenantMetadataChanged {
  TenantId id;
  Metadata metadata;

  bool operator==(const TenantMetadataChanged&) const = default;
};

struct TenantSuspended {
  TenantId id;
  std::string reason;

  bool operator==(const TenantSuspended&) const = default;
};

struct TenantReactivated {
  TenantId id;

  bool operator==(const TenantReactivated&) const = default;
};

struct TenantArchived {
  TenantId id;
  std::string reason;

  bool operator==(const TenantArchived&) const = default;
};

using Event = std::variant<TenantCreated, TenantRenamed, TenantMetadataChanged, TenantSuspended, TenantReactivated,
                           TenantArchived>;

}  // namespace tenantry::tenancy
