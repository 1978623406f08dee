#include "api/cli/preflight.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>

#include "api/http/limits.hpp"
#include "storage/disk_space.hpp"
#include "storage/resources.hpp"

namespace tenantry::api::cli {
namespace {

// Opening writes a manifest and the head of a write-ahead log for each database.
constexpr std::uint64_t opening_bytes_min = 4u << 20;
// The log takes appends while 32 MiB are free and tables while 16 MiB are; below, a new folder would be of no use.
constexpr std::uint64_t writing_bytes_min = 64u << 20;

// Table files that a database keeps open, and what else it needs: write-ahead logs, manifest, folder, lock, LOG.
constexpr std::size_t table_descriptors_min = 32;
constexpr std::size_t database_descriptors = 16;
constexpr std::size_t other_descriptors = 64;
constexpr std::size_t server_descriptors = 256;  // epolls, feeds' wakers, requests passed on to other nodes

std::optional<std::string> too_little_room(Work work, const DataFolder& folder, bool holds, std::uint64_t more_bytes) {
  if (work == Work::reads) return std::nullopt;
  std::uint64_t needed = (work == Work::serves && holds ? opening_bytes_min : writing_bytes_min) + more_bytes;
  auto room = storage::free_bytes(folder.path);
  if (!room) return room.error().detail;
  if (*room >= needed) return std::nullopt;
  return "the disk of " + folder.path + " has " + storage::readable_bytes(*room) + " free, and at least " +
         storage::readable_bytes(needed) + " are needed";
}

// How many partitions of tenants there will be. A node of a cluster that has tables knows from them.
std::size_t partitions_of(const NodeOptions& options, const events::Backend& backend) {
  std::ptrdiff_t expected = backend.expected_partitions(options.folder, options.log);
  if (!backend.is_shared) return static_cast<std::size_t>(expected);
  std::error_code error;  // a folder that is not there has none
  std::filesystem::directory_iterator tables(options.folder + "/state", error);
  std::ptrdiff_t known = error ? 0 : std::distance(begin(tables), end(tables));
  return static_cast<std::size_t>(std::max(known, expected));
}

std::optional<std::string> describe(int error, const std::string& where) {
  return "cannot listen on " + where + ": " + std::strerror(error);
}

// With the options that the server will use.
int try_to_listen(int family, const sockaddr* address, socklen_t size) {
  int descriptor = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return errno;
  int on = 1;
  bool listens = ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                 ::bind(descriptor, address, size) == 0 && ::listen(descriptor, 1) == 0;
  int error = listens ? 0 : errno;
  ::close(descriptor);
  return error;
}

}  // namespace

std::optional<std::string> obstacle(Work work, const DataFolder& folder, std::uint64_t more_bytes) {
  auto holds = backend_of(folder.log).holds_log(folder.path);
  if (!holds) return holds.error();
  if (auto why = storage::why_not_writable(folder.path)) return "the data folder cannot be written in: " + *why;
  return too_little_room(work, folder, *holds, more_bytes);
}

std::optional<std::string> too_few_descriptors(Work work, NodeOptions& options) {
  // Of each partition, of the platform, and of the log or its copy.
  const events::Backend& backend = events::backend_named(options.log.backend);
  std::size_t databases = partitions_of(options, backend) + 2;
  http::Limits limits;
  std::size_t others = other_descriptors + databases * (database_descriptors + backend.descriptors);
  if (work == Work::serves) others += limits.connections_max + limits.refusals_max + server_descriptors;
  std::size_t needed = others + databases * table_descriptors_min;
  std::size_t limit = storage::raise_descriptor_limit();
  if (limit < needed) {
    return "the process may open " + std::to_string(limit) + " files and connections, and needs to be allowed " +
           std::to_string(needed) + " (ulimit -n, or LimitNOFILE of a service)";
  }
  options.resources.databases_max = databases;
  options.resources.open_files_max = std::min(limit - others, limit / 2);
  return std::nullopt;
}

std::optional<std::string> cannot_listen(const std::string& address, std::uint16_t port) {
  std::string where = address + ':' + std::to_string(port);
  int error = 0;
  if (address.starts_with('[')) {
    sockaddr_in6 found{
        .sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_flowinfo = 0, .sin6_addr = {}, .sin6_scope_id = 0};
    if (::inet_pton(AF_INET6, address.substr(1, address.size() - 2).c_str(), &found.sin6_addr) != 1)
      return describe(EINVAL, where);
    error = try_to_listen(AF_INET6, reinterpret_cast<const sockaddr*>(&found), sizeof found);
  } else {
    sockaddr_in found{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {}, .sin_zero = {}};
    if (::inet_pton(AF_INET, address.c_str(), &found.sin_addr) != 1) return describe(EINVAL, where);
    error = try_to_listen(AF_INET, reinterpret_cast<const sockaddr*>(&found), sizeof found);
  }
  if (error == 0) return std::nullopt;
  return describe(error, where);
}

std::uint64_t bytes_in(const std::string& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;  // what cannot be read counts nothing
  std::filesystem::recursive_directory_iterator file(folder, error), last;
  for (; !error && file != last; file.increment(error)) {
    std::error_code unreadable;
    auto size = file->is_regular_file(unreadable) ? file->file_size(unreadable) : 0;
    if (!unreadable) bytes += size;
  }
  return bytes;
}

}  // namespace tenantry::api::cli
