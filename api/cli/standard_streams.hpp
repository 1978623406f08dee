// Standard input, output and error as a program may rely on them: open, whatever the caller closed.
//
// A descriptor that is closed is given to the first file that is opened, and what the program prints would be written
// into a file of its own, the log of events not excepted. provide_standard_streams() puts something that cannot be
// written in the place of a closed output, so that printing fails as it should, and nowhere in the place of a closed
// standard error. Call it first of all.
#pragma once

namespace tenantry::api::cli {

void provide_standard_streams();

}  // namespace tenantry::api::cli
