// What users and services ask about themselves: who they are and what they may do; and what users see to themselves,
// whom this server let in: their password, their second factor, logging out.
//
// A password or a code that is shown here is tried as often as in a login, and no more.
#include "api/handlers/browser.hpp"
#include "api/handlers/command_request.hpp"
#include "api/handlers/handlers.hpp"
#include "api/issuer/password_rules.hpp"
#include "api/tenants/tables.hpp"
#include "api/tokens/base_encodings.hpp"
#include "api/tokens/totp.hpp"
#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/refusals.hpp"
#include "domain/kernel/text.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/identifiers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

namespace json = events::json;

using access::Credentials;
using access::User;
using events::engine::Done;
using events::engine::Outcome;
using events::engine::Submission;

// The user of the exchange, whom this server let in.
struct Self {
  User user;
  Credentials credentials;
  Uuid session;
};

Problem unavailable(const events::VaultError& error) {
  Problem problem = problem_of(Fault::not_written, "", "try again");
  problem.cause = error.detail;
  return problem;
}

Checked<Self> read_self(const Exchange& exchange) {
  const Principal& principal = exchange.caller.origin.principal;
  if (principal.kind != Principal::Kind::user || !principal.session) {
    return std::unexpected(problem_of(Fault::not_logged_in_here, "", "this is for users whom this server let in"));
  }
  Id<User> id{principal.id};
  auto user = checked(exchange.tenant->reader.read(id));
  if (!user) return std::unexpected(std::move(user.error()));
  auto credentials = checked(exchange.tenant->reader.read(access::credentials_of(id)));
  if (!credentials) return std::unexpected(std::move(credentials.error()));
  if (!*user || !*credentials) return std::unexpected(problem_of(refusal(access::refused.access_ended, "")));
  return Self{std::move(**user), std::move(**credentials), *principal.session};
}

// Submits what the server has seen of the user.
template <class Command>
void decide(Exchange exchange, Command command) {
  Context& context = *exchange.context;
  Submission submission{.scope = exchange.tenant->scope(),
                        .origin = seen_by_server(exchange.caller.origin, command.id.value),
                        .commands = {},
                        .reply = {}};
  submission.commands.push_back({.command = Value{std::move(command)}});
  submission.reply = [exchange = std::move(exchange)](const std::vector<Outcome>& outcomes) mutable {
    if (const auto* done = std::get_if<Done>(&outcomes.front())) return answer_done(exchange, *done);
    answer(exchange, problem_of_outcome(outcomes.front()));
  };
  context.engine.submit(std::move(submission));
}

// Goes on with `rest(exchange, issuer, self, texts)` on one of the issuer's threads.
template <class Rest>
void with_self(Exchange exchange, std::initializer_list<std::string_view> names, Rest rest) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer == nullptr) return;
  auto self = read_self(exchange);
  if (!self) return answer(exchange, self.error());
  std::vector<std::string> texts;
  if (names.size() > 0) {
    auto read = read_texts(exchange.request, names);
    if (!read) return answer(exchange, read.error());
    texts = std::move(*read);
  }
  on_issuers_thread(std::move(exchange), *issuer,
                    [self = std::move(*self), texts = std::move(texts), rest](
                        Exchange exchange, Issuer& issuer) mutable { rest(std::move(exchange), issuer, self, texts); });
}

// What was shown is wrong, or has been tried too often; true if it has been answered.
bool answers_closed(Exchange& exchange, Issuer& issuer, const User& user) {
  if (issuer.throttle().is_open(exchange.tenant->scope().tenant(), user.login, issuer.now())) return false;
  answer(exchange, problem_of(Fault::tried_too_often, "", "try again later"));
  return true;
}
void answer_wrong(Exchange& exchange, Issuer& issuer, const User& user, const std::string& field) {
  issuer.throttle().failed(exchange.tenant->scope().tenant(), user.login, issuer.now());
  answer(exchange, problem_of(Fault::shown_wrong, field, "this is not the right one"));
}

void append_permissions(json::ObjectWriter& writer, std::string_view name, PermissionSet permissions) {
  std::string& out = writer.key(name);
  out += '[';
  bool first = true;
  for (const PermissionName& each : permission_names) {
    if (!permissions.contains(each.permission)) continue;
    if (!std::exchange(first, false)) out += ',';
    json::append_text(out, each.name);
  }
  out += ']';
}

void change_password(Exchange exchange, Issuer& issuer, const Self& self, const std::vector<std::string>& texts) {
  if (answers_closed(exchange, issuer, self.user)) return;
  TenantId tenant = exchange.tenant->scope().tenant();
  const Uuid& user = self.user.id.value;
  auto fits = is_password(issuer.vault(), tenant, user, self.credentials.password, normalised(texts[0]));
  if (!fits) return answer(exchange, unavailable(fits.error()));
  if (!*fits) return answer_wrong(exchange, issuer, self.user, "current");
  std::string password = normalised(texts[1]);
  if (auto fault = fault_of_password(password, self.user.login); !fault.empty()) {
    return answer(exchange, problem_of(Fault::password_unfit, "new", std::move(fault)));
  }
  Uuid id = events::fresh_id();
  auto put = put_password(issuer.vault(), tenant, user, id, password);
  if (!put) return answer(exchange, problem_of_vault(put.error()));
  decide(std::move(exchange),
         access::ChangePassword{.id = self.user.id, .former = *self.credentials.password, .password = id});
}

