#include "api/tokens/password_hash.hpp"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <new>

#include "api/tokens/secret_bytes.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr std::string_view form = "$argon2id$v=19$m=";
static_assert(crypto_pwhash_ALG_DEFAULT == crypto_pwhash_ALG_ARGON2ID13);

struct Cost {
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;
};

// Takes a number and the text after it off the front.
std::optional<std::uint32_t> take_number(std::string_view& text, std::string_view after) {
  std::uint32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc{} || !text.starts_with(after)) return std::nullopt;
  text.remove_prefix(after.size());
  return value;
}

std::optional<Cost> cost_of(std::string_view hash) {
  if (hash.size() >= crypto_pwhash_STRBYTES || !hash.starts_with(form)) return std::nullopt;
  hash.remove_prefix(form.size());
  auto memory_kib = take_number(hash, ",t=");
  if (!memory_kib) return std::nullopt;
  auto passes = take_number(hash, ",p=1$");
  if (!passes) return std::nullopt;
  return Cost{*memory_kib, *passes};
}

}  // namespace

std::optional<std::string> hash_password(std::string_view password) {
  if (password.size() > password_bytes_max) return std::nullopt;
  need_sodium();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), hash_passes, hash_memory_kib * 1024,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc{};  // its only reason, with limits that are constants
  }
  return std::string{text.data()};
}

bool verify_password(std::string_view hash, std::string_view password) {
  auto cost = cost_of(hash);
  if (!cost || cost->memory_kib > hash_memory_kib_max || cost->passes > hash_passes_max) return false;
  if (password.size() > password_bytes_max) return false;
  need_sodium();
  errno = 0;
  if (crypto_pwhash_str_verify(std::string{hash}.c_str(), password.data(), password.size()) == 0) return true;
  if (errno == ENOMEM) throw std::bad_alloc{};  // a right password must not be called wrong
  return false;
}

bool needs_rehash(std::string_view hash) {
  auto cost = cost_of(hash);
  return !cost || cost->memory_kib != hash_memory_kib || cost->passes != hash_passes;
}

std::string_view dummy_password_hash() {
  return "$argon2id$v=19$m=19456,t=2,p=1$OLQU88RvtMUqqpW9We7fXA$20J690Wl4QGrdT0dtFsRA4kDXG0SumgNyKiRTahkePk";
}

}  // namespace tenantry::api::tokens
