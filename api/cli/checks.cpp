#include "api/cli/checks.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "api/cli/exit_code.hpp"
#include "api/client/host_name.hpp"
#include "api/client/http_client.hpp"

namespace tenantry::api::cli {
namespace {

constexpr std::size_t node_name_bytes_max = 255;
// Kafka's limit for a topic's name is 249.
constexpr std::size_t topic_prefix_bytes_max = 249 - std::string_view{".platform"}.size();
constexpr std::size_t tenant_bytes_max = 63;

bool is_made_of(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [more](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           more.find(each) != std::string_view::npos;
  });
}

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

// "host" or "host:port"; the colons of an address in brackets are its own.
bool is_broker(std::string_view text) {
  auto bracket = text.rfind(']');
  auto colon = text.rfind(':');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) {
    return client::is_host(text);
  }
  return client::is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

}  // namespace

std::string in_quotes(const std::string& value) {
  return '\'' + printable(value) + '\'';
}

CLI::Validator truth() {
  auto wrong_in = [](std::string& value) -> std::string {
    std::string word = CLI::detail::to_lower(value);
    for (const char* yes : {"true", "yes", "on", "1"}) {
      if (word == yes) return value = "true", std::string{};
    }
    for (const char* no : {"false", "no", "off", "0"}) {
      if (word == no) return value = "false", std::string{};
    }
    return in_quotes(value) + " is neither true nor false";
  };
  return CLI::Validator(wrong_in, "");
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

std::string wrong_in_url(const std::string& value) {
  auto origin = client::parse_url(value);
  return origin ? std::string{} : origin.error();
}

std::string wrong_in_brokers(const std::string& value) {
  std::string_view rest = value;
  for (;;) {
    auto comma = rest.find(',');
    if (!is_broker(rest.substr(0, comma))) {
      return in_quotes(value) + " is not a list of brokers, host:port,host:port";
    }
    if (comma == std::string_view::npos) return {};
    rest.remove_prefix(comma + 1);
  }
}

std::string wrong_in_topic_prefix(const std::string& value) {
  if (!value.empty() && value.size() <= topic_prefix_bytes_max && is_made_of(value, "._-")) return {};
  return in_quotes(value) + " cannot begin a topic's name (letters, digits, '.', '_' and '-', at most " +
         std::to_string(topic_prefix_bytes_max) + ")";
}

std::string wrong_in_node_name(const std::string& value) {
  if (!value.empty() && value.size() <= node_name_bytes_max && is_made_of(value, "._-")) return {};
  return in_quotes(value) + " is not a node's name (letters, digits, '.', '_' and '-', at most " +
         std::to_string(node_name_bytes_max) + ")";
}

std::string wrong_in_kafka_property(const std::string& value) {
  constexpr std::array<std::string_view, 3> kinds = {"security.", "sasl.", "ssl."};
  auto equals = value.find('=');
  if (equals == std::string::npos) return "it is not NAME=VALUE";  // the value may be a secret
  std::string name = value.substr(0, equals);
  if (std::ranges::any_of(kinds, [&](auto kind) { return name.starts_with(kind); })) return {};
  return in_quotes(name) + " cannot be set: only security.*, sasl.* and ssl.* can";
}

std::string wrong_in_tenant(const std::string& value) {
  if (!value.empty() && value.size() <= tenant_bytes_max && is_made_of(value, "-")) return {};
  return in_quotes(value) + " is neither a slug nor an id of a tenant";
}

}  // namespace tenantry::api::cli
