#include "api/http/listening_socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <string>

namespace tenantry::api::http {
namespace {

std::uint16_t local_port(int socket) {
  sockaddr_storage address{};
  socklen_t bytes = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &bytes) != 0) return 0;
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

bool listens(int socket) {
  int listening = 0;
  socklen_t bytes = sizeof listening;
  return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &bytes) == 0 && listening != 0;
}

}  // namespace

std::optional<int> listening_socket(std::uint16_t port) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const auto name = entry.path().filename().string();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    if (listens(descriptor) && local_port(descriptor) == port) return descriptor;
  }
  return std::nullopt;
}

bool stop_listening(int listening_socket) {
  const int deaf = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (deaf < 0) return false;
  const bool replaced = ::dup3(deaf, listening_socket, O_CLOEXEC) >= 0;
  ::close(deaf);
  return replaced;
}

}  // namespace tenantry::api::http
