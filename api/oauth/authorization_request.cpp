#include "api/oauth/authorization_request.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "api/oauth/redirect_uri.hpp"
#include "api/tokens/pkce.hpp"
#include "api/tokens/scopes.hpp"

namespace tenantry::api::oauth {
namespace {

using Refusal = std::optional<OauthError>;

OauthError invalid_request(std::string description) {
  return {"invalid_request", std::move(description)};
}

// Parameters whose mere presence is refused, each by its own error.
constexpr std::array<std::string_view, 3> unsupported{"request", "request_uri", "registration"};

Refusal refuse_unsupported(const Form& form) {
  for (std::string_view each : unsupported) {
    std::string name{each};
    if (form.find(each)) return OauthError{name + "_not_supported", name + " is not supported"};
  }
  return std::nullopt;
}

Refusal refuse_response(const Form& form) {
  auto type = form.find("response_type");
  if (!type) return invalid_request("response_type is missing");
  if (*type != "code") return OauthError{"unsupported_response_type", "response_type must be code"};
  if (form.find("response_mode").value_or("query") != "query") return invalid_request("response_mode must be query");
  return std::nullopt;
}

Refusal refuse_challenge(const Form& form) {
  auto challenge = form.find("code_challenge");
  if (!challenge) return invalid_request("code_challenge is missing");
  if (form.find("code_challenge_method") != tokens::pkce_method) {
    return invalid_request("code_challenge_method must be S256");
  }
  if (!tokens::is_code_challenge(*challenge)) {
    return invalid_request("code_challenge is not a SHA-256 in base64url without padding");
  }
  return std::nullopt;
}

Refusal refuse_prompt(const Form& form) {
  std::string_view rest = form.find("prompt").value_or("");
  if (rest == "none") return OauthError{"login_required", "the person has to log in"};
  while (!rest.empty()) {
    std::string_view each = rest.substr(0, rest.find(' '));
    if (each == "none") return invalid_request("prompt must not have none beside other values");
    if (each != "login" && each != "consent" && each != "select_account") {
      return invalid_request("prompt must be of none, login, consent and select_account");
    }
    rest.remove_prefix(std::min(each.size() + 1, rest.size()));
  }
  return std::nullopt;
}

Refusal refuse_max_age(const Form& form) {
  std::string_view seconds = form.find("max_age").value_or("0");
  bool is_number = std::ranges::all_of(seconds, [](char each) { return each >= '0' && each <= '9'; });
  if (!is_number) return invalid_request("max_age must be a number of seconds");
  return std::nullopt;
}

// RFC 6749 appendix A.5.
bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char each) { return each >= 0x20 && each < 0x7F; });
}

Refusal refuse_texts(const Form& form) {
  std::string_view state = form.find("state").value_or("");
  if (state.size() > state_bytes_max) return invalid_request("state is longer than 1024 bytes");
  if (!is_printable(state)) return invalid_request("state has characters other than printable ASCII");
  if (form.find("nonce").value_or("").size() > nonce_bytes_max) {
    return invalid_request("nonce is longer than 255 bytes");
  }
  return std::nullopt;
}

std::expected<std::string, OauthError> scope_of(const Form& form) {
  auto text = form.find("scope");
  if (!text) return std::string{};
  auto scopes = text->size() <= requested_scope_bytes_max ? tokens::Scopes::parse(*text) : std::nullopt;
  if (!scopes) return std::unexpected(OauthError{"invalid_scope", "scope is not names with one space between"});
  return scopes->text();
}

}  // namespace

std::expected<AuthorizationTarget, FormFault> read_authorization_target(const Form& form) {
  auto client_id = form.find("client_id");
  if (!client_id) return std::unexpected(FormFault{"client_id", "is missing"});
  auto client = Uuid::parse(*client_id);
  if (!client) return std::unexpected(FormFault{"client_id", "is not the id of an application"});
  auto redirect_uri = form.find("redirect_uri");
  if (!redirect_uri) return std::unexpected(FormFault{"redirect_uri", "is missing"});
  if (auto fault = fault_of_redirect_uri(*redirect_uri)) {
    return std::unexpected(FormFault{"redirect_uri", std::move(*fault)});
  }
  return AuthorizationTarget{*client, std::string{*redirect_uri}};
}

std::expected<AuthorizationRequest, OauthError> read_authorization_request(const Form& form,
                                                                           const AuthorizationTarget& target) {
  for (auto refuse :
       {refuse_unsupported, refuse_response, refuse_challenge, refuse_texts, refuse_max_age, refuse_prompt}) {
    if (Refusal refusal = refuse(form)) return std::unexpected(std::move(*refusal));
  }
  auto scope = scope_of(form);
  if (!scope) return std::unexpected(std::move(scope.error()));
  auto text_of = [&](std::string_view name) { return std::string{form.find(name).value_or("")}; };
  return AuthorizationRequest{target.client,    target.redirect_uri, std::move(*scope),
                              text_of("state"), text_of("nonce"),    text_of("code_challenge")};
}

std::string_view state_of(const Form& form) {
  std::string_view state = form.find("state").value_or("");
  return state.size() <= state_bytes_max ? state : std::string_view{};
}

std::string success_redirect(const AuthorizationRequest& request, std::string_view issuer, std::string_view code) {
  return append_query(request.redirect_uri, {{"code", code}, {"state", request.state}, {"iss", issuer}});
}

std::string error_redirect(std::string_view redirect_uri, std::string_view state, std::string_view issuer,
                           const OauthError& error) {
  return append_query(
      redirect_uri,
      {{"error", error.error}, {"error_description", error.description}, {"state", state}, {"iss", issuer}});
}

}  // namespace tenantry::api::oauth
