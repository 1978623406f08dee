// A request as handlers see it: complete, validated, and owning all its bytes.
//
// A plain value: it refers to no connection and may be moved to another thread and kept for as long as needed (its body
// counts against Limits::body_total_bytes_max until it is destroyed). Views returned live as long as the Request and
// are invalidated by moving it. What the layer has checked before a handler sees one: every percent escape is well
// formed, decoded text is UTF-8 without NUL, the path has no empty and no dot segments, header values are UTF-8 without
// control characters, there is at most one Host and at least one in HTTP/1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/byte_budget.hpp"

namespace tenantry::api::http {

// A route for `get` serves HEAD too; the layer answers OPTIONS itself, and no route is for TRACE, which would send a
// request's headers back to whatever script asked. `Request::method` says what was asked.
enum class Method { get, head, post, put, patch, del, options, trace };

// The method's name on the wire ("DELETE" for del).
std::string_view name_of(Method method);

// Where one header field lies in the head's text.
struct HeaderField {
  std::uint32_t name_at;
  std::uint32_t name_bytes;
  std::uint32_t value_at;
  std::uint32_t value_bytes;
};

using NamedValues = std::vector<std::pair<std::string, std::string>>;

// The parts a Request is made of; only the layer fills one.
struct RequestParts {
  Method method = Method::get;
  std::string head;
  std::uint32_t target_at = 0;
  std::uint32_t target_bytes = 0;
  std::vector<HeaderField> fields;
  std::string path;
  std::string route;
  NamedValues parameters;
  NamedValues query;
  std::string host;
  std::string peer_address;
  std::string body;
  ByteLease body_lease;
};

class Request {
 public:
  explicit Request(RequestParts parts) : parts_(std::move(parts)) {}

  Method method() const { return parts_.method; }
  // The target as sent, with its query.
  std::string_view target() const;
  // The path without the query; escapes of unreserved characters are decoded, all others kept ("%2F" stays data).
  const std::string& path() const { return parts_.path; }
  // The pattern of the matched route, "/v1/students/{id}": a bounded label for metrics. Empty if none matched.
  const std::string& route() const { return parts_.route; }

  // The decoded value of "{name}" in the route's pattern. Throws std::logic_error if the pattern has no such name.
  const std::string& parameter(std::string_view name) const;

  // Decoded ("+" is a space), in the order sent, duplicates kept.
  const NamedValues& query() const { return parts_.query; }
  std::vector<std::string_view> query(std::string_view name) const;

  // The first field of that name (ASCII case ignored), and how many there are: a handler that needs exactly one
  // refuses a count above one.
  std::optional<std::string_view> header(std::string_view name) const;
  std::size_t header_count(std::string_view name) const;
  std::vector<std::pair<std::string_view, std::string_view>> headers() const;

  const std::string& body() const { return parts_.body; }
  // Leaves the body empty; its bytes stay counted until the Request is destroyed.
  std::string take_body() { return std::exchange(parts_.body, {}); }

  // The host that is asked, with its port if any: the target's, if that names one, else the Host header's. Empty only
  // in HTTP/1.0.
  const std::string& host() const { return parts_.host; }
  // The client's IP address, without a port. Behind a proxy, the proxy's.
  const std::string& peer_address() const { return parts_.peer_address; }

 private:
  std::string_view slice(std::uint32_t at, std::uint32_t bytes) const;

  RequestParts parts_;
};

}  // namespace tenantry::api::http
