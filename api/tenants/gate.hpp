// The gate: from what a request says to the right to touch one tenant's data. Nothing else makes a TenantScope.
//
// A tenant is named by its slug or its id in X-Tenant, or by its slug as the first label of the Host, if the rest is
// one of the base domains ("school.localhost"). Both may be given and must then agree. Neither case counts, which a
// slug does not have, nor one dot at the end of a host or a slug, which makes a name absolute. Tenants are looked up in
// the platform's own register; a registration never changes, so a bounded number of them is remembered. find() and
// platform() ask no one: they are for code that has established that it acts as an operator (the routes of the
// platform, the command line). Any thread. The StateStore outlives the gate. Errors are problems, ready to be answered.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/request/headers.hpp"
#include "api/tenants/generations.hpp"
#include "domain/directory/entities.hpp"
#include "domain/kernel/tenant_scope.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

struct GateOptions {
  std::vector<std::string> base_domains = {"localhost"};
  std::size_t remembered_tenants_max = 20'000;
};

class Gate {
 public:
  explicit Gate(const projections::StateStore& state, GateOptions options = {});

  Checked<TenantScope> resolve(const http::Request& request) const;
  // Whether the request's head names any tenant, which resolve() then finds or refuses.
  bool names_tenant(const http::Request& request) const;
  // The tenant of the caller's token, whatever else names it: the path ({id}), X-Tenant, the host. Each of these that
  // is there must name that one; if not, or if it does not exist, the answer is the same whatever there is under
  // another name, and nothing is looked up under it.
  Checked<TenantScope> resolve_own(const http::Request& request, const Uuid& own, std::string_view path_id) const;
  // The tenant with this slug or id.
  Checked<TenantScope> find(std::string_view slug_or_id) const;
  static TenantScope platform();
  // The scope of a tenant just read from the register.
  static TenantScope scope_of(const directory::Registration& registration);
  // The scope of a tenant, or of the platform, just found in this partition's tables.
  static TenantScope scope_in(events::Partition partition, TenantId tenant);

  // The slug in a Host header, if it is one of a base domain's: "school" in "School.localhost:8080".
  std::optional<std::string> slug_in_host(std::string_view host) const;

 private:
  struct Known {
    TenantScope scope;
    std::string slug;
  };
  Checked<std::optional<Known>> look_up(std::string_view slug_or_id) const;
  std::optional<Known> remembered(const std::string& name) const;
  void remember(const std::string& name, Known known) const;

  const projections::StateStore& state_;
  GateOptions options_;
  mutable SharedMutex mutex_;
  mutable Generations<std::string, Known> remembered_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
