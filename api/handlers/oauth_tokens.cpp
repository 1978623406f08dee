// The endpoints of OAuth 2 that programs ask: tokens for a code, for a refresh token, for the key of a service;
// revocation, introspection, the published keys and the server's metadata (api/oauth/).
//
// A code and a refresh token are tokens of a session's generations: the writer of the tenant decides which generation
// is good, so of several that show the same one, on whichever nodes, one gets tokens, and the session of the others
// ends.
#include "api/handlers/browser.hpp"
#include "api/handlers/command_request.hpp"
#include "api/handlers/handlers.hpp"
#include "api/oauth/authorization_code.hpp"
#include "api/oauth/id_token.hpp"
#include "api/oauth/metadata.hpp"
#include "api/oauth/refresh_token.hpp"
#include "api/oauth/token_request.hpp"
#include "api/tenants/tables.hpp"
#include "api/tokens/pkce.hpp"
#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/refusals.hpp"
#include "domain/access/roles.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using access::User;
using events::engine::Done;
using events::engine::Outcome;
using events::engine::Submission;
using oauth::OauthError;

void answer_error(Exchange& exchange, const OauthError& error) {
  answer_unkept(exchange, oauth::error_response(error));
}

void answer_invalid_grant(Exchange& exchange) {
  answer_error(exchange, {"invalid_grant", "it is not good, or not any more"});
}

OauthError malformed(const oauth::FormFault& fault) {
  return {"invalid_request", fault.field.empty() ? fault.detail : fault.field + ' ' + fault.detail};
}

// What failed in the server: the client may try again.
void answer_unavailable(Exchange& exchange, const std::string& cause) {
  Problem problem = problem_of(Fault::not_written, "", "try again");
  problem.cause = cause;
  answer(exchange, problem);
}

// The session of a user whose token or code was shown.
struct Grant {
  TenantScope scope;
  Id<User> user;
  Uuid session;
  Uuid client;
  std::uint32_t generation = 0;
  tokens::Scopes granted = {};  // when the person logged in
  tokens::Scopes scopes = {};   // now; no more than these
  std::optional<oauth::AuthorizationCode> code = {};
};

std::optional<std::string> id_token_for(const Grant& grant, const Issuer& issuer) {
  if (!grant.code || !grant.granted.contains("openid")) return std::nullopt;
  auto keys = issuer.signing_keys_now();
  if (!keys->signer) throw std::runtime_error("there is no signing key");
  std::int64_t now_s = issuer.now().unix_ms / 1000;
  return oauth::issue_id_token({.issuer = issuer.url(),
                                .subject = grant.user.text(),
                                .client = grant.client,
                                .tenant = grant.scope.tenant(),
                                .session = grant.session,
                                .nonce = grant.code->nonce,
                                .authenticated_at_s = grant.code->authenticated_at_s,
                                .issued_at_s = now_s,
                                .expires_at_s = now_s + issuer.options().access_token_s},
                               tokens::AccessTokenRules{}.tenant_claim, keys->key_id, *keys->signer);
}

http::Response response_of(Issuer& issuer, const Grant& grant, const events::Secret& secret) {
  ++(grant.code ? issuer.counters().codes_exchanged : issuer.counters().sessions_refreshed);
  tokens::Claims claims{.issuer = {},
                        .subject = grant.user.text(),
                        .audience = {},
                        .not_before_s = {},
                        .token_id = {},
                        .client_id = grant.client.text(),
                        .scopes = grant.scopes,
                        .session = grant.session.text(),
                        .tenant = grant.scope.tenant().text(),
                        .actors = {}};
  oauth::RefreshToken next{.tenant = grant.scope.tenant(),
                           .user = grant.user.value,
                           .session = grant.session,
                           .generation = grant.generation + 1,
                           .scope = grant.granted.text()};
  return oauth::token_response({.access_token = issuer.access_token(std::move(claims)),
                                .expires_in_s = issuer.options().access_token_s,
                                .scopes = grant.scopes,
                                .refresh_token = oauth::make_refresh_token(next, secret.view()),
                                .id_token = id_token_for(grant, issuer)});
}

