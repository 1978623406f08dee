// Where people log in and choose passwords: pages without scripts (api/oauth/pages.hpp), whose forms come back here.
//
// What a person is told never depends on whether there is such a user. Everything about secrets is done on the issuer's
// threads.
#include <algorithm>

#include "api/handlers/browser.hpp"
#include "api/handlers/command_request.hpp"
#include "api/handlers/handlers.hpp"
#include "api/issuer/password_rules.hpp"
#include "api/oauth/authorization_code.hpp"
#include "api/oauth/authorization_request.hpp"
#include "api/oauth/login_form_token.hpp"
#include "api/oauth/pages.hpp"
#include "api/oauth/redirect_uri.hpp"
#include "api/tenants/tables.hpp"
#include "api/tokens/base_encodings.hpp"
#include "api/tokens/secret_bytes.hpp"
#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/refusals.hpp"
#include "domain/access/rules.hpp"
#include "domain/kernel/text.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api {
namespace {

using access::Application;
using access::Credentials;
using access::User;
using events::engine::Done;
using events::engine::Outcome;
using events::engine::Submission;
using oauth::Form;
using projections::TenantReader;

constexpr std::string_view login_action = "/oauth/login";
constexpr std::string_view password_action = "/oauth/password";
constexpr std::string_view host_cookie = "__Host-tenantry-login";
constexpr std::string_view plain_cookie = "tenantry-login";  // of http on a developer's machine
constexpr std::size_t cookie_bytes = 32;
constexpr int bad_request = 400, forbidden = 403, not_found = 404, too_many = 429, failed = 500;
constexpr std::string_view incomplete = "The link does not lead to a login";

bool is_over_tls(const Issuer& issuer) {
  return issuer.url().starts_with("https://");
}
std::string_view cookie_name(const Issuer& issuer) {
  return is_over_tls(issuer) ? host_cookie : plain_cookie;
}

void answer_failed(Exchange& exchange, const std::string& cause) {
  Problem problem = problem_of(Fault::not_written, "", "try again");
  problem.cause = cause;
  report_cause(exchange, problem);
  answer_message(exchange, failed, "This did not work", "Please try again.");
}

// By the query's `tenant`, a slug or an id, or by the host.
Checked<TenantScope> tenant_of(const Context& context, const http::Request& request, const Form& form) {
  if (auto named = form.find("tenant")) return context.gate.find(*named);
  return context.gate.resolve(request);
}

std::string name_of_tenant(const TenantReader& reader) {
  auto tenant = reader.read(Id<tenancy::Tenant>{reader.scope().tenant().value});
  return tenant && *tenant ? (*tenant)->name : std::string{};
}

bool is_registered(const Application& application, std::string_view redirect_uri) {
  std::vector<std::string> registered;
  for (const auto& each : application.redirect_uris) registered.push_back(each.uri);
  return oauth::is_registered(redirect_uri, registered);
}

// Of an application that takes users, with this place registered; else nothing.
std::optional<Application> application_of(const TenantReader& reader, const Uuid& id, std::string_view redirect_uri) {
  std::optional<Application> found;
  auto asked = reader.ask_tables(
      [&](Tables& tables) { found = access::application_of(Table<Application>(tables), Id<Application>{id}); });
  if (!asked || !found || found->status != access::ApplicationStatus::registered) return std::nullopt;
  if (!is_registered(*found, redirect_uri)) return std::nullopt;
  return found;
}

struct Shown {
  std::string login = {};
  oauth::LoginProblem problem = oauth::LoginProblem::none;
  int status = 200;
};

http::Response login_response(const TenantReader& reader, const Application& application, std::string form_token,
                              const std::string& redirect_uri, const Shown& shown) {
  std::string page = oauth::login_page({.tenant_name = name_of_tenant(reader),
                                        .application_name = application.name,
                                        .action = std::string{login_action},
                                        .form_token = std::move(form_token),
                                        .login = shown.login,
                                        .problem = shown.problem});
  std::vector<std::string> sources{oauth::form_action_source(redirect_uri)};
  return oauth::page_response(shown.status, std::move(page), sources);
}

// The browser's own, or a fresh one that it is to keep.
std::string cookie_for(const Exchange& exchange, const Issuer& issuer, http::ResponseHeaders& headers) {
  auto kept = cookie(exchange.request, cookie_name(issuer));
  auto bytes = kept ? tokens::decode_base64url(*kept) : std::nullopt;
  if (bytes && bytes->size() == cookie_bytes) return std::string{*kept};
  std::string made = tokens::encode_base64url(tokens::random_bytes(cookie_bytes));
  headers.emplace_back("Set-Cookie", std::string{cookie_name(issuer)} + '=' + made +
                                         "; Path=/; HttpOnly; SameSite=Lax" + (is_over_tls(issuer) ? "; Secure" : ""));
  return made;
}

void show_login(Exchange& exchange, Issuer& issuer, const TenantReader& reader, const Application& application,
                oauth::AuthorizationRequest request) {
  http::ResponseHeaders headers;
  std::string browser = cookie_for(exchange, issuer, headers);
  auto keys = issuer.keys_for(oauth::login_form_key);
  if (keys.empty()) return answer_failed(exchange, "there is no signing key");
  std::string redirect_uri = request.redirect_uri;
  oauth::LoginForm form{.request = std::move(request),
                        .tenant = reader.scope().tenant(),
                        .expires_at_s = issuer.in(issuer.options().login_form_s).unix_ms / 1000};
  auto response =
      login_response(reader, application, oauth::seal_login_form(keys.front(), form, browser), redirect_uri, {});
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
  answer_unkept(exchange, std::move(response));
}

// What a person has typed, and for what.
struct Attempt {
  oauth::LoginForm form;
  std::string form_token;
  std::string login;
  std::string password;
  std::string code;  // of the second factor; empty: none
};

std::optional<oauth::LoginForm> open_form(const Issuer& issuer, const http::Request& request, std::string_view token) {
  auto browser = cookie(request, cookie_name(issuer));
  if (!browser) return std::nullopt;
  for (const std::string& key : issuer.keys_for(oauth::login_form_key)) {
    if (auto form = oauth::open_login_form(key, token, *browser, issuer.now())) return form;
  }
  return std::nullopt;
}

// Who has shown what is asked for.
struct Identified {
  Id<User> user;
  Uuid password;
  std::optional<std::uint64_t> step = {};
};
using Identification = OfVault<std::optional<Identified>>;

Identification identify(Issuer& issuer, const TenantReader& reader, const Attempt& attempt) {
  auto failure = [](const auto& error) {
    return std::unexpected(events::VaultError{events::VaultError::Kind::unavailable, error.detail});
  };
  auto holder = reader.holder(unique_key<&User::login>, access::login_of(attempt.login));
  if (!holder) return failure(holder.error());
  Id<User> user{holder->value_or(Uuid{})};
  auto credentials = reader.read(access::credentials_of(user));
  if (!credentials) return failure(credentials.error());
  TenantId tenant = reader.scope().tenant();
  auto password = *credentials ? (*credentials)->password : std::nullopt;
  auto fits = is_password(issuer.vault(), tenant, user.value, password, normalised(attempt.password));
  if (!fits) return std::unexpected(std::move(fits.error()));
  if (!*fits) return std::nullopt;
  Identified found{.user = user, .password = *password};
  const auto& factor = (*credentials)->second_factor;
  if (!factor) return found;
  auto step = step_of_code(issuer.vault(), tenant, user.value, factor->id, attempt.code, issuer.now(), factor->step);
  if (!step) return std::unexpected(std::move(step.error()));
  if (!*step) return std::nullopt;
  found.step = **step;
  return found;
}

void refuse_login(Exchange& exchange, Issuer& issuer, const Attempt& attempt, oauth::LoginProblem problem) {
  auto scope = exchange.context->gate.find(attempt.form.tenant.text());
  if (!scope) return answer_failed(exchange, scope.error().detail);
  auto reader = exchange.context->state.reader(*scope);
  auto application = application_of(reader, attempt.form.request.client, attempt.form.request.redirect_uri);
  if (!application) return answer_message(exchange, bad_request, incomplete, "The application is not there any more.");
  bool is_throttled = problem == oauth::LoginProblem::too_many_attempts;
  ++(is_throttled ? issuer.counters().logins_throttled : issuer.counters().logins_refused);
  answer_unkept(
      exchange,
      login_response(reader, *application, attempt.form_token, attempt.form.request.redirect_uri,
                     {.login = attempt.login, .problem = problem, .status = is_throttled ? too_many : forbidden}));
}

// The session has started: back to the application, with a code for it.
void send_code(Exchange& exchange, Issuer& issuer, const Attempt& attempt, const Id<User>& user, const Uuid& session) {
  ++issuer.counters().logins;
  issuer.throttle().succeeded(attempt.form.tenant, attempt.login);
  const oauth::AuthorizationRequest& request = attempt.form.request;
  auto keys = issuer.keys_for(oauth::authorization_code_key);
  if (keys.empty()) return answer_failed(exchange, "there is no signing key");
  std::string code =
      oauth::seal_code(keys.front(), {.tenant = attempt.form.tenant,
                                      .user = user.value,
                                      .session = session,
                                      .client = request.client,
                                      .redirect_uri = request.redirect_uri,
                                      .code_challenge = request.code_challenge,
                                      .scope = request.scope,
                                      .nonce = request.nonce,
                                      .authenticated_at_s = issuer.now().unix_ms / 1000,
                                      .expires_at_s = issuer.in(issuer.options().code_s).unix_ms / 1000});
  send_to(exchange, oauth::success_redirect(request, issuer.url(), code));
}

void after_start(Exchange& exchange, Issuer& issuer, const Attempt& attempt, const Id<User>& user, const Uuid& session,
                 const Outcome& outcome) {
  if (std::holds_alternative<Done>(outcome)) return send_code(exchange, issuer, attempt, user, session);
  const auto* refusal = std::get_if<Refusal>(&outcome);
  if (refusal == nullptr) return answer_failed(exchange, problem_of_outcome(outcome).detail);
  using access::refused;
  bool is_guess = refusal->type == &refused.code_used || refusal->type == &refused.code_missing ||
                  refusal->type == &refused.password_changed;
  if (is_guess) return refuse_login(exchange, issuer, attempt, oauth::LoginProblem::refused);
  answer_message(exchange, forbidden, "You cannot log in", refusal->detail);
}

void start_session(Exchange exchange, Issuer& issuer, Attempt attempt, const Identified& who) {
  auto scope = exchange.context->gate.find(attempt.form.tenant.text());
  if (!scope) return answer(exchange, scope.error());
  Uuid session = events::fresh_id();
  auto put = put_session(issuer.vault(), attempt.form.tenant, who.user.value, session);
  if (!put) return answer_failed(exchange, put.error().detail);
  access::StartSession command{.id = who.user,
                               .session = session,
                               .application = {attempt.form.request.client},
                               .password = who.password,
                               .step = who.step,
                               .expires_at = issuer.in(issuer.options().session_s)};
  Context& context = *exchange.context;
  Submission submission{
      .scope = *scope, .origin = seen_by_server(exchange.caller.origin, who.user.value), .commands = {}, .reply = {}};
  submission.commands.push_back({.command = Value{std::move(command)}});
  submission.reply = [exchange = std::move(exchange), &issuer, attempt = std::move(attempt), user = who.user,
                      session](std::vector<Outcome> outcomes) mutable {
    after_start(exchange, issuer, attempt, user, session, outcomes.front());
  };
  context.engine.submit(std::move(submission));
}

void try_login(Exchange exchange, Issuer& issuer, Attempt attempt) {
  TenantId tenant = attempt.form.tenant;
  if (!issuer.throttle().is_open(tenant, attempt.login, issuer.now())) {
    return refuse_login(exchange, issuer, attempt, oauth::LoginProblem::too_many_attempts);
  }
  auto scope = exchange.context->gate.find(tenant.text());
  if (!scope) return answer(exchange, scope.error());
  auto found = identify(issuer, exchange.context->state.reader(*scope), attempt);
  if (!found) return answer_failed(exchange, found.error().detail);
  if (!*found) {
    issuer.throttle().failed(tenant, attempt.login, issuer.now());
    return refuse_login(exchange, issuer, attempt, oauth::LoginProblem::refused);
  }
  start_session(std::move(exchange), issuer, std::move(attempt), **found);
}

// An invitation that is still good: whose.
struct Invited {
  TenantScope scope;
  User user;
  Uuid invitation;
};

// Nothing if it is none.
OfVault<std::optional<Invited>> find_invited(const Exchange& exchange, Issuer& issuer, std::string_view text) {
  auto shown = tokens::read_opaque_secret(invitation_prefix, text);
  auto scope =
      shown ? exchange.context->gate.find(shown->tenant.text()) : Checked<TenantScope>{std::unexpected(Problem{})};
  if (!scope) return std::nullopt;
  auto reader = exchange.context->state.reader(*scope);
  Id<User> id{shown->id};
  auto user = reader.read(id);
  auto credentials = reader.read(access::credentials_of(id));
  if (!user || !*user || !credentials || !*credentials) return std::nullopt;
  const auto& invitation = (*credentials)->invitation;
  if (!invitation || invitation->expires_at <= issuer.now()) return std::nullopt;
  auto fits = is_invitation(issuer.vault(), *shown, invitation->id);
  if (!fits) return std::unexpected(std::move(fits.error()));
  if (!*fits) return std::nullopt;
  return Invited{*scope, **user, invitation->id};
}

void show_choice(Exchange& exchange, const Invited& invited, std::string_view invitation, std::string error) {
  int status = error.empty() ? 200 : bad_request;
  auto reader = exchange.context->state.reader(invited.scope);
  std::string page = oauth::choose_password_page({.tenant_name = name_of_tenant(reader),
                                                  .login = invited.user.login,
                                                  .action = std::string{password_action},
                                                  .invitation = std::string{invitation},
                                                  .password_characters_min = password_characters_min,
                                                  .error = std::move(error)});
  answer_unkept(exchange, oauth::page_response(status, std::move(page)));
}

void answer_invitation_over(Exchange& exchange) {
  answer_message(exchange, not_found, "This invitation is not good any more",
                 "It has been used, replaced or has expired. Ask whoever invited you for another one.");
}

// Empty if it may be chosen.
std::string fault_of_choice(std::string_view password, std::string_view again, std::string_view login) {
  auto fault = fault_of_password(password, login);
  if (fault.empty() && password != again) return "The two passwords are not the same.";
  return fault;
}

void choose_password(Exchange exchange, Issuer& issuer, const Invited& invited, std::string_view password) {
  Uuid id = events::fresh_id();
  auto put = put_password(issuer.vault(), invited.scope.tenant(), invited.user.id.value, id, password);
  if (!put) return answer_failed(exchange, put.error().detail);
  Context& context = *exchange.context;
  Submission submission{.scope = invited.scope,
                        .origin = seen_by_server(exchange.caller.origin, invited.user.id.value),
                        .commands = {},
                        .reply = {}};
  submission.commands.push_back({.command = Value{access::AcceptInvitation{
                                     .id = invited.user.id, .invitation = invited.invitation, .password = id}}});
  submission.reply = [exchange = std::move(exchange), &issuer](std::vector<Outcome> outcomes) mutable {
    if (std::holds_alternative<Done>(outcomes.front())) {
      ++issuer.counters().passwords_chosen;
      return answer_message(exchange, 200, "Your password is set", "Go to your application and log in with it.");
    }
    if (std::holds_alternative<Refusal>(outcomes.front())) return answer_invitation_over(exchange);
    answer_failed(exchange, problem_of_outcome(outcomes.front()).detail);
  };
  context.engine.submit(std::move(submission));
}

std::optional<TenantScope> found(Checked<TenantScope> scope) {
  if (!scope) return std::nullopt;
  return *scope;
}

}  // namespace

