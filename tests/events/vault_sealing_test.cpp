// Sealed values, held to what is written down of them: put together here a second time, from libsodium's parts.
#include "events/vault/sealing.hpp"

#include <sodium.h>

#include <catch2/catch.hpp>

#include "events/identifiers.hpp"
#include "tests/support/files.hpp"
#include "tests/support/vault_keys.hpp"

using namespace tenantry;
using namespace tenantry::events;

namespace {

const VaultKey some_key{{*Uuid::parse("0190163c-0000-7000-8000-00000000000a")},
                        *Uuid::parse("0190163d-0000-7000-8000-00000000000b"),
                        "password"};
const VaultOwner some_owner = Uuid::parse("0190163e-0000-7000-8000-00000000000c");
const std::string some_secret = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

const unsigned char* raw(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
std::string text_of(std::string_view bytes) {
  return std::string{bytes};
}

std::string tenant_key_of(const std::string& root_key, const std::string& id, TenantId tenant) {
  std::string hashed =
      "tenantry vault tenant key 1" + std::string(1, static_cast<char>(id.size())) + id + text_of(tenant.value.view());
  std::string key(32, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(key.data()), key.size(), raw(hashed), hashed.size(),
                     raw(root_key), root_key.size());
  return key;
}

// As sealing.hpp says, under the root key "a".
std::string sealed_by_hand(const VaultKey& key, const VaultOwner& owner, const std::string& nonce,
                           const std::string& plain) {
  std::string whose = owner ? '\x10' + text_of(owner->view()) : std::string(1, '\0');
  std::string about = '\x10' + text_of(key.tenant.value.view()) + whose + '\x10' + text_of(key.id.view()) +
                      static_cast<char>(key.kind.size()) + key.kind;
  std::string encrypted(plain.size() + 16, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(encrypted.data()), nullptr, raw(plain),
                                             plain.size(), raw(about), about.size(), nullptr, raw(nonce),
                                             raw(tenant_key_of(std::string(32, 'a'), "a", key.tenant)));
  return std::string("\x01\x01") + "a" + whose + nonce + encrypted;
}

}  // namespace

TEST_CASE("sealed values are put together as it is written down", "[vault]") {
  auto keys = test::root_keys({'a'});
  const std::string nonce = "twenty-four random bytes";
  for (const auto& owner : {some_owner, VaultOwner{}}) {
    auto by_hand = sealed_by_hand(some_key, owner, nonce, some_secret);
    auto opened = open_sealed(keys, some_key, owner, by_hand);
    REQUIRE(opened);
    CHECK(opened->view() == some_secret);
    auto sealed = seal(keys, some_key, owner, some_secret);
    auto envelope = parse_envelope(sealed);
    REQUIRE(envelope);
    CHECK(envelope->root_key == "a");
    CHECK(envelope->owner == owner);
    CHECK(plain_bytes_of(*envelope) == some_secret.size());
    CHECK((sealed == sealed_by_hand(some_key, owner, text_of(envelope->nonce), some_secret)));
    CHECK(sealed != seal(keys, some_key, owner, some_secret));
  }
}

TEST_CASE("a value that was sealed once opens for ever", "[vault]") {
  auto golden = test::read_file(TENANTRY_SOURCE_DIR "/tests/golden/vault-sealed.1.hex");
  std::string sealed;
  for (std::size_t at = 0; at + 1 < golden.size(); at += 2) {
    sealed += static_cast<char>(std::stoi(golden.substr(at, 2), nullptr, 16));
  }
  auto opened = open_sealed(test::root_keys({'a'}), some_key, some_owner, sealed);
  REQUIRE(opened);
  CHECK(opened->view() == some_secret);
}

TEST_CASE("stored keys are read as they were written, and nothing else is one", "[vault]") {
  auto stored = stored_key(some_key);
  CHECK(hex(stored) == "0190163c00007000800000000000000a0190163d00007000800000000000000b70617373776f7264");
  CHECK(parse_stored_key(stored) == some_key);
  CHECK(made_at(some_key.id).unix_ms == 1'718'360'014'848);
  for (const std::string& wrong :
       {stored.substr(0, 32), stored.substr(0, 20), stored + '\0', stored + 'A', std::string{}}) {
    CHECK_FALSE(parse_stored_key(wrong));
  }
}

TEST_CASE("secrets are moved, not copied, and compared whole", "[vault]") {
  static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
  Secret one("secret");
  const auto* bytes = one.data();
  Secret two(std::move(one));
  CHECK(two.data() == bytes);
  Secret three("other");
  three = std::move(two);
  CHECK(three.view() == "secret");
  CHECK(is_same_secret("secret", "secret"));
  CHECK_FALSE(is_same_secret("secret", "secreT"));
  CHECK_FALSE(is_same_secret("secret", "secre"));
  CHECK(is_same_secret("", ""));
}
