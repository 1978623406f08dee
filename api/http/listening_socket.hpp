// INTERNAL: closing Pistache's listening socket while its workers go on, which its own shutdown cannot do.
//
// Pistache keeps the descriptor private and stops accept thread and workers together. So the descriptor is looked up in
// the process (/proc/self/fd, Linux) and, to stop listening, replaced in place by a socket that listens to nothing:
// the kernel then refuses new connections, the accept thread's epoll forgets the old socket, an accept already under
// way fails with the EINVAL that Pistache passes over, and the number stays valid for Pistache to close in the end.
#pragma once

#include <cstdint>
#include <optional>

namespace tenantry::api::http {

// The descriptor of this process that listens on `port`.
std::optional<int> listening_socket(std::uint16_t port);

// False if the kernel has no descriptor to spare; the socket then listens on.
bool stop_listening(int listening_socket);

}  // namespace tenantry::api::http
