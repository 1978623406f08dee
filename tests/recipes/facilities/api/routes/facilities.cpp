#include "api/routes/resource.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "domain/facilities/commands.hpp"

namespace tenantry::api {

template <>
std::vector<Route> routes_of<facilities::Context>() {
  using namespace facilities;
  return resource<Room>({creates<AddRoom>("Add a room"), does<CloseRoom>("close", "Close a room")});
}

}  // namespace tenantry::api
