// Counting: statistics that follow from the entities there are.
//
// Whenever an entity is put, its context's count() is asked what it adds, with by = 1 for what it is now and by = -1
// for what it was before; both see the same Counting. A count that comes out as it was is not written. Statistics that
// are mentioned and are not there yet are made, at zero. One thread at a time; throws what Tables throw.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/kernel/table.hpp"

namespace tenantry::projections {

class Counting {
 public:
  Counting(Tables& tables, TenantId tenant) : tables_(tables), tenant_(tenant) {}

  TenantId tenant() const { return tenant_; }
  Tables& tables() { return tables_; }

  // The statistics under the id, to be added to; valid until the next call.
  template <class Statistics>
  Statistics& of(const Id<Statistics>& id) {
    for (Changed& each : changed_) {
      if (each.id == id.value && each.now.kind() == &kind_of<Statistics>)
        return *static_cast<Statistics*>(each.now.data());
    }
    const auto* found = static_cast<const Statistics*>(tables_.find(kind_of<Statistics>, id.value));
    changed_.push_back({id.value, found != nullptr, Value{found ? *found : Statistics{.id = id}}});
    return *static_cast<Statistics*>(changed_.back().now.data());
  }

  void write() {
    for (Changed& each : changed_) {
      const void* former = each.exists ? tables_.find(*each.now.kind(), each.id) : nullptr;
      if (former != nullptr && each.now.kind()->equal(former, each.now.data())) continue;
      tables_.put(each.id, std::move(each.now));
    }
  }

 private:
  struct Changed {
    Uuid id;
    bool exists;
    Value now;
  };
  Tables& tables_;
  TenantId tenant_;
  std::vector<Changed> changed_;
};

using Count = void (*)(Counting& counting, const void* entity, std::int64_t by);

}  // namespace tenantry::projections
