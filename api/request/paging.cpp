#include "api/request/paging.hpp"

#include <array>

#include "events/identifiers.hpp"

namespace tenantry::api {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t gathered = 0;
  int bits = 0;
  for (char each : bytes) {
    gathered = gathered << 8 | static_cast<unsigned char>(each);
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[gathered >> (bits - 6) & 63];
  }
  if (bits > 0) text += alphabet[gathered << (6 - bits) & 63];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t gathered = 0;
  int bits = 0;
  for (char each : text) {
    std::size_t value = alphabet.find(each);
    if (value == std::string_view::npos) return std::nullopt;
    gathered = gathered << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(gathered >> bits);
  }
  return bytes;
}

constexpr std::size_t mark_bytes = 8;

std::string mark_of(const ListName& list, std::string_view place) {
  auto hash = events::sha256({list.tenant.value.view(), list.list.name, place});
  return std::string{events::bytes_of(hash).substr(0, mark_bytes)};
}

bool needs_escape(char each) {
  return !((each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           each == '-' || each == '_' || each == '.' || each == '~' || each == '/' || each == ':' || each == '*');
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (char each : text) {
    auto byte = static_cast<unsigned char>(each);
    if (!needs_escape(each))
      out += each;
    else
      out.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
}

}  // namespace

std::string make_cursor(const ListName& list, std::string_view place) {
  return to_base64url(mark_of(list, place).append(place));
}

std::optional<std::string> read_cursor(const ListName& list, std::string_view cursor) {
  auto bytes = from_base64url(cursor);
  if (!bytes || bytes->size() != mark_bytes + list.list.place_bytes) return std::nullopt;
  std::string place = bytes->substr(mark_bytes);
  if (!bytes->starts_with(mark_of(list, place))) return std::nullopt;
  // Only one text stands for the bytes: trailing bits must be those that were written.
  if (to_base64url(*bytes) != cursor) return std::nullopt;
  return place;
}

Checked<PageRequest> read_page_request(const http::Request& request, const ListName& list) {
  auto limit = number_parameter(request, "limit", 1, page_items_max, page_items_default);
  if (!limit) return std::unexpected(std::move(limit.error()));
  auto cursor = single_parameter(request, "cursor");
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  PageRequest page{.limit = static_cast<std::size_t>(*limit), .place = {}};
  if (!*cursor) return page;
  auto place = read_cursor(list, **cursor);
  if (!place) return bad_parameter("cursor", "is not one that this list has given");
  page.place = std::move(*place);
  return page;
}

std::string next_link(const http::Request& request, std::string_view parameter, std::string_view value) {
  std::string link = "<" + request.path() + '?';
  for (const auto& [name, given] : request.query()) {
    if (name == parameter) continue;
    append_escaped(link, name);
    link += '=';
    append_escaped(link, given);
    link += '&';
  }
  link += parameter;
  link += '=';
  append_escaped(link, value);
  return link + ">; rel=\"next\"";
}

}  // namespace tenantry::api
