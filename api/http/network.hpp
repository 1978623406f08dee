// Networks of addresses, as RFC 4632 and RFC 4291 section 2.3 write them: "10.0.0.0/8", "2001:db8::/32", or one
// address.
//
// A network's bits after its prefix must be zero, so that nothing is taken for another one. An IPv4 address that came
// over an IPv6 socket ("::ffff:10.0.0.1") is that IPv4 address. Plain values and pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace tenantry::api::http {

class Network {
 public:
  // The error is a sentence's end: "has bits after its prefix".
  static std::expected<Network, std::string> parse(std::string_view text);

  // False too for what is no address. IPv6 with or without brackets.
  bool contains(std::string_view address) const;

 private:
  std::array<std::uint8_t, 16> bytes_{};  // an IPv4 address as ::ffff:a.b.c.d
  int prefix_bits_ = 0;
};

bool is_in_any(std::span<const Network> networks, std::string_view address);

}  // namespace tenantry::api::http
