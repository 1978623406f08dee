// What happened in the platform's register, complete: applying an event needs nothing but the event and the rows.
//
// subject() is the entity whose history an event belongs to.
// A published struct never changes; a new version is a new struct and an upcaster (events/catalog/).
#pragma once

#include <string>
#include <variant>

#include "domain/directory/entities.hpp"
#include "domain/kernel/subject.hpp"

namespace tenantry::directory {

struct TenantRegistered {
  TenantId tenant;
  std::string slug;
  std::string name;
  std::string timezone;
  Metadata metadata;
  int partition = 0;

  bool operator==(const TenantRegistered&) const = default;
};

using Event = std::variant<TenantRegistered>;

inline Subject subject(const TenantRegistered& event) {
  return subject_of(registration_of(event.tenant));
}

}  // namespace tenantry::directory
