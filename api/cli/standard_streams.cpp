#include "api/cli/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace tenantry::api::cli {
namespace {

// From the lowest on, so that open() gives each its own number. A machine without /dev/null has no way to close them
// that this program could meet.
void provide(int descriptor, int mode) {
  if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) return;
  [[maybe_unused]] int opened = ::open("/dev/null", mode);
}

}  // namespace

void provide_standard_streams() {
  provide(STDIN_FILENO, O_RDONLY);
  provide(STDOUT_FILENO, O_RDONLY);  // writing to it fails
  provide(STDERR_FILENO, O_WRONLY);
}

}  // namespace tenantry::api::cli
