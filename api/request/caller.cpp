#include "api/request/caller.hpp"

#include <algorithm>

#include "domain/access/authorisation.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api {
namespace {

constexpr std::size_t name_characters_max = 200;
constexpr std::size_t traceparent_characters_max = 512;  // of versions to come

bool is_lower_hex(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char each) { return (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f'); });
}

bool is_all_zero(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

// Copies the header into `into`; leaves it as it is if there is none.
Checked<void> read_into(const http::Request& request, std::string_view name, std::string& into) {
  bool is_trace = name == "traceparent";
  auto value = token_header(request, name, is_trace ? traceparent_characters_max : name_characters_max);
  if (!value) return std::unexpected(std::move(value.error()));
  if (*value) into = **value;
  return {};
}

// What a caller who is believed may do.
Checked<Principal> read_role(const http::Request& request) {
  auto value = single_header(request, "X-Role");
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value || **value == "operator") return Principal{};
  if (**value == "member") return Principal{.scopes = access::of_tenants};
  return bad_header("X-Role", "must be operator or member");
}

Checked<Caller> read_believed(const http::Request& request) {
  Caller caller;
  auto principal = read_role(request);
  if (!principal) return std::unexpected(std::move(principal.error()));
  caller.origin.principal = *principal;
  for (auto [name, into] :
       {std::pair{"X-Actor", &caller.origin.auth_id}, std::pair{"X-On-Behalf-Of", &caller.origin.on_behalf_of}}) {
    if (auto read = read_into(request, name, *into); !read) return std::unexpected(std::move(read.error()));
  }
  caller.origin.auth_type = caller.origin.auth_id.empty() ? "unauthenticated" : "user";
  return caller;
}

Caller caller_of(Authenticated authenticated) {
  Caller caller;
  auto& origin = caller.origin;
  using enum Principal::Kind;
  origin.principal = authenticated.principal;
  bool is_user = origin.principal.kind == user,
       is_service = origin.principal.kind == service ||
                    (origin.principal.kind == platform_operator && !origin.principal.id.is_nil());
  origin.auth_type = origin.principal.kind == system ? "system" : is_service ? "service_account" : "user";
  if (is_user && origin.principal.id == Uuid{}) {
    caller.login = std::move(authenticated.subject);
  } else {
    origin.auth_id = is_user || is_service ? origin.principal.id.text() : std::move(authenticated.subject);
  }
  origin.auth_claims = std::move(authenticated.claims);
  caller.tenant = authenticated.tenant;
  caller.expires_at = authenticated.expires_at;
  return caller;
}

// The server itself says for whom: a node that hands on what was asked of it.
Checked<Caller> read_for_another(const http::Request& request, const Authenticated& authenticated) {
  Caller caller = caller_of(authenticated);
  if (request.header("X-Role")) return bad_header("X-Role", "is not taken: who asks is what the access token says");
  for (auto [name, into] :
       {std::pair{"X-Actor", &caller.origin.auth_id}, std::pair{"X-On-Behalf-Of", &caller.origin.on_behalf_of}}) {
    if (auto read = read_into(request, name, *into); !read) return std::unexpected(std::move(read.error()));
  }
  if (request.header("X-Actor")) caller.origin.auth_type = "user";
  return caller;
}

Checked<Caller> read_authenticated(const http::Request& request, const Authentication& authentication, Asked asked) {
  auto refuse_names = [&]() -> Checked<void> {
    for (const char* name : {"X-Actor", "X-On-Behalf-Of", "X-Role"}) {
      if (request.header(name)) return bad_header(name, "is not taken: who asks is what the access token says");
    }
    return {};
  };
  if (asked == Asked::nothing) {
    if (auto refused = refuse_names(); !refused) return std::unexpected(std::move(refused.error()));
    Caller nobody;
    nobody.origin.principal.scopes = {};
    nobody.origin.auth_type = "unauthenticated";
    return nobody;
  }
  auto authenticated = authentication.authenticate(request);
  if (!authenticated) return std::unexpected(std::move(authenticated.error()));
  if (authenticated->principal.kind == Principal::Kind::system) return read_for_another(request, *authenticated);
  if (auto refused = refuse_names(); !refused) return std::unexpected(std::move(refused.error()));
  return caller_of(std::move(*authenticated));
}

}  // namespace

std::optional<std::string> traceparent_of(std::string_view text) {
  constexpr std::size_t version_0_characters = 55;
  if (text.size() < version_0_characters) return std::nullopt;
  std::string_view version = text.substr(0, 2);
  bool is_version_0 = version == "00";
  if (!is_lower_hex(version) || version == "ff" || text[2] != '-') return std::nullopt;
  if (is_version_0 && text.size() != version_0_characters) return std::nullopt;
  if (text.size() > version_0_characters && text[version_0_characters] != '-') return std::nullopt;
  std::string_view trace = text.substr(3, 32), parent = text.substr(36, 16), flags = text.substr(53, 2);
  bool well_formed = text[35] == '-' && text[52] == '-' && is_lower_hex(trace) && is_lower_hex(parent) &&
                     is_lower_hex(flags) && !is_all_zero(trace) && !is_all_zero(parent);
  if (!well_formed) return std::nullopt;
  if (is_version_0) return std::string{text};
  bool sampled = std::string_view{"13579bdf"}.find(flags.back()) != std::string_view::npos;
  return "00" + std::string{text.substr(2, 51)} + (sampled ? "01" : "00");
}

bool is_operator(const Caller& caller) {
  return access::ceiling_of(caller.origin.principal).contains(Permission::manage_tenants);
}

std::string key_of_caller(const Caller& caller, std::string_view idempotency_key) {
  if (caller.origin.principal.kind == Principal::Kind::unchecked) return std::string{idempotency_key};
  return caller.origin.auth_id + '\n' + std::string{idempotency_key};
}

Checked<Caller> read_caller(const http::Request& request, const Authentication& authentication, Asked asked) {
  auto caller = authentication.asks() ? read_authenticated(request, authentication, asked) : read_believed(request);
  if (!caller) return caller;
  auto& origin = caller->origin;
  for (auto [name, into] :
       {std::pair{"X-Correlation-Id", &origin.correlation_id}, std::pair{"X-Causation-Id", &origin.causation_id},
        std::pair{"traceparent", &origin.traceparent}}) {
    if (auto read = read_into(request, name, *into); !read) return std::unexpected(std::move(read.error()));
  }
  if (!origin.traceparent.empty()) {
    auto traceparent = traceparent_of(origin.traceparent);
    if (!traceparent) return bad_header("traceparent", "is not a traceparent of W3C Trace Context");
    origin.traceparent = std::move(*traceparent);
  }
  if (origin.correlation_id.empty()) origin.correlation_id = events::fresh_id().text();
  return caller;
}

}  // namespace tenantry::api
