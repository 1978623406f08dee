#include "api/client/host_name.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace tenantry::api::client {
namespace {

constexpr std::size_t name_bytes_max = 253;
constexpr std::size_t label_bytes_max = 63;

bool is_letter_or_digit(char each) {
  return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > label_bytes_max || label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(label, [](char each) { return is_letter_or_digit(each) || each == '-' || each == '_'; });
}

}  // namespace

bool is_host_name(std::string_view text) {
  if (text.size() > name_bytes_max) return false;
  for (;;) {
    auto dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_host(std::string_view text) {
  if (!text.starts_with('[')) return is_host_name(text);
  if (!text.ends_with(']')) return false;
  in6_addr parsed{};
  return ::inet_pton(AF_INET6, std::string{text.substr(1, text.size() - 2)}.c_str(), &parsed) == 1;
}

}  // namespace tenantry::api::client
