// What can still be told of a database whose damaged write-ahead log keeps it from opening even for salvage: RocksDB
// refuses that when one family's table files are newer than the damage, as they mostly are after a restart.
//
// Reads the write-ahead log from its beginning to the damage without changing a byte, and gives for each family the
// greatest key put there on the way. Families whose rows are all in table files are not in the result; nor is anything
// if the database cannot be read so far either. One caller, which holds the folder.
#pragma once

#include <map>
#include <string>

#include "storage/resources.hpp"

namespace tenantry::storage {

std::map<std::string, std::string> last_keys_before_damage(const std::string& path, Resources& resources);

}  // namespace tenantry::storage
