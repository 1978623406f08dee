// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), as in RFC 3720 appendix B.4: crc32c("123456789") = 0xE3069283.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace tenantry::storage {

// `before` is the checksum of the bytes that precede these, 0 for none.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

}  // namespace tenantry::storage
