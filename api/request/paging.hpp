// Paging: opaque cursors, and the link to the next page (RFC 8288).
//
// A cursor is base64url of a mark, the first 8 bytes of a SHA-256 over tenant, list and place, and of the place
// after which the next page starts; one of another list or tenant, or one that was tampered with, is refused. It is no
// secret: whoever may read a list may start anywhere in it. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "api/request/headers.hpp"
#include "domain/kernel/id.hpp"
#include "projections/tenant_reader.hpp"

namespace tenantry::api {

inline constexpr std::uint64_t page_items_max = 200;
inline constexpr std::uint64_t page_items_default = 50;

// Whose list, and which of the tenant's.
struct ListName {
  TenantId tenant;
  projections::ListOf list;
};

std::string make_cursor(const ListName& list, std::string_view place);
// The place, if the cursor is of this list.
std::optional<std::string> read_cursor(const ListName& list, std::string_view cursor);

struct PageRequest {
  std::size_t limit = page_items_default;
  std::string place;  // empty: from the start

  projections::PageOf page() const { return {limit, place}; }
};
// From the query parameters `limit` and `cursor`.
Checked<PageRequest> read_page_request(const http::Request& request, const ListName& list);

// `<...>; rel="next"`: the request's own target with one parameter replaced.
std::string next_link(const http::Request& request, std::string_view parameter, std::string_view value);

}  // namespace tenantry::api
