#include "api/tokens/sealing.hpp"

#include <sodium.h>

#include <stdexcept>

#include "api/tokens/secret_bytes.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(sealing_key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(sealing_key_bytes == crypto_generichash_KEYBYTES && keyed_hash_bytes == crypto_generichash_BYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void need_key(std::string_view key) {
  if (key.size() != sealing_key_bytes) throw std::invalid_argument("a key for sealing has 32 bytes");
  need_sodium();
}

}  // namespace

std::string keyed_hash(std::string_view key, std::initializer_list<std::string_view> parts) {
  need_key(key);
  crypto_generichash_state state;
  crypto_generichash_init(&state, bytes_of(key), key.size(), keyed_hash_bytes);
  for (std::string_view part : parts) crypto_generichash_update(&state, bytes_of(part), part.size());
  std::string hash(keyed_hash_bytes, '\0');
  crypto_generichash_final(&state, bytes_of(hash), hash.size());
  sodium_memzero(&state, sizeof state);
  return hash;
}

std::string derive_key(std::string_view secret, std::string_view purpose) {
  return keyed_hash(secret, {"tenantry key for ", purpose});
}

std::string seal_bytes(std::string_view key, std::string_view purpose, std::string_view plain) {
  need_key(key);
  std::string sealed = random_bytes(nonce_bytes);
  sealed.resize(nonce_bytes + plain.size() + tag_bytes);
  unsigned char* begin = bytes_of(sealed);
  crypto_aead_xchacha20poly1305_ietf_encrypt(begin + nonce_bytes, nullptr, bytes_of(plain), plain.size(),
                                             bytes_of(purpose), purpose.size(), nullptr, begin, bytes_of(key));
  return sealed;
}

std::optional<std::string> open_sealed_bytes(std::string_view key, std::string_view purpose, std::string_view sealed) {
  need_key(key);
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  std::string_view encrypted = sealed.substr(nonce_bytes);
  std::string plain(encrypted.size() - tag_bytes, '\0');
  int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(plain), nullptr, nullptr, bytes_of(encrypted),
                                                          encrypted.size(), bytes_of(purpose), purpose.size(),
                                                          bytes_of(sealed), bytes_of(key));
  if (opened != 0) return std::nullopt;
  return plain;
}

}  // namespace tenantry::api::tokens
