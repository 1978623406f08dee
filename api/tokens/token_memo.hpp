// What a connection's last Authorization header was found to be, for one that sends the same header with every request.
//
// find() answers the claims if the header is the last one byte for byte, its token has not expired and the epoch of
// VerifiedTokens is the one in which it was verified. Headers are compared in constant time, as several people may
// share a connection behind a proxy. Holds at most one header of `header_bytes_max` bytes. One thread at a time, as its
// connection.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "api/tokens/claims.hpp"
#include "domain/kernel/date.hpp"

namespace tenantry::api::tokens {

class TokenMemo {
 public:
  static constexpr std::size_t header_bytes_max = 8192 + 16;  // a token and "Bearer "

  // None: nullptr.
  std::shared_ptr<const Claims> find(std::string_view header, std::uint64_t epoch, Instant now) const;
  void remember(std::string_view header, std::uint64_t epoch, std::shared_ptr<const Claims> claims);

 private:
  std::string header_;
  std::uint64_t epoch_ = 0;
  std::shared_ptr<const Claims> claims_;
};

}  // namespace tenantry::api::tokens
