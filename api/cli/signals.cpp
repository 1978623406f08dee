#include "api/cli/signals.hpp"

#include <pthread.h>

#include <ctime>

namespace tenantry::api::cli {

StopSignals::StopSignals() {
  ::signal(SIGPIPE, SIG_IGN);
  ::sigemptyset(&signals_);
  ::sigaddset(&signals_, SIGINT);
  ::sigaddset(&signals_, SIGTERM);
  struct sigaction hangup {};
  ::sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) ::sigaddset(&signals_, SIGHUP);  // a signal that is blocked is not ignored
  ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void StopSignals::wait() {
  int signal = 0;
  while (!arrived_) arrived_ = ::sigwait(&signals_, &signal) == 0;
}

bool StopSignals::arrived() {
  timespec at_once{};
  if (!arrived_) arrived_ = ::sigtimedwait(&signals_, nullptr, &at_once) > 0;
  return arrived_;
}

void StopSignals::let_through() {
  sigset_t interruptions;
  ::sigemptyset(&interruptions);
  ::sigaddset(&interruptions, SIGINT);
  ::sigaddset(&interruptions, SIGTERM);
  ::pthread_sigmask(SIG_UNBLOCK, &interruptions, nullptr);
}

}  // namespace tenantry::api::cli
