// What belongs to a parent: the classes of a term, the results of an assessment. A port like those of table.hpp.
//
// Membership is for ever: events only ever add to it. each() shows what every earlier event of the tenant added, those
// of the same batch included, in no order, some perhaps twice. It costs as much as there are members, so rules ask it
// only when a correction makes it necessary. One thread at a time (the partition's writer).
#pragma once

#include <functional>

#include "domain/kernel/id.hpp"

namespace tenantry {

template <class Parent, class Child>
class Members {
 public:
  // Answers false to stop.
  using Visitor = std::function<bool(const Id<Child>& child)>;

  virtual ~Members() = default;
  virtual void add(const Id<Parent>& parent, const Id<Child>& child) = 0;
  virtual void each(const Id<Parent>& parent, const Visitor& visit) = 0;
};

}  // namespace tenantry
