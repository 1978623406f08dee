// The plan: what becomes of a request that may be let in, decided from what is known about it. Dispatch gathers the
// facts and follows the plan.
//
// Every node answers as the owner of the tenant's partition would: a command goes to the owner; a read is answered
// where it lands, once this node's tables are as far as the log, or as far as the request asks. A node that does not
// serve the register may not have heard of a tenant that another node has just answered for, so it says that a tenant
// is unknown only when its register is current.
// Plain values and pure functions; any thread. A route outlives the facts that name it.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "api/exchange/route.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/log.hpp"

namespace tenantry::api {

// What is known of this node's copy of the platform's register.
enum class Register { as_it_is, current };

struct Facts {
  const Route* route = nullptr;
  Register known = Register::as_it_is;
  // The one that the request names, nothing where a route is about none, or why there is none to be found.
  Checked<std::optional<TenantScope>> tenant = std::optional<TenantScope>{};
  // The sequence that the tenant's tables must have reached, if the request names one.
  Checked<std::optional<std::uint64_t>> position = std::optional<std::uint64_t>{};
  // What the route objects to without looking at tables (Route::check), if it was asked.
  Checked<void> checked = {};
  // What the caller may do is for the tenant's rows to say: a copy of them that is behind would say it too late,
  // whatever position the request is content with.
  bool is_judged_by_rows = false;
  // Of the partitions that the request is about those that this node does not serve; none where it is alone.
  std::vector<events::Partition> elsewhere = {};
};

struct Refuse {
  Problem problem;
};

struct ServeHere {
  std::optional<TenantScope> tenant;
  std::uint64_t at_least = 0;  // a sequence that the tenant's tables have reached
};

struct WaitPosition {  // then it is served
  TenantScope tenant;
  std::uint64_t sequence;
};

struct WaitCurrent {
  std::vector<events::Partition> partitions;
  std::optional<ServeHere> then;  // without it the tenant is looked for again
};

struct PassOn {
  events::Partition partition;
  ServeHere here;  // if the partition comes to this node meanwhile
};

using Plan = std::variant<Refuse, ServeHere, WaitPosition, WaitCurrent, PassOn>;

Plan plan_of(Facts facts);

// Whether the engine decides it, so that only the partition's owner can do it.
bool is_command(const Route& route);

// The partitions that must be served here, or be current, for the request to be answered here; `all` are the log's. One
// that names an unknown tenant is about the register.
std::vector<events::Partition> partitions_about(const Route& route, const Checked<std::optional<TenantScope>>& tenant,
                                                const std::vector<events::Partition>& all);

// Whether a tenant of this status is served, by a route of this reach, to an operator or to others.
Checked<void> check_status(Reach reach, tenancy::TenantStatus status, bool is_operator);

}  // namespace tenantry::api