// On a thread of the engine, which must not end because there is nothing to sign with.
void answer_tokens(Exchange& exchange, Issuer& issuer, const Grant& grant, const events::Secret& secret) {
  try {
    answer_unkept(exchange, response_of(issuer, grant, secret));
  } catch (const std::exception& failure) {
    answer_unavailable(exchange, failure.what());
  }
}

template <class Command>
Submission seen_of(const Exchange& exchange, const Grant& grant, Command command) {
  Submission submission{.scope = grant.scope,
                        .origin = seen_by_server(exchange.caller.origin, grant.user.value),
                        .commands = {},
                        .reply = {}};
  submission.commands.push_back({.command = Value{std::move(command)}});
  return submission;
}

// Ends the session, then answers that the grant is not good.
void end_reused(Exchange exchange, Issuer& issuer, const Grant& grant) {
  ++issuer.counters().refresh_tokens_reused;
  Context& context = *exchange.context;
  auto submission =
      seen_of(exchange, grant,
              access::EndSession{.id = grant.user, .session = grant.session, .reason = access::SessionEnd::reused});
  submission.reply = [exchange = std::move(exchange)](const std::vector<Outcome>& outcomes) mutable {
    if (std::holds_alternative<events::engine::Failure>(outcomes.front())) {
      return answer_unavailable(exchange, problem_of_outcome(outcomes.front()).detail);
    }
    answer_invalid_grant(exchange);
  };
  context.engine.submit(std::move(submission));
}

// What was shown is genuine: whether it is the session's newest is for the writer to decide.
void go_on(Exchange exchange, Issuer& issuer, Grant grant, events::Secret secret) {
  Context& context = *exchange.context;
  auto submission =
      seen_of(exchange, grant,
              access::RefreshSession{.id = grant.user, .session = grant.session, .generation = grant.generation});
  submission.reply = [exchange = std::move(exchange), &issuer, grant = std::move(grant),
                      secret = std::move(secret)](const std::vector<Outcome>& outcomes) mutable {
    const Outcome& outcome = outcomes.front();
    if (std::holds_alternative<Done>(outcome)) return answer_tokens(exchange, issuer, grant, secret);
    const auto* refusal = std::get_if<Refusal>(&outcome);
    if (refusal == nullptr) return answer_unavailable(exchange, problem_of_outcome(outcome).detail);
    if (refusal->type == &access::refused.refresh_reused) return end_reused(std::move(exchange), issuer, grant);
    answer_invalid_grant(exchange);
  };
  context.engine.submit(std::move(submission));
}

// Nothing if the session or its secret is not there, or goes on elsewhere than in this application.
OfVault<std::optional<events::Secret>> secret_of(const Exchange& exchange, Issuer& issuer, const Grant& grant) {
  auto credentials = exchange.context->state.reader(grant.scope).read(access::credentials_of(grant.user));
  if (!credentials) {
    return std::unexpected(events::VaultError{events::VaultError::Kind::unavailable, credentials.error().detail});
  }
  if (!*credentials) return std::nullopt;
  for (const access::Session& each : (*credentials)->sessions) {
    if (each.id != grant.session || each.application.value != grant.client) continue;
    return session_secret(issuer.vault(), grant.scope.tenant(), grant.user.value, grant.session);
  }
  return std::nullopt;
}

std::optional<oauth::AuthorizationCode> open_code(const Issuer& issuer, const oauth::CodeExchange& asked) {
  for (const std::string& key : issuer.keys_for(oauth::authorization_code_key)) {
    auto code = oauth::open_code(key, asked.code, issuer.now());
    if (!code) continue;
    bool fits = code->client == asked.client && code->redirect_uri == asked.redirect_uri &&
                tokens::answers_challenge(asked.code_verifier, code->code_challenge);
    if (!fits) return std::nullopt;
    return code;
  }
  return std::nullopt;
}

void give(Exchange exchange, Issuer& issuer, const oauth::CodeExchange& asked) {
  auto code = open_code(issuer, asked);
  auto scope =
      code ? exchange.context->gate.find(code->tenant.text()) : Checked<TenantScope>{std::unexpected(Problem{})};
  if (!scope) return answer_invalid_grant(exchange);
  tokens::Scopes scopes = tokens::Scopes::parse(code->scope).value_or(tokens::Scopes{});
  Grant grant{.scope = *scope,
              .user = {code->user},
              .session = code->session,
              .client = code->client,
              .granted = scopes,
              .scopes = scopes,
              .code = std::move(code)};
  auto secret = secret_of(exchange, issuer, grant);
  if (!secret) return answer_unavailable(exchange, secret.error().detail);
  if (!*secret) return answer_invalid_grant(exchange);
  go_on(std::move(exchange), issuer, std::move(grant), std::move(**secret));
}

