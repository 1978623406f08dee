// Emptying a database's folder so that a crash at any moment leaves it whole or empty, never half deleted.
//
// empty_folder() renames the folder to `{folder}.deleted`, makes that durable, deletes what was renamed and makes the
// folder anew. What a crash leaves of `{folder}.deleted` is deleted by the next call of either function.
// The database must be closed; one caller at a time for a folder, and nobody else may use the other name. Errors are
// `io` and name the folder.
#pragma once

#include <string>

#include "storage/error.hpp"

namespace tenantry::storage {

Result<void> empty_folder(const std::string& folder);
// Ends what an interrupted empty_folder() began; does nothing if there was none.
Result<void> finish_emptying(const std::string& folder);
// The folder holds files but no database: without its file CURRENT, what is left of one cannot be opened, nor can one
// be made beside it.
bool holds_remains(const std::string& folder);

}  // namespace tenantry::storage
