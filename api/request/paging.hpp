// Paging: opaque cursors, and the link to the next page (RFC 8288).
//
// A cursor is base64url of a mark, the first 8 bytes of a SHA-256 over tenant, key prefix and place, and of the place
// after which the next page starts; one of another list or tenant, or one that was tampered with, is refused. It is no
// secret: whoever may read a list may start anywhere in it. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "api/request/headers.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api {

inline constexpr std::uint64_t page_items_max = 200;
inline constexpr std::uint64_t page_items_default = 50;

// Whose list, and the prefix of its rows' keys (projections/keys.hpp), which no other list of the tenant has.
struct ListName {
  TenantId tenant;
  std::string prefix;
};

std::string make_cursor(const ListName& list, std::string_view place);
// The place, if the cursor is of this list and its place has this many bytes.
std::optional<std::string> read_cursor(const ListName& list, std::size_t place_bytes, std::string_view cursor);

struct PageRequest {
  std::size_t limit = page_items_default;
  std::string place;  // empty: from the start
};
// From the query parameters `limit` and `cursor`.
Checked<PageRequest> read_page_request(const http::Request& request, const ListName& list, std::size_t place_bytes);

// `<...>; rel="next"`: the request's own target with one parameter replaced.
std::string next_link(const http::Request& request, std::string_view parameter, std::string_view value);

}  // namespace tenantry::api
