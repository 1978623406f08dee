// Refresh tokens: what is stored of them is one secret for a session, however often it is refreshed.
//
//   tnt_refresh_ | base64url of
//     version, 1 byte: 1 | tenant, user and session, 16 bytes each | generation, 4 bytes, big-endian
//     | scope, with its length, 2 bytes, before it | code, 32 bytes
//
// The code is the keyed hash (BLAKE2b-256, api/tokens/sealing.hpp) of "tenantry refresh token", a NUL and everything
// before it, under the session's secret of 32 bytes.
//
// Why so: the secret lies in the vault, which can forget it and with it every token of the session, and is written
// once. The generation that is good now is a fact of the tenant's stream, so that of two refreshes with the same token
// one is decided first. A token that is genuine but of an earlier generation was used before: it proves that somebody
// else has it too, and the session has to end (RFC 9700 section 4.14.2). A token that nobody made proves nothing and
// ends no session, which is why is_genuine() must be asked before anything is concluded from the generation. A token
// tells of whose session it is, and what was granted at most, and where to look its secret up, so nothing is searched;
// changed in any part it is not genuine.
//
// read_refresh_token() answers nothing for what is not of this form. is_genuine() takes constant time. Pure functions;
// any thread. A secret of another size is a mistake of the caller: std::invalid_argument.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

inline constexpr std::string_view refresh_token_prefix = "tnt_refresh_";

struct RefreshToken {
  TenantId tenant;
  Uuid user;
  Uuid session;
  std::uint32_t generation = 0;
  std::string scope = {};  // within requested_scope_bytes_max (authorization_request.hpp)

  bool operator==(const RefreshToken&) const = default;
};
// What a text says that may be a refresh token; not to be believed before is_genuine().
struct PresentedRefreshToken {
  RefreshToken token;
  std::string code;
};

std::string make_refresh_token(const RefreshToken& token, std::string_view secret);
std::optional<PresentedRefreshToken> read_refresh_token(std::string_view text);
bool is_genuine(const PresentedRefreshToken& presented, std::string_view secret);

}  // namespace tenantry::api::oauth
