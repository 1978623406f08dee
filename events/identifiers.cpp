#include "events/identifiers.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>
#include <stdexcept>

namespace tenantry::events {
namespace {

// One call to the random source serves many ids.
class RandomBlock {
 public:
  std::array<std::uint8_t, 10> take() {
    if (used_ + 10 > block_.size()) {
      if (RAND_bytes(block_.data(), static_cast<int>(block_.size())) != 1) {
        throw std::runtime_error("the random source of OpenSSL failed");
      }
      used_ = 0;
    }
    std::array<std::uint8_t, 10> bytes;
    std::memcpy(bytes.data(), block_.data() + used_, bytes.size());
    used_ += bytes.size();
    return bytes;
  }

 private:
  std::array<std::uint8_t, 1000> block_{};
  std::size_t used_ = block_.size();
};

EVP_MD_CTX* context(void* stream) {
  return static_cast<EVP_MD_CTX*>(stream);
}

const EVP_MD* algorithm() {
  static const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // fetching once saves a lookup a hash
  return fetched;
}

}  // namespace

Uuid fresh_id(Instant now) {
  thread_local RandomBlock random;
  return make_uuid_v7(now.unix_ms, random.take());
}

Sha256 sha256(std::initializer_list<std::string_view> parts) {
  thread_local Sha256Stream stream;
  for (std::string_view part : parts) stream.update(part);
  return stream.finish();
}

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  if (context_ == nullptr || EVP_DigestInit_ex2(context(context_), algorithm(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL has no SHA-256");
  }
}

Sha256Stream::~Sha256Stream() {
  EVP_MD_CTX_free(context(context_));
}

void Sha256Stream::update(std::string_view bytes) {
  EVP_DigestUpdate(context(context_), bytes.data(), bytes.size());
}

Sha256 Sha256Stream::finish() {
  Sha256 hash;
  EVP_DigestFinal_ex(context(context_), hash.data(), nullptr);
  EVP_DigestInit_ex2(context(context_), nullptr, nullptr);
  return hash;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace tenantry::events
