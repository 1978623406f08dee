// Fresh ids and hashes, from OpenSSL: random bytes for UUIDv7, SHA-256 for keys, payloads and the audit tree.
//
// Any thread. Random bytes are drawn in blocks per thread; a failing random source throws std::runtime_error, since no
// id can be made without one.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::events {

using Sha256 = std::array<std::uint8_t, 32>;

Uuid fresh_id(Instant now = Instant::now());
// The hash of the parts one after another.
Sha256 sha256(std::initializer_list<std::string_view> parts);

// SHA-256 over bytes that come in pieces.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  void update(std::string_view bytes);
  // Ends the hash; the stream may be used for another one afterwards.
  Sha256 finish();

 private:
  void* context_;  // EVP_MD_CTX
};

std::string hex(std::string_view bytes);
inline std::string_view bytes_of(const Sha256& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace tenantry::events
