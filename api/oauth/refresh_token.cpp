#include "api/oauth/refresh_token.hpp"

#include "api/oauth/fields.hpp"
#include "api/tokens/base_encodings.hpp"
#include "api/tokens/sealing.hpp"
#include "api/tokens/secret_bytes.hpp"

namespace tenantry::api::oauth {
namespace {

constexpr std::uint64_t version = 1;
constexpr std::string_view domain{"tenantry refresh token\0", 23};
constexpr std::size_t text_characters_max = 2'000;

std::string spoken_for(const RefreshToken& token) {
  FieldWriter fields;
  fields.number(version, 1).id(token.tenant.value).id(token.user).id(token.session).number(token.generation, 4);
  fields.text(token.scope);
  return fields.written();
}

}  // namespace

std::string make_refresh_token(const RefreshToken& token, std::string_view secret) {
  std::string bytes = spoken_for(token);
  bytes += tokens::keyed_hash(secret, {domain, bytes});
  return std::string{refresh_token_prefix} + tokens::encode_base64url(bytes);
}

std::optional<PresentedRefreshToken> read_refresh_token(std::string_view text) {
  if (!text.starts_with(refresh_token_prefix)) return std::nullopt;
  text.remove_prefix(refresh_token_prefix.size());
  auto bytes = text.size() <= text_characters_max ? tokens::decode_base64url(text) : std::nullopt;
  if (!bytes) return std::nullopt;
  FieldReader fields{*bytes};
  if (fields.number(1) != version) return std::nullopt;
  PresentedRefreshToken presented;
  presented.token.tenant = TenantId{fields.id()};
  presented.token.user = fields.id();
  presented.token.session = fields.id();
  presented.token.generation = static_cast<std::uint32_t>(fields.number(4));
  presented.token.scope = fields.text();
  presented.code = fields.bytes(tokens::keyed_hash_bytes);
  if (!fields.is_whole()) return std::nullopt;
  return presented;
}

bool is_genuine(const PresentedRefreshToken& presented, std::string_view secret) {
  return tokens::equal_in_constant_time(tokens::keyed_hash(secret, {domain, spoken_for(presented.token)}),
                                        presented.code);
}

}  // namespace tenantry::api::oauth
