#include "api/http/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace tenantry::api::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool is_token_character(char c) {
  const bool alphanumeric = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
  return alphanumeric || (c != 0 && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

// The number of bytes in the character that starts with `lead`; 0 if no character starts so.
std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

// The second byte's range depends on the first: this is what excludes overlong forms, surrogates and > U+10FFFF.
bool second_byte_fits(unsigned char lead, unsigned char second) {
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= low && second <= high;
}

// RFC 3986 3.2.3, and a number that can be one.
bool is_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, port);
  return digits.empty() || (error == std::errc{} && stopped == end);
}

bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

// "[::1]", without its brackets.
bool is_ipv6_address(std::string_view text) {
  in6_addr parsed{};
  return ::inet_pton(AF_INET6, std::string(text).c_str(), &parsed) == 1;
}

// Labels between dots, none of them empty but the one after a last dot (RFC 1034 3.1).
bool is_host_name(std::string_view name) {
  if (name.empty() || name.starts_with('.') || name.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(name, is_name_character);
}

}  // namespace

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](char a, char b) { return lower(a) == lower(b); });
}

std::string lower_case(std::string_view text) {
  std::string lowered{text};
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

std::string comparable_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower_case(host);
}

std::string comparable_host_of(std::string_view authority) {
  const auto bracket = authority.find(']');
  if (bracket != std::string_view::npos) return comparable_host(authority.substr(0, bracket + 1));
  return comparable_host(authority.substr(0, authority.find(':')));
}

bool is_host(std::string_view value) {
  auto name_bytes = std::min(value.find(':'), value.size());
  if (value.starts_with('[')) {
    const auto bracket = value.find(']');
    if (bracket == std::string_view::npos || !is_ipv6_address(value.substr(1, bracket - 1))) return false;
    name_bytes = bracket + 1;
  } else if (!is_host_name(value.substr(0, name_bytes))) {
    return false;
  }
  const auto port = value.substr(name_bytes);
  return port.empty() || (port.starts_with(':') && is_port(port.substr(1)));
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_utf8(std::string_view text) {
  return !not_utf8_at(text);
}

std::optional<std::size_t> not_utf8_at(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto length = utf8_length(lead);
    if (length == 0 || text.size() - at < length) return at;
    for (std::size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      if (i == 1 ? !second_byte_fits(lead, byte) : (byte & 0xC0) != 0x80) return at;
    }
    at += length;
  }
  return std::nullopt;
}

std::optional<char> percent_escape(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const int high = hex_digit(text[1]);
  const int low = hex_digit(text[2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

std::optional<std::string> percent_decoded(std::string_view text, PlusSign plus_sign) {
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    if (text.front() == '%') {
      const auto byte = percent_escape(text);
      if (!byte || *byte == 0) return std::nullopt;
      decoded += *byte;
      text.remove_prefix(3);
      continue;
    }
    decoded += text.front() == '+' && plus_sign == PlusSign::space ? ' ' : text.front();
    text.remove_prefix(1);
  }
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

}  // namespace tenantry::api::http
