#include "domain/directory/rules.hpp"

namespace tenantry::directory {

std::string_view text(Refused code) {
  switch (code) {
    case Refused::slug_malformed:
      return "slug-malformed";
    case Refused::slug_reserved:
      return "slug-reserved";
    case Refused::slug_like_id:
      return "slug-like-id";
    case Refused::slug_taken:
      return "slug-taken";
    case Refused::tenant_exists:
      return "tenant-exists";
    case Refused::name_blank:
      return "name-blank";
    case Refused::timezone_unknown:
      return "timezone-unknown";
    case Refused::partitions_malformed:
      return "partitions-malformed";
  }
  return {};
}

}  // namespace tenantry::directory
