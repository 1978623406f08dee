#include "api/http/network.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

namespace tenantry::api::http {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr int mapped_bits = 96;  // of an IPv4 address within IPv6

struct Address {
  Bytes bytes{};
  bool is_ipv4 = false;
};

std::optional<Address> read_address(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  std::string copy{text};
  if (copy.size() > INET6_ADDRSTRLEN || copy.find('\0') != std::string::npos) return std::nullopt;
  Address address;
  if (::inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
  in_addr ipv4{};
  if (::inet_pton(AF_INET, copy.c_str(), &ipv4) != 1) return std::nullopt;
  address.bytes[10] = address.bytes[11] = 0xff;
  std::memcpy(address.bytes.data() + 12, &ipv4, sizeof ipv4);
  address.is_ipv4 = true;
  return address;
}

bool agree(const Bytes& one, const Bytes& other, int bits) {
  for (int bit = 0; bit < bits; ++bit) {
    std::uint8_t mask = static_cast<std::uint8_t>(0x80 >> (bit % 8));
    if ((one[static_cast<std::size_t>(bit / 8)] & mask) != (other[static_cast<std::size_t>(bit / 8)] & mask)) {
      return false;
    }
  }
  return true;
}

bool is_zero_after(const Bytes& bytes, int bits) {
  for (int bit = bits; bit < 128; ++bit) {
    if ((bytes[static_cast<std::size_t>(bit / 8)] & (0x80 >> (bit % 8))) != 0) return false;
  }
  return true;
}

}  // namespace

std::expected<Network, std::string> Network::parse(std::string_view text) {
  std::size_t slash = text.find('/');
  auto address = read_address(text.substr(0, slash));
  if (!address) return std::unexpected("is no network: an address, or one with a prefix, like 10.0.0.0/8");
  int bits = address->is_ipv4 ? 32 : 128;
  if (slash != std::string_view::npos) {
    std::string_view prefix = text.substr(slash + 1);
    int given = -1;
    auto [end, wrong] = std::from_chars(prefix.data(), prefix.data() + prefix.size(), given);
    bool is_number = wrong == std::errc{} && end == prefix.data() + prefix.size() && given >= 0;
    if (!is_number || given > bits) return std::unexpected("has a prefix that is not 0 to " + std::to_string(bits));
    bits = given;
  }
  Network network;
  network.bytes_ = address->bytes;
  network.prefix_bits_ = address->is_ipv4 ? mapped_bits + bits : bits;
  if (!is_zero_after(network.bytes_, network.prefix_bits_)) return std::unexpected("has bits after its prefix");
  return network;
}

bool Network::contains(std::string_view address) const {
  auto read = read_address(address);
  return read && agree(bytes_, read->bytes, prefix_bits_);
}

bool is_in_any(std::span<const Network> networks, std::string_view address) {
  return std::ranges::any_of(networks, [&](const Network& each) { return each.contains(address); });
}

}  // namespace tenantry::api::http
