// SIGINT, SIGTERM and SIGHUP as something to wait for or to ask about, instead of an interruption.
//
// Make one at the start of main's work, before any thread: it blocks them in all threads that follow, and ignores
// SIGPIPE. A SIGHUP that the caller ignores (nohup) stays ignored. let_through() gives SIGINT and SIGTERM their usual
// effect again, so that a second Ctrl-C ends a drain at once; it goes for the calling thread. A second SIGHUP does not:
// a terminal that goes away may send several. SIGQUIT is left alone: it ends the process with a core file, as ever.
// One object per process; wait() and arrived() from one thread.
#pragma once

#include <signal.h>

namespace tenantry::api::cli {

class StopSignals {
 public:
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // Returns once one has come.
  void wait();
  // Whether one has come so far.
  bool arrived();
  void let_through();

 private:
  sigset_t signals_;
  bool arrived_ = false;
};

}  // namespace tenantry::api::cli
