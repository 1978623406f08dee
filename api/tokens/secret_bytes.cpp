#include "api/tokens/secret_bytes.hpp"

#include <sodium.h>

#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace tenantry::api::tokens {
namespace {

constexpr std::size_t word_bytes = sizeof(std::uint64_t);

std::uint64_t word_at(const char* bytes, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  return word;
}

}  // namespace

void need_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium cannot be made ready");
}

std::string random_bytes(std::size_t count) {
  need_sodium();
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

// By words, far faster as CRYPTO_memcmp, which goes by bytes: a header is compared at every request.
bool equal_in_constant_time(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  std::uint64_t difference = 0;
  std::size_t place = 0;
  for (; place + word_bytes <= left.size(); place += word_bytes) {
    difference |= word_at(left.data() + place, word_bytes) ^ word_at(right.data() + place, word_bytes);
    asm volatile("" : "+r"(difference));  // so that the compiler cannot leave the loop at the first difference
  }
  std::size_t rest = left.size() - place;
  difference |= word_at(left.data() + place, rest) ^ word_at(right.data() + place, rest);
  return difference == 0;
}

}  // namespace tenantry::api::tokens
