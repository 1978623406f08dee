#include "api/cli/checks.hpp"

#include <algorithm>
#include <charconv>

#include "api/cli/exit_code.hpp"
#include "api/client/host_name.hpp"
#include "api/client/http_client.hpp"
#include "api/http/network.hpp"

namespace tenantry::api::cli {
namespace {

constexpr std::size_t node_name_bytes_max = 255;
constexpr std::size_t tenant_bytes_max = 63;

}  // namespace

bool is_made_of(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [more](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           more.find(each) != std::string_view::npos;
  });
}

std::string in_quotes(const std::string& value) {
  return '\'' + printable(value) + '\'';
}

std::string whole_number(std::string& value, std::uint64_t least, std::uint64_t most) {
  std::uint64_t number{};
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool is_number = error == std::errc{} && end == value.data() + value.size();
  if (!is_number || number < least || number > most) {
    return in_quotes(value) + " is not a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  }
  value = std::to_string(number);
  return {};
}

std::string truth(std::string& value) {
  std::string word = value;
  std::ranges::transform(word, word.begin(), [](char each) {
    return each >= 'A' && each <= 'Z' ? static_cast<char>(each + 'a' - 'A') : each;
  });
  for (const char* yes : {"true", "yes", "on", "1"}) {
    if (word == yes) return value = "true", std::string{};
  }
  for (const char* no : {"false", "no", "off", "0"}) {
    if (word == no) return value = "false", std::string{};
  }
  return in_quotes(value) + " is neither true nor false";
}

std::string wrong_in_text(const std::string& value) {
  return value.empty() ? "the value is empty" : "";
}

std::string wrong_in_host(const std::string& value) {
  // The command line takes the brackets of an address for those of a list, and away.
  if (client::is_host(value) || client::is_host('[' + value + ']')) return {};
  return in_quotes(value) +
         " is not a host name (letters, digits and hyphens, with dots between) or an IP address, "
         "without a port";
}

std::string wrong_in_network(const std::string& value) {
  auto network = http::Network::parse(value);
  return network ? std::string{} : in_quotes(value) + ' ' + network.error();
}

std::string wrong_in_url(const std::string& value) {
  auto origin = client::parse_url(value);
  return origin ? std::string{} : origin.error();
}

std::string wrong_in_node_name(const std::string& value) {
  if (!value.empty() && value.size() <= node_name_bytes_max && is_made_of(value, "._-")) return {};
  return in_quotes(value) + " is not a node's name (letters, digits, '.', '_' and '-', at most " +
         std::to_string(node_name_bytes_max) + ")";
}

std::string wrong_in_tenant(const std::string& value) {
  if (!value.empty() && value.size() <= tenant_bytes_max && is_made_of(value, "-")) return {};
  return in_quotes(value) + " is neither a slug nor an id of a tenant";
}

}  // namespace tenantry::api::cli
