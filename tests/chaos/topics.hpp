// Reads what the topics hold, as any consumer would: committed messages by their CloudEvents headers.
//
// One caller; blocks until the end of every partition that was there at the call. Throws std::runtime_error with the
// broker's reason if it cannot read them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/chaos/history.hpp"

namespace tenantry::chaos {

// Of {prefix}.platform and {prefix}.events, by names like "events-3".
std::map<std::string, std::vector<Entry>> read_topics(const std::string& bootstrap, const std::string& prefix);

}  // namespace tenantry::chaos