std::optional<TenantScope> tenant_of_authorization(const Context& context, const http::Request& request) {
  auto form = read_query(request);
  if (!form) return std::nullopt;
  return found(tenant_of(context, request, *form));
}

std::optional<TenantScope> tenant_of_login(const Context& context, const http::Request& request) {
  auto form = context.issuer ? read_form(request) : std::unexpected(oauth::FormFault{});
  auto opened = form ? open_form(*context.issuer, request, form->find("form").value_or("")) : std::nullopt;
  if (!opened) return std::nullopt;
  return found(context.gate.find(opened->tenant.text()));
}

std::optional<TenantScope> tenant_of_invitation(const Context& context, const http::Request& request) {
  auto form = request.method() == http::Method::post ? read_form(request) : read_query(request);
  if (!form) return std::nullopt;
  auto shown = tokens::read_opaque_secret(invitation_prefix, form->find("invitation").value_or(""));
  if (!shown) return std::nullopt;
  return found(context.gate.find(shown->tenant.text()));
}

void serve_authorization(Exchange exchange) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  auto form = read_query(exchange.request);
  if (!form)
    return answer_message(exchange, bad_request, incomplete, form.error().field + ' ' + form.error().detail + '.');
  auto scope = tenant_of(*exchange.context, exchange.request, *form);
  auto target = oauth::read_authorization_target(*form);
  std::string_view which =
      "It names no application of this organisation, or a place that the application has not registered.";
  if (!scope || !target) return answer_message(exchange, bad_request, incomplete, which);
  auto reader = exchange.context->state.reader(*scope);
  auto application = application_of(reader, target->client, target->redirect_uri);
  if (!application) return answer_message(exchange, bad_request, incomplete, which);
  auto request = oauth::read_authorization_request(*form, *target);
  if (!request) {
    return send_to(exchange,
                   oauth::error_redirect(target->redirect_uri, oauth::state_of(*form), issuer->url(), request.error()));
  }
  show_login(exchange, *issuer, reader, *application, std::move(*request));
}

