// Commands whose answer shows a secret, once: it is in the vault before the command that names it is decided.
#include "api/handlers/browser.hpp"
#include "api/handlers/command_request.hpp"
#include "api/handlers/handlers.hpp"
#include "api/issuer/issuer.hpp"
#include "domain/access/commands.hpp"
#include "domain/kernel/platform.hpp"
#include "domain/operators/commands.hpp"
#include "events/identifiers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using events::engine::CommandRequest;
using events::engine::Done;
using events::engine::Outcome;
using events::engine::Submission;

// The secret is told once: an answer that is given again could not tell it.
Checked<CommandRequest> read_once(const Exchange& exchange) {
  if (exchange.request.header("Idempotency-Key")) {
    return bad_header("Idempotency-Key", "is not taken here: the answer is told once");
  }
  std::vector<events::PathField> path;
  for (std::string_view name : parameters_of(exchange.route->pattern)) {
    path.push_back({name, exchange.request.parameter(name)});
  }
  return read_command(exchange, path);
}

http::Response told_once(int status, const Done& done, std::string_view name, std::string_view secret) {
  http::Response response = json_response("{", status);
  append_done(response.body, done);
  if (!secret.empty()) {
    response.body += ",\"";
    response.body += name;
    response.body += "\":";
    events::json::append_text(response.body, secret);
  }
  response.body += '}';
  if (status == 201) response.headers.emplace_back("Location", "/v1/" + done.subject);
  return response;
}

// Submits the command, and tells the secret, if there is one, if it holds.
void ask(Exchange exchange, const TenantScope& scope, CommandRequest request, std::string name = {},
         std::string secret = {}) {
  Context& context = *exchange.context;
  Submission submission{.scope = scope, .origin = exchange.caller.origin, .commands = {}, .reply = {}};
  submission.commands.push_back(std::move(request));
  submission.reply = [exchange = std::move(exchange), name = std::move(name),
                      secret = std::move(secret)](std::vector<Outcome> outcomes) mutable {
    const auto* done = std::get_if<Done>(&outcomes.front());
    if (done == nullptr) return answer(exchange, problem_of_outcome(outcomes.front()));
    auto response = told_once(exchange.route->success, *done, name, secret);
    if (!exchange.tenant) return answer(exchange, std::move(response));
    answer_at(exchange, done->last_sequence, std::move(response));
  };
  context.engine.submit(std::move(submission));
}

template <class Rest>
void with_vault(Exchange exchange, Rest rest) {
  Issuer* issuer = issuer_or_answer(exchange);
  if (issuer != nullptr) on_issuers_thread(std::move(exchange), *issuer, std::move(rest));
}

template <class Command>
void put_invitation_into(CommandRequest& request, const Uuid& id, Instant expires_at) {
  auto command = request.command.get<Command>();
  command.invitation = id;
  command.expires_at = expires_at;
  request.command = Value{std::move(command)};
}

Uuid user_in(const CommandRequest& request) {
  if (request.command.kind() == &kind_of<access::IssueInvitation>) {
    return request.command.get<access::IssueInvitation>().id.value;
  }
  return request.command.get<access::IssueFirstInvitation>().id.value;
}

}  // namespace

void serve_invitation(Exchange exchange) {
  auto request = read_once(exchange);
  if (!request) return answer(exchange, request.error());
  with_vault(std::move(exchange), [request = std::move(*request)](Exchange exchange, Issuer& issuer) mutable {
    Uuid id = events::fresh_id();
    auto secret = put_invitation(issuer.vault(), exchange.tenant->scope().tenant(), user_in(request), id);
    if (!secret) return answer(exchange, problem_of_vault(secret.error()));
    Instant expires_at = issuer.in(issuer.options().invitation_s);
    if (request.command.kind() == &kind_of<access::IssueInvitation>) {
      put_invitation_into<access::IssueInvitation>(request, id, expires_at);
    } else {
      put_invitation_into<access::IssueFirstInvitation>(request, id, expires_at);
    }
    TenantScope scope = exchange.tenant->scope();
    ask(std::move(exchange), scope, std::move(request), "invitation", std::move(*secret));
  });
}

void serve_service_key(Exchange exchange) {
  auto request = read_once(exchange);
  if (!request) return answer(exchange, request.error());
  with_vault(std::move(exchange), [request = std::move(*request)](Exchange exchange, Issuer& issuer) mutable {
    auto command = request.command.get<access::IssueServiceKey>();
    command.id = {events::fresh_id()};
    auto secret =
        put_service_key(issuer.vault(), exchange.tenant->scope().tenant(), command.id.value, command.expires_at);
    if (!secret) return answer(exchange, problem_of_vault(secret.error()));
    request.command = Value{std::move(command)};
    TenantScope scope = exchange.tenant->scope();
    ask(std::move(exchange), scope, std::move(request), "key", std::move(*secret));
  });
}

void serve_signing_key(Exchange exchange) {
  auto request = read_once(exchange);
  if (!request) return answer(exchange, request.error());
  with_vault(std::move(exchange), [request = std::move(*request)](Exchange exchange, Issuer& issuer) mutable {
    auto made = issuer.signing_keys().make();
    if (!made) {
      Problem problem = problem_of(Fault::not_written, "", "the key was not kept");
      problem.cause = made.error();
      return answer(exchange, problem);
    }
    request.command = Value{operators::AddSigningKey{.id = made->id, .public_key = std::move(made->public_key)}};
    ask(std::move(exchange), Gate::platform(), std::move(request));
  });
}

void serve_operator_key(Exchange exchange) {
  auto request = read_once(exchange);
  if (!request) return answer(exchange, request.error());
  with_vault(std::move(exchange), [request = std::move(*request)](Exchange exchange, Issuer& issuer) mutable {
    auto command = request.command.get<operators::IssueOperatorKey>();
    command.id = {events::fresh_id()};
    auto secret = put_service_key(issuer.vault(), platform_id, command.id.value, command.expires_at);
    if (!secret) return answer(exchange, problem_of_vault(secret.error()));
    request.command = Value{std::move(command)};
    ask(std::move(exchange), Gate::platform(), std::move(request), "key", std::move(*secret));
  });
}

void serve_platform_command(Exchange exchange) {
  auto request = read_command(exchange, {{"id", exchange.request.parameter("id")}});
  if (!request) return answer(exchange, request.error());
  ask(std::move(exchange), Gate::platform(), std::move(*request));
}

}  // namespace tenantry::api
