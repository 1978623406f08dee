#include "api/tokens/totp.hpp"

#include <openssl/hmac.h>

#include <array>

#include "api/tokens/base_encodings.hpp"
#include "api/tokens/openssl_handles.hpp"
#include "api/tokens/secret_bytes.hpp"
#include "api/tokens/unreserved.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr std::int64_t steps_of_tolerance = 1;
constexpr std::uint32_t codes = 1'000'000;
constexpr std::size_t code_digits = 6;
constexpr std::size_t sha1_bytes = 20;

const EVP_MD* sha1() {
  static const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  need(fetched != nullptr, "make SHA-1");
  return fetched;
}

std::array<unsigned char, sha1_bytes> hmac_of(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter;
  for (std::size_t place = 0; place < counter.size(); ++place) {
    counter[place] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * place));
  }
  std::array<unsigned char, sha1_bytes> mac;
  need(HMAC(sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(),
            nullptr) != nullptr,
       "make an HMAC");
  return mac;
}

}  // namespace

std::string fresh_totp_secret() {
  return random_bytes(totp_secret_bytes);
}

std::int64_t totp_step(Instant now) {
  return now.unix_ms / (totp_step_s * 1000);
}

// RFC 4226 section 5.3: four bytes from where the last four bits point, without their sign.
std::string totp_code(std::string_view secret, std::int64_t step) {
  auto mac = hmac_of(secret, step);
  std::size_t offset = mac.back() & 15;
  std::uint32_t number = 0;
  for (std::size_t place = 0; place < 4; ++place) number = number << 8 | mac[offset + place];
  number = (number & 0x7FFFFFFF) % codes;
  std::string digits = std::to_string(number);
  return std::string(code_digits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> accept_totp(std::string_view secret, std::string_view code, Instant now,
                                        std::optional<std::int64_t> last_accepted) {
  std::int64_t present = totp_step(now);
  std::optional<std::int64_t> accepted;
  for (std::int64_t step = present - steps_of_tolerance; step <= present + steps_of_tolerance; ++step) {
    bool matches = equal_in_constant_time(totp_code(secret, step), code);
    if (matches && (!last_accepted || step > *last_accepted)) accepted = step;
  }
  return accepted;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret) {
  std::string uri = "otpauth://totp/";
  append_percent_encoded(uri, issuer);
  uri += ':';
  append_percent_encoded(uri, account);
  uri += "?secret=" + encode_base32(secret) + "&issuer=";
  append_percent_encoded(uri, issuer);
  return uri + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace tenantry::api::tokens
