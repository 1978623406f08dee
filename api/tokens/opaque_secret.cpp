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

// Off the front, with the underscore after it, which must be there.
std::optional<Uuid> take_id(std::string_view& rest) {
  auto id = id_of(rest.substr(0, id_characters));
  if (rest[id_characters] != '_') return std::nullopt;
  rest.remove_prefix(id_characters + 1);
  return id;
}

}  // namespace

OpaqueSecret make_opaque_secret(std::string_view prefix, TenantId tenant, const Uuid& id) {
  std::string text{prefix};
  for (const Uuid& each : {tenant.value, id}) text += events::hex(each.view()) + '_';
  text += encode_base64url(random_bytes(secret_bytes));
  SecretVerifier verifier = events::sha256({text});
  return {std::move(text), verifier};
}

std::optional<PresentedSecret> read_opaque_secret(std::string_view prefix, std::string_view text) {
  if (text.size() != prefix.size() + 2 * (id_characters + 1) + secret_characters || !text.starts_with(prefix)) {
    return std::nullopt;
  }
  std::string_view rest = text.substr(prefix.size());
  auto tenant = take_id(rest);
  auto id = take_id(rest);
  if (!tenant || !id || !decode_base64url(rest)) return std::nullopt;
  return PresentedSecret{TenantId{*tenant}, *id, events::sha256({text})};
}

bool same_secret(const SecretVerifier& stored, const SecretVerifier& presented) {
  return equal_in_constant_time(events::bytes_of(stored), events::bytes_of(presented));
}

}  // namespace tenantry::api::tokens
