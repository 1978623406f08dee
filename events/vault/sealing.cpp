#include "events/vault/sealing.hpp"

#include <sodium.h>

#include <cstring>

namespace tenantry::events {
namespace {

constexpr char version = 1;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t owner_bytes = 16;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view view_of(const VaultOwner& owner) {
  return owner ? owner->view() : std::string_view{};
}

void add_with_length(std::string& to, std::string_view part) {
  to += static_cast<char>(part.size());
  to += part;
}

std::string authenticated(const VaultKey& key, const VaultOwner& owner) {
  std::string bytes;
  for (std::string_view part : {key.tenant.value.view(), view_of(owner), key.id.view(), std::string_view{key.kind}}) {
    add_with_length(bytes, part);
  }
  return bytes;
}

// Takes a part with its length off the front; nothing if it is cut short.
std::optional<std::string_view> take_with_length(std::string_view& rest) {
  if (rest.empty()) return std::nullopt;
  auto length = static_cast<unsigned char>(rest.front());
  rest.remove_prefix(1);
  if (rest.size() < length) return std::nullopt;
  auto part = rest.substr(0, length);
  rest.remove_prefix(length);
  return part;
}

std::unexpected<VaultError> altered(const VaultKey& key) {
  return std::unexpected(
      VaultError{VaultError::Kind::altered, "what is stored is not what was sealed as " + name_of(key)});
}

}  // namespace

std::optional<Envelope> parse_envelope(std::string_view sealed) {
  if (sealed.empty() || sealed.front() != version) return std::nullopt;
  sealed.remove_prefix(1);
  auto root_key = take_with_length(sealed);
  auto owner = root_key ? take_with_length(sealed) : std::nullopt;
  if (!owner || !is_root_key_id(*root_key)) return std::nullopt;
  if (!owner->empty() && owner->size() != owner_bytes) return std::nullopt;
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  Envelope envelope{*root_key, {}, sealed.substr(0, nonce_bytes), sealed.substr(nonce_bytes)};
  if (!owner->empty()) std::memcpy(envelope.owner.emplace().bytes.data(), owner->data(), owner_bytes);
  return envelope;
}

std::size_t plain_bytes_of(const Envelope& envelope) {
  return envelope.encrypted.size() - tag_bytes;
}

std::string seal(const RootKeys& keys, const VaultKey& key, const VaultOwner& owner, std::string_view plain) {
  std::string sealed(1, version);
  add_with_length(sealed, keys.current());
  add_with_length(sealed, view_of(owner));
  std::string nonce(nonce_bytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  sealed += nonce;
  std::size_t begin = sealed.size();
  sealed.resize(begin + plain.size() + tag_bytes);
  auto about = authenticated(key, owner);
  auto secret = keys.key_of(key.tenant, keys.current()).value();
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data() + begin), nullptr,
                                             bytes_of(plain), plain.size(), bytes_of(about), about.size(), nullptr,
                                             bytes_of(nonce), secret.data());
  return sealed;
}

std::expected<Secret, VaultError> open_sealed(const RootKeys& keys, const VaultKey& key, const VaultOwner& owner,
                                              std::string_view sealed) {
  auto envelope = parse_envelope(sealed);
  if (!envelope || envelope->owner != owner) return altered(key);
  auto secret = keys.key_of(key.tenant, envelope->root_key);
  if (!secret) {
    return std::unexpected(VaultError{VaultError::Kind::missing_key, "the root key " + std::string{envelope->root_key} +
                                                                         " is missing, under which " + name_of(key) +
                                                                         " was sealed"});
  }
  auto about = authenticated(key, owner);
  Secret plain(plain_bytes_of(*envelope));
  int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, bytes_of(envelope->encrypted),
                                                          envelope->encrypted.size(), bytes_of(about), about.size(),
                                                          bytes_of(envelope->nonce), secret->data());
  if (opened != 0) return altered(key);
  return plain;
}

std::expected<Secret, VaultError> open_sealed(const RootKeys& keys, const VaultKey& key, std::string_view sealed) {
  auto envelope = parse_envelope(sealed);
  if (!envelope) return altered(key);
  return open_sealed(keys, key, envelope->owner, sealed);
}

}  // namespace tenantry::events
