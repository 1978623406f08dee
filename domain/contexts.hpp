// The contexts of the product, each a folder in every layer. To add one: its tag here, and what no layer may forget
// then: each layer calls, for every tag, functions that the context's own units define, and does not link without them.
//
//   domain/{context}/refusals.cpp               refusals_of<Context>()
//   events/catalog/{context}/catalog.cpp        catalog_of<Context>()
//   projections/{context}/rulebook.cpp          rulebook_of<Context>()
//   api/routes/{context}.cpp                    routes_of<Context>()
//
// The tags are never defined. Contexts may hold ids of another's entities; which may see which is held by tests/check.
#pragma once

#include <tuple>
#include <vector>

#include "domain/kernel/refusal.hpp"

namespace tenantry {

namespace directory {
struct Context;
}
namespace tenancy {
struct Context;
}
namespace roster {
struct Context;
}
namespace access {
struct Context;
}
namespace operators {
struct Context;
}

// Everything that the context's rules refuse.
template <class Context>
std::vector<RefusalType> refusals_of();

using Contexts = std::tuple<directory::Context, tenancy::Context, roster::Context, access::Context, operators::Context>;

// Calls visit.operator()<Context>() for each.
template <class Visit>
void for_each_context(Visit&& visit) {
  [&]<class... Context>(const std::tuple<Context...>*) {
    (visit.template operator()<Context>(), ...);
  }(static_cast<const Contexts*>(nullptr));
}

}  // namespace tenantry
