#include "api/request/authentication.hpp"

#include <algorithm>

#include "api/http/text.hpp"
#include "domain/kernel/platform.hpp"
#include "events/identifiers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using tokens::Claims;
using tokens::TokenFault;

constexpr std::string_view scheme = "Bearer ";

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
PermissionSet permissions_in(const tokens::Scopes& scopes) {
  PermissionSet named;
  for (const std::string& name : scopes.names()) {
    if (auto permission = permission_named(name)) named = named | PermissionSet{*permission};
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
  add("client", claims.client_id);
  add("session", claims.session.value_or(""));
  add("scope", claims.scopes.text());
  return out.empty() ? out : out + '}';
}

}  // namespace

Authentication::Authentication(AuthenticationOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock), verified_(options_.remembered_tokens_max) {}

// From what has been verified, or verified now.
std::expected<std::shared_ptr<const Claims>, TokenFault> Authentication::claims_of(std::string_view token) const {
  Instant now = clock_.now();
  events::Sha256 hash = tokens::token_hash(token);
  std::uint64_t epoch = verified_.epoch();
  if (auto claims = verified_.find(hash, now)) return claims;
  auto verified = verify(token, now);
  if (!verified) return std::unexpected(verified.error());
  auto claims = std::make_shared<const Claims>(std::move(*verified));
  verified_.remember(hash, claims, epoch);
  return claims;
}

std::expected<Claims, TokenFault> Authentication::verify(std::string_view token, Instant now) const {
  if (own_ != nullptr && token.starts_with(service_key_prefix)) return own_->claims_of_key(token, now);
  auto named = tokens::unverified_issuer(token);
  if (!named) return std::unexpected(TokenFault::malformed);
  if (own_ != nullptr && *named == own_->url()) {
    return tokens::verify_access_token(token, *own_->keys(), {.issuer = own_->url(), .audience = own_->url()}, now);
  }
  const TokenIssuer* issuer = issuer_named(*named);
  if (issuer == nullptr) return std::unexpected(TokenFault::issuer_refused);
  return tokens::verify_access_token(token, issuer->keys, issuer->rules, now);
}

const TokenIssuer* Authentication::issuer_named(std::string_view name) const {
  auto found = std::ranges::find(options_.issuers, name, [](const TokenIssuer& each) { return each.rules.issuer; });
  return found == options_.issuers.end() ? nullptr : &*found;
}

std::expected<Authenticated, TokenFault> Authentication::check(std::string_view token) const {
  auto found = claims_of(token);
  if (!found) return std::unexpected(found.error());
  const Claims& claims = **found;
  Authenticated made{.principal = {.scopes = permissions_in(claims.scopes)},
                     .subject = claims.subject,
                     .claims = claims_text(claims),
                     .expires_at = claims.expires_at_s};
  using enum Principal::Kind;
  bool is_own = own_ != nullptr && claims.issuer == own_->url();
  if (is_own && claims.tenant == platform_id.text() && claims.client_id == claims.subject) {
    made.principal.kind = platform_operator;
    made.principal.id = Uuid::parse(claims.subject).value_or(Uuid{});
    if (made.principal.id == Uuid{}) return std::unexpected(TokenFault::claims_malformed);
    return made;
  }
  if (claims.tenant) {
    made.principal.kind = user;
    made.tenant = Uuid::parse(*claims.tenant);
    if (!made.tenant) return std::unexpected(TokenFault::claims_malformed);
    if (auto id = Uuid::parse(claims.subject)) made.principal.id = *id;
    if (!is_own) return made;
    bool is_service = claims.client_id == claims.subject;
    if (is_service) made.principal.kind = service;
    if (!is_service) made.principal.session = Uuid::parse(claims.session.value_or(""));
    bool is_known_by_rows = made.principal.id != Uuid{} && (is_service || made.principal.session);
    if (!is_known_by_rows) return std::unexpected(TokenFault::claims_malformed);
    return made;
  }
  if (is_own) {
    bool is_node = claims.subject == subject_of_system && claims.client_id == node_client;
    if (!is_node) return std::unexpected(TokenFault::claim_missing);
    made.principal.kind = system;
    return made;
  }
  const TokenIssuer& issuer = *issuer_named(claims.issuer);
  bool is_system = issuer.is_of_development && claims.subject == subject_of_system;
  if (!is_system && !issuer.operators.contains(claims.subject)) return std::unexpected(TokenFault::claim_missing);
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
