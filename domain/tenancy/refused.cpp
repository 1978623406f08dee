#include "domain/tenancy/rules.hpp"

namespace tenantry::tenancy {

std::string_view text(Refused code) {
  switch (code) {
    case Refused::tenant_unknown:
      return "tenant-unknown";
    case Refused::tenant_exists:
      return "tenant-exists";
    case Refused::tenant_suspended:
      return "tenant-suspended";
    case Refused::tenant_archived:
      return "tenant-archived";
    case Refused::name_blank:
      return "name-blank";
    case Refused::reason_blank:
      return "reason-blank";
    case Refused::reason_differs:
      return "reason-differs";
    case Refused::timezone_unknown:
      return "timezone-unknown";
  }
  return {};
}

}  // namespace tenantry::tenancy
