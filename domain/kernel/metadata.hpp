// Metadata: free data that a tenant's owner attaches, as the text of one JSON object. Opaque to the rules, which only
// compare it: the decoder has made the text canonical (members sorted, no white space) and held it to its limits.
// Plain value; any thread.
#pragma once

#include <string>

namespace tenantry {

struct Metadata {
  std::string json = "{}";

  bool operator==(const Metadata&) const = default;
};

}  // namespace tenantry