void give(Exchange exchange, Issuer& issuer, const oauth::Refresh& asked) {
  auto shown = oauth::read_refresh_token(asked.refresh_token);
  auto scope = shown ? exchange.context->gate.find(shown->token.tenant.text())
                     : Checked<TenantScope>{std::unexpected(Problem{})};
  if (!scope) return answer_invalid_grant(exchange);
  tokens::Scopes granted = tokens::Scopes::parse(shown->token.scope).value_or(tokens::Scopes{});
  Grant grant{.scope = *scope,
              .user = {shown->token.user},
              .session = shown->token.session,
              .client = asked.client,
              .generation = shown->token.generation,
              .granted = granted,
              .scopes = asked.scopes.value_or(granted)};
  auto secret = secret_of(exchange, issuer, grant);
  if (!secret) return answer_unavailable(exchange, secret.error().detail);
  if (!*secret || !oauth::is_genuine(*shown, (*secret)->view())) return answer_invalid_grant(exchange);
  bool is_wider = !granted.empty() && !grant.scopes.within(granted);
  if (is_wider) return answer_error(exchange, {"invalid_scope", "scope has more than was granted"});
  go_on(std::move(exchange), issuer, std::move(grant), std::move(**secret));
}

// The tenant of a key that is genuine and was not revoked; else nothing.
std::optional<TenantScope> tenant_of_key(const Exchange& exchange, Issuer& issuer, const tokens::PresentedSecret& key) {
  auto found = read_service_key(issuer.vault(), key);
  if (!found || !*found) return std::nullopt;
  auto expires_at = (*found)->expires_at;
  if (expires_at && *expires_at <= issuer.now()) return std::nullopt;
  auto scope = exchange.context->gate.find(key.tenant.text());
  if (!scope) return std::nullopt;
  auto row = exchange.context->state.reader(*scope).read(Id<access::ServiceKey>{key.id});
  if (!row || !*row || (*row)->status != access::ServiceKeyStatus::issued) return std::nullopt;
  return *scope;
}

bool is_by_header(const Exchange& exchange) {
  return exchange.request.header("Authorization").has_value();
}

void give(Exchange exchange, Issuer& issuer, const oauth::ClientCredentials& asked) {
  auto scope = tenant_of_key(exchange, issuer, asked.key);
  if (!scope) {
    return answer_error(exchange, oauth::invalid_client("the key is not good", is_by_header(exchange)));
  }
  ++issuer.counters().keys_exchanged;
  std::string id = asked.key.id.text();
  tokens::Scopes scopes = asked.scopes.value_or(tokens::Scopes{});
  tokens::Claims claims{.issuer = {},
                        .subject = id,
                        .audience = {},
                        .not_before_s = {},
                        .token_id = {},
                        .client_id = id,
                        .scopes = scopes,
                        .session = {},
                        .tenant = scope->tenant().text(),
                        .actors = {}};
  answer_unkept(exchange, oauth::token_response({.access_token = issuer.access_token(std::move(claims)),
                                                 .expires_in_s = issuer.options().access_token_s,
                                                 .scopes = scopes,
                                                 .refresh_token = {},
                                                 .id_token = {}}));
}

