#include "storage/crc32c.hpp"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace tenantry::storage {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78;

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit) remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? polynomial : 0);
    table[byte] = remainder;
  }
  return table;
}

std::uint32_t update_by_table(std::uint32_t state, std::string_view bytes) {
  static constexpr auto table = make_table();
  for (char byte : bytes) state = table[(state ^ static_cast<unsigned char>(byte)) & 0xff] ^ (state >> 8);
  return state;
}

#if defined(__x86_64__)
// The processor's own instruction, eight bytes at a time: about fifteen times faster.
__attribute__((target("sse4.2"))) std::uint32_t update_by_instruction(std::uint32_t state, std::string_view bytes) {
  std::uint64_t wide = state;
  while (bytes.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data(), sizeof word);
    wide = _mm_crc32_u64(wide, word);
    bytes.remove_prefix(sizeof word);
  }
  state = static_cast<std::uint32_t>(wide);
  for (char byte : bytes) state = _mm_crc32_u8(state, static_cast<unsigned char>(byte));
  return state;
}
#endif

std::uint32_t update(std::uint32_t state, std::string_view bytes) {
#if defined(__x86_64__)
  static const bool has_instruction = __builtin_cpu_supports("sse4.2");
  if (has_instruction) return update_by_instruction(state, bytes);
#endif
  return update_by_table(state, bytes);
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before) {
  return ~update(~before, bytes);
}

}  // namespace tenantry::storage
