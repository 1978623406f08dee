#include "api/routes/resource.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "domain/facilities/commands.hpp"

namespace tenantry::api {

template <>
std::vector<Route> routes_of<facilities::Context>() {
  using namespace facilities;
  return resource<Room>({creates<AddRoom>("Add a room"), does<InspectRoom>("inspect", "Say that a room was looked at"),
                         does<CloseRoom>("close", "Close a room"), does<OpenRoom>("open", "Open a closed room again")});
}

}  // namespace tenantry::api