// The session that a token is of, with its user: of a refresh token that is genuine, or an access token that is good.
struct TokenOfSession {
  TenantScope scope;
  Id<User> user;
  Uuid session;
  std::string client;
};
std::optional<TokenOfSession> session_of_token(const Exchange& exchange, Issuer& issuer, const std::string& text) {
  const Gate& gate = exchange.context->gate;
  if (auto shown = oauth::read_refresh_token(text)) {
    auto scope = gate.find(shown->token.tenant.text());
    if (!scope) return std::nullopt;
    auto secret = session_secret(issuer.vault(), shown->token.tenant, shown->token.user, shown->token.session);
    if (!secret || !*secret || !oauth::is_genuine(*shown, (*secret)->view())) return std::nullopt;
    return TokenOfSession{*scope, {shown->token.user}, shown->token.session, {}};
  }
  auto claims = issuer.verified(text);
  auto session = claims && claims->session ? Uuid::parse(*claims->session) : std::nullopt;
  auto user = session ? Uuid::parse(claims->subject) : std::nullopt;
  if (!user || !claims->tenant) return std::nullopt;
  auto scope = gate.find(*claims->tenant);
  if (!scope) return std::nullopt;
  return TokenOfSession{*scope, {*user}, *session, claims->client_id};
}

// RFC 7009 section 2.2: also where there is nothing to be revoked.
void answer_revoked(Exchange& exchange) {
  http::Response response;
  answer_unkept(exchange, std::move(response));
}

void revoke(Exchange exchange, Issuer& issuer, const oauth::RevocationRequest& asked) {
  if (const auto* key = std::get_if<oauth::ServiceKey>(&asked.client)) {
    if (!tenant_of_key(exchange, issuer, *key)) {
      return answer_error(exchange, oauth::invalid_client("the key is not good", is_by_header(exchange)));
    }
    return answer_error(exchange, {"unsupported_token_type", "tokens of keys end with the key"});
  }
  auto found = session_of_token(exchange, issuer, asked.token);
  if (!found) return answer_revoked(exchange);
  Uuid client = std::get<oauth::PublicClient>(asked.client).id;
  const access::Session* session = nullptr;
  auto credentials = exchange.context->state.reader(found->scope).read(access::credentials_of(found->user));
  if (!credentials) return answer_unavailable(exchange, credentials.error().detail);
  if (*credentials) {
    for (const access::Session& each : (*credentials)->sessions) {
      if (each.id == found->session) session = &each;
    }
  }
  if (session == nullptr) return answer_revoked(exchange);
  if (session->application.value != client) {
    return answer_error(exchange, {"invalid_grant", "the token was given to another client"});
  }
  Grant grant{.scope = found->scope, .user = found->user, .session = found->session, .client = client};
  Context& context = *exchange.context;
  auto submission =
      seen_of(exchange, grant, access::EndSession{.id = grant.user, .session = grant.session, .reason = {}});
  submission.reply = [exchange = std::move(exchange)](const std::vector<Outcome>& outcomes) mutable {
    if (std::holds_alternative<Done>(outcomes.front())) return answer_revoked(exchange);
    answer_unavailable(exchange, problem_of_outcome(outcomes.front()).detail);
  };
  context.engine.submit(std::move(submission));
}

void write_claims(events::json::ObjectWriter& writer, const tokens::Claims& claims) {
  auto text = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) events::json::append_text(writer.key(name), value);
  };
  text("iss", claims.issuer);
  text("sub", claims.subject);
  text("client_id", claims.client_id);
  text("scope", claims.scopes.text());
  text("tenant", claims.tenant.value_or(""));
  text("sid", claims.session.value_or(""));
  text("jti", claims.token_id);
  text("token_type", "Bearer");
  events::json::append_integer(writer.key("iat"), claims.issued_at_s);
  events::json::append_integer(writer.key("exp"), claims.expires_at_s);
}

http::Response introspection(const std::optional<tokens::Claims>& claims) {
  std::string body;
  {
    events::json::ObjectWriter writer{body};
    events::json::append_boolean(writer.key("active"), claims.has_value());
    if (claims) write_claims(writer, *claims);
  }
  return json_response(std::move(body));
}

// An access token of the key's own tenant whose bearer may still do something; else nothing is told of it.
std::optional<tokens::Claims> active_claims(const Exchange& exchange, Issuer& issuer, const TenantScope& scope,
                                            const std::string& text) {
  auto claims = issuer.verified(text);
  if (!claims || claims->tenant != scope.tenant().text()) return std::nullopt;
  Principal principal{.kind = Principal::Kind::user, .id = Uuid::parse(claims->subject).value_or(Uuid{})};
  if (claims->client_id == claims->subject) principal.kind = Principal::Kind::service;
  if (claims->session) principal.session = Uuid::parse(*claims->session);
  bool is_active = false;
  auto asked = exchange.context->state.reader(scope).ask_tables(
      [&](Tables& tables) { is_active = access::rights_of(tables, principal).has_value(); });
  if (!asked || !is_active) return std::nullopt;
  return claims;
}

