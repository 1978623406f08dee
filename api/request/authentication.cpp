#include "api/request/authentication.hpp"

#include <algorithm>

#include "api/http/text.hpp"
#include "events/identifiers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using tokens::Claims;
using tokens::TokenFault;

constexpr std::string_view scheme = "Bearer ";
constexpr std::string_view subject_of_system = "system";

std::unexpected<Problem> refuse_token(std::string detail) {
  return std::unexpected(problem_of(Fault::token_refused, "Authorization", std::move(detail)));
}

// The token of the one Authorization header.
Checked<std::string_view> bearer_token(const http::Request& request) {
  auto value = single_header(request, "Authorization");
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) {
    return std::unexpected(problem_of(Fault::token_missing, "Authorization", "this takes an access token as bearer"));
  }
  bool is_bearer =
      (*value)->size() > scheme.size() && http::equal_ignoring_case((*value)->substr(0, scheme.size()), scheme);
  if (!is_bearer) return refuse_token("is no bearer token");
  return (*value)->substr(scheme.size());
}

// Those that it names, if it names any.
PermissionSet permissions_in(std::string_view scope) {
  PermissionSet named;
  while (!scope.empty()) {
    std::size_t end = scope.find(' ');
    if (auto permission = permission_named(scope.substr(0, end))) named = named | PermissionSet{*permission};
    scope.remove_prefix(end == std::string_view::npos ? scope.size() : end + 1);
  }
  return named.empty() ? PermissionSet::all() : named;
}

std::string claims_text(const Claims& claims) {
  std::string out;
  auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += out.empty() ? "{" : ",";
    events::json::append_text(out, name);
    out += ':';
    events::json::append_text(out, value);
  };
  add("client", claims.client);
  add("session", claims.session);
  add("scope", claims.scope);
  return out.empty() ? out : out + '}';
}

}  // namespace

Authentication::Authentication(AuthenticationOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock), verified_(options_.remembered_tokens_max) {}

std::expected<Authenticated, TokenFault> Authentication::check(std::string_view token) const {
  Instant now = clock_.now();
  events::Sha256 hash = events::sha256({token});
  auto claims = verified_.find(hash, now);
  TokenFault fault = TokenFault::unknown_key;
  for (auto issuer = options_.issuers.begin(); !claims && issuer != options_.issuers.end(); ++issuer) {
    auto checked = tokens::check_access_token(token, issuer->keys, issuer->expected, now);
    if (!checked) {
      if (checked.error() != TokenFault::unknown_key) fault = checked.error();
      continue;
    }
    claims = std::make_shared<const Claims>(std::move(*checked));
    verified_.remember(hash, claims);
  }
  if (!claims) return std::unexpected(fault);
  auto issuer =
      std::ranges::find(options_.issuers, claims->issuer, [](const TokenIssuer& each) { return each.expected.issuer; });
  Authenticated made{.principal = {.scopes = permissions_in(claims->scope)},
                     .subject = claims->subject,
                     .claims = claims_text(*claims),
                     .expires_at = claims->expires_at};
  using enum Principal::Kind;
  if (!claims->tenant.empty()) {
    made.principal.kind = user;
    made.tenant = Uuid::parse(claims->tenant);
    if (!made.tenant) return std::unexpected(TokenFault::missing_claim);
    if (auto id = Uuid::parse(claims->subject)) made.principal.id = *id;
    return made;
  }
  bool is_system = issuer->is_of_development && claims->subject == subject_of_system;
  if (!is_system && !issuer->operators.contains(claims->subject)) return std::unexpected(TokenFault::missing_claim);
  made.principal.kind = is_system ? system : platform_operator;
  return made;
}

Checked<Authenticated> Authentication::authenticate(const http::Request& request) const {
  auto token = bearer_token(request);
  if (!token) return std::unexpected(std::move(token.error()));
  auto checked = check(*token);
  if (checked) return std::move(*checked);
  ++refused_[static_cast<std::size_t>(checked.error())];
  return refuse_token("the token is not accepted");
}

}  // namespace tenantry::api
