// Reading request headers and query parameters strictly: at most one of each, and only values that make sense.
//
// Each function answers a Problem that names the header or parameter. Views live as long as the Request. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/request.hpp"
#include "api/request/problem.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api {

template <class T>
using Checked = std::expected<T, Problem>;

// Nothing if the header is not there; a repeated one is refused.
Checked<std::optional<std::string_view>> single_header(const http::Request& request, std::string_view name);
// The same, held to 1 to `length_max` visible ASCII characters.
Checked<std::optional<std::string_view>> token_header(const http::Request& request, std::string_view name,
                                                      std::size_t length_max);
// The same, held to a whole number without sign.
Checked<std::optional<std::uint64_t>> number_header(const http::Request& request, std::string_view name);

// All lines of a header whose value is a list, as one (RFC 9110 5.3); nothing if there is none.
std::optional<std::string> list_header(const http::Request& request, std::string_view name);

Checked<std::optional<std::string_view>> single_parameter(const http::Request& request, std::string_view name);
// `minimum` to `maximum`, or `otherwise` if it is not there.
Checked<std::uint64_t> number_parameter(const http::Request& request, std::string_view name, std::uint64_t minimum,
                                        std::uint64_t maximum, std::uint64_t otherwise);

// The path's {id}.
Checked<Uuid> id_parameter(const http::Request& request);

std::optional<std::uint64_t> parse_number(std::string_view text);

std::unexpected<Problem> bad_header(std::string_view name, std::string detail);
std::unexpected<Problem> bad_parameter(std::string_view name, std::string detail);

// Whether the Content-Type is this media type in UTF-8. Neither JSON nor its kin define parameters (RFC 8259 11): a
// charset is believed, so it must be utf-8 or its alias utf8, in any case and quoted or not; others are passed over as
// RFC 9110 8.3.1 leaves it to the type, but must be well formed.
bool is_media_type(std::string_view content_type, std::string_view media_type);
// How much an Accept header likes the media type, from 0 (not at all) to 1000; by its full name only, or by a range
// too, of which the narrowest counts. Without a header everything is liked alike. A malformed weight counts as 0.
enum class AcceptedBy { name, name_or_range };
int quality(std::optional<std::string_view> accept, std::string_view media_type, AcceptedBy by);

}  // namespace tenantry::api
