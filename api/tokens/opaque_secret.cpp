#include "api/tokens/opaque_secret.hpp"

#include "api/tokens/base_encodings.hpp"
#include "api/tokens/secret_bytes.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 43;
constexpr std::size_t id_characters = 32;

std::optional<Uuid> id_of(std::string_view digits) {
  std::string text{digits};
  for (std::size_t hyphen : {20, 16, 12, 8}) text.insert(hyphen, 1, '-');
  auto id = Uuid::parse(text);
  if (!id || events::hex(id->view()) != digits) return std::nullopt;  // parse() takes capitals too
  return id;
}

}  // namespace

OpaqueSecret make_opaque_secret(std::string_view prefix, const Uuid& id) {
  std::string text{prefix};
  text += events::hex(id.view());
  text += '_';
  text += encode_base64url(random_bytes(secret_bytes));
  SecretVerifier verifier = events::sha256({text});
  return {std::move(text), verifier};
}

std::optional<PresentedSecret> read_opaque_secret(std::string_view prefix, std::string_view text) {
  if (text.size() != prefix.size() + id_characters + 1 + secret_characters || !text.starts_with(prefix)) {
    return std::nullopt;
  }
  std::string_view rest = text.substr(prefix.size());
  auto id = id_of(rest.substr(0, id_characters));
  if (!id || rest[id_characters] != '_' || !decode_base64url(rest.substr(id_characters + 1))) return std::nullopt;
  return PresentedSecret{*id, events::sha256({text})};
}

bool same_secret(const SecretVerifier& stored, const SecretVerifier& presented) {
  return equal_in_constant_time(events::bytes_of(stored), events::bytes_of(presented));
}

}  // namespace tenantry::api::tokens