void begin_second_factor(Exchange exchange, Issuer& issuer, const Self& self) {
  if (self.credentials.second_factor) {
    return answer(exchange, problem_of(refusal(access::refused.second_factor_exists, "")));
  }
  Uuid id = events::fresh_id();
  auto seed = put_one_time_seed(issuer.vault(), exchange.tenant->scope().tenant(), self.user.id.value, id);
  if (!seed) return answer(exchange, problem_of_vault(seed.error()));
  auto tenant = exchange.tenant->reader.read(Id<tenancy::Tenant>{exchange.tenant->scope().tenant().value});
  std::string name = tenant && *tenant ? (*tenant)->slug : "Tenantry";
  std::string account = self.user.login;
  std::ranges::replace(account, ':', '.');
  std::string body;
  {
    json::ObjectWriter writer{body};
    json::append_text(writer.key("id"), id.text());
    json::append_text(writer.key("secret"), tokens::encode_base32(*seed));
    json::append_text(writer.key("uri"), tokens::otpauth_uri(name, account, *seed));
  }
  answer(exchange, json_response(std::move(body)));
}

void confirm_second_factor(Exchange exchange, Issuer& issuer, const Self& self, const std::vector<std::string>& texts) {
  auto id = Uuid::parse(texts[0]);
  if (!id) return answer(exchange, problem_of(events::DecodeError{"id", "must be a UUID"}));
  if (answers_closed(exchange, issuer, self.user)) return;
  auto step = step_of_code(issuer.vault(), exchange.tenant->scope().tenant(), self.user.id.value, *id, texts[1],
                           issuer.now(), std::nullopt);
  if (!step) return answer(exchange, unavailable(step.error()));
  if (!*step) return answer_wrong(exchange, issuer, self.user, "code");
  decide(std::move(exchange), access::AddSecondFactor{.id = self.user.id, .factor = *id, .step = **step});
}

void remove_second_factor(Exchange exchange, Issuer& issuer, const Self& self, const std::vector<std::string>& texts) {
  const auto& factor = self.credentials.second_factor;
  if (!factor) return decide(std::move(exchange), access::RemoveSecondFactor{.id = self.user.id});
  if (answers_closed(exchange, issuer, self.user)) return;
  auto step = step_of_code(issuer.vault(), exchange.tenant->scope().tenant(), self.user.id.value, factor->id, texts[0],
                           issuer.now(), factor->step);
  if (!step) return answer(exchange, unavailable(step.error()));
  if (!*step) return answer_wrong(exchange, issuer, self.user, "code");
  decide(std::move(exchange), access::RemoveSecondFactor{.id = self.user.id});
}

}  // namespace

void serve_self(Exchange exchange) {
  const Principal& principal = exchange.caller.origin.principal;
  bool is_user = principal.kind == Principal::Kind::user;
  if (!is_user && principal.kind != Principal::Kind::service) {
    return answer(exchange, problem_of(Fault::not_logged_in_here, "", "this is for users and services of a tenant"));
  }
  std::expected<access::Rights, Refusal> rights;
  std::optional<User> user;
  auto asked = checked(exchange.tenant->reader.ask_tables([&](Tables& tables) {
    rights = access::rights_of(tables, principal);
    if (const User* found = Table<User>(tables).find({principal.id})) user = *found;
  }));
  if (!asked) return answer(exchange, asked.error());
  if (!rights) return answer(exchange, problem_of(rights.error()));
  std::string body;
  {
    json::ObjectWriter writer{body};
    json::append_text(writer.key("kind"), is_user ? "user" : "service");
    json::append_text(writer.key("id"), principal.id.text());
    if (is_user && user) {
      json::append_text(writer.key("login"), user->login);
      json::append_text(writer.key("name"), user->name);
    }
    if (principal.session) json::append_text(writer.key("session"), principal.session->text());
    append_permissions(writer, "permissions", rights->anywhere);
    append_permissions(writer, "ownPermissions", rights->own - rights->anywhere);
  }
  answer(exchange, json_response(std::move(body)));
}

void serve_log_out(Exchange exchange) {
  auto self = read_self(exchange);
  if (!self) return answer(exchange, self.error());
  decide(std::move(exchange),
         access::EndSession{.id = self->user.id, .session = self->session, .reason = access::SessionEnd::logged_out});
}

void serve_password_change(Exchange exchange) {
  with_self(std::move(exchange), {"current", "new"}, change_password);
}

void serve_second_factor(Exchange exchange) {
  with_self(std::move(exchange), {},
            [](Exchange exchange, Issuer& issuer, const Self& self, const std::vector<std::string>&) {
              begin_second_factor(std::move(exchange), issuer, self);
            });
}

void serve_second_factor_confirmation(Exchange exchange) {
  with_self(std::move(exchange), {"id", "code"}, confirm_second_factor);
}

void serve_second_factor_removal(Exchange exchange) {
  with_self(std::move(exchange), {"code"}, remove_second_factor);
}

}  // namespace tenantry::api
