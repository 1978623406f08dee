// The program's command line: reads it, runs the command, gives the exit code: 0 done, 1 failed, 2 not understood.
//
// Called once, from main, before any thread is started.
#pragma once

namespace tenantry::api::cli {

int run(int argument_count, const char* const* arguments);

}  // namespace tenantry::api::cli