// Reads the form on this thread, and goes on with what it asks for on one of the issuer's.
template <class Read, class Rest>
void serve_form(Exchange exchange, Read read, Rest rest) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  auto form = read_form(exchange.request);
  if (!form) return answer_error(exchange, malformed(form.error()));
  if (exchange.request.header_count("Authorization") > 1) {
    return answer_error(exchange, {"invalid_request", "Authorization is given twice"});
  }
  auto asked = read(*form, exchange.request.header("Authorization"));
  if (!asked) return answer_error(exchange, asked.error());
  on_issuers_thread(std::move(exchange), *issuer,
                    [asked = std::move(*asked), rest](Exchange exchange, Issuer& issuer) mutable {
                      rest(std::move(exchange), issuer, asked);
                    });
}

// Of whatever the form shows, without asking whether it is good.
std::optional<TenantId> tenant_shown_in(const Issuer& issuer, const http::Request& request, const oauth::Form& form) {
  if (auto token = form.find("refresh_token").or_else([&] { return form.find("token"); })) {
    if (auto shown = oauth::read_refresh_token(*token)) return shown->token.tenant;
    auto claims = issuer.verified(*token);
    auto tenant = claims && claims->tenant ? TenantId::parse(*claims->tenant) : std::nullopt;
    if (tenant) return tenant;
  }
  if (auto text = form.find("code")) {
    for (const std::string& key : issuer.keys_for(oauth::authorization_code_key)) {
      if (auto code = oauth::open_code(key, *text, issuer.now())) return code->tenant;
    }
  }
  auto client = oauth::read_client(form, request.header("Authorization"));
  if (!client || !std::holds_alternative<oauth::ServiceKey>(*client)) return std::nullopt;
  return std::get<oauth::ServiceKey>(*client).tenant;
}

}  // namespace

std::optional<TenantScope> tenant_of_token_request(const Context& context, const http::Request& request) {
  auto form = context.issuer ? read_form(request) : std::unexpected(oauth::FormFault{});
  auto tenant = form ? tenant_shown_in(*context.issuer, request, *form) : std::nullopt;
  if (!tenant) return std::nullopt;
  auto scope = context.gate.find(tenant->text());
  if (!scope) return std::nullopt;
  return *scope;
}

void serve_token(Exchange exchange) {
  serve_form(std::move(exchange), oauth::read_token_request,
             [](Exchange exchange, Issuer& issuer, const oauth::TokenRequest& asked) {
               std::visit([&](const auto& each) { give(std::move(exchange), issuer, each); }, asked);
             });
}

void serve_revocation(Exchange exchange) {
  serve_form(std::move(exchange), oauth::read_revocation_request,
             [](Exchange exchange, Issuer& issuer, const oauth::RevocationRequest& asked) {
               revoke(std::move(exchange), issuer, asked);
             });
}

void serve_introspection(Exchange exchange) {
  serve_form(std::move(exchange), oauth::read_introspection_request,
             [](Exchange exchange, Issuer& issuer, const oauth::IntrospectionRequest& asked) {
               auto scope = tenant_of_key(exchange, issuer, asked.key);
               if (!scope) return answer_error(exchange, oauth::invalid_client("the key is not good", true));
               answer_unkept(exchange, introspection(active_claims(exchange, issuer, *scope, asked.token)));
             });
}

void serve_keys(Exchange exchange) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  answer(exchange, json_response(tokens::print_key_set(*issuer->keys())));
}

void serve_metadata(Exchange exchange) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  std::string names = "openid";
  for (const PermissionName& each : permission_names) {
    if (access::of_tenants.contains(each.permission)) names += ' ' + std::string{each.name};
  }
  constexpr tokens::SignatureAlgorithm algorithms[] = {tokens::SignatureAlgorithm::es256};
  answer(exchange,
         json_response(oauth::metadata_document(issuer->url(), tokens::Scopes::parse(names).value(), algorithms)));
}

}  // namespace tenantry::api