void serve_login(Exchange exchange) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  auto form = read_form(exchange.request);
  if (!form)
    return answer_message(exchange, bad_request, "This is no login",
                          form.error().field + ' ' + form.error().detail + '.');
  auto text = [&](std::string_view name) { return std::string{form->find(name).value_or("")}; };
  auto opened = open_form(*issuer, exchange.request, text("form"));
  if (!opened) {
    return answer_message(exchange, bad_request, "This page has expired",
                          "Go back to your application, and begin to log in again.");
  }
  Attempt attempt{.form = std::move(*opened),
                  .form_token = text("form"),
                  .login = text("login"),
                  .password = text("password"),
                  .code = text("one_time_code")};
  on_issuers_thread(std::move(exchange), *issuer,
                    [attempt = std::move(attempt)](Exchange exchange, Issuer& issuer) mutable {
                      try_login(std::move(exchange), issuer, std::move(attempt));
                    });
}

void serve_invitation_page(Exchange exchange) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  auto form = read_query(exchange.request);
  std::string invitation{form ? form->find("invitation").value_or("") : ""};
  on_issuers_thread(std::move(exchange), *issuer, [invitation](Exchange exchange, Issuer& issuer) {
    auto invited = find_invited(exchange, issuer, invitation);
    if (!invited) return answer_failed(exchange, invited.error().detail);
    if (!*invited) return answer_invitation_over(exchange);
    show_choice(exchange, **invited, invitation, "");
  });
}

void serve_password_choice(Exchange exchange) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  auto form = read_form(exchange.request);
  if (!form)
    return answer_message(exchange, bad_request, "This is no choice",
                          form.error().field + ' ' + form.error().detail + '.');
  auto text = [&](std::string_view name) { return std::string{form->find(name).value_or("")}; };
  on_issuers_thread(std::move(exchange), *issuer,
                    [invitation = text("invitation"), password = normalised(text("password")),
                     again = normalised(text("password_again"))](Exchange exchange, Issuer& issuer) {
                      auto invited = find_invited(exchange, issuer, invitation);
                      if (!invited) return answer_failed(exchange, invited.error().detail);
                      if (!*invited) return answer_invitation_over(exchange);
                      auto fault = fault_of_choice(password, again, (*invited)->user.login);
                      if (!fault.empty()) return show_choice(exchange, **invited, invitation, std::move(fault));
                      choose_password(std::move(exchange), issuer, **invited, password);
                    });
}

}  // namespace tenantry::api
