// Character rules that HTTP and URIs are made of (RFC 9110 section 5.6, RFC 3986). Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenantry::api::http {

// ASCII only, as header names and Host compare.
bool equal_ignoring_case(std::string_view left, std::string_view right);

// Lower case in ASCII alone.
std::string lower_case(std::string_view text);

// A host, or what stands in front of its port, as it is compared (RFC 4343): in lower case, without the one dot at its
// end that makes a name absolute.
std::string comparable_host(std::string_view host);
// "School.Localhost.:8080" -> "school.localhost", "[::1]:8080" -> "[::1]".
std::string comparable_host_of(std::string_view authority);

// RFC 3986 3.2.2 without user information: a name of labels, none of them empty, or an address in brackets, with a port
// or none. What may stand in a Host and be compared with a domain.
bool is_host(std::string_view authority);

// RFC 9110 5.6.2: one or more tchar.
bool is_token(std::string_view text);

// Without leading and trailing spaces and tabs.
std::string_view trimmed(std::string_view text);

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);
// The offset of the first byte that is not part of a character; nothing if all are.
std::optional<std::size_t> not_utf8_at(std::string_view text);

// The byte that the escape "%XX" at the start of `text` stands for; nothing if it is malformed or cut short.
std::optional<char> percent_escape(std::string_view text);

enum class PlusSign { literal, space };

// Nothing if an escape is malformed, stands for NUL, or the decoded bytes are not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, PlusSign plus_sign);

}  // namespace tenantry::api::http
