#include "api/handlers/command_request.hpp"
#include "api/handlers/handlers.hpp"

namespace tenantry::api {
namespace {

using events::engine::Done;
using events::engine::Failure;
using events::engine::Outcome;
using events::engine::Submission;

// A tenant may be named by its slug in the path; the command wants its id.
std::vector<events::PathField> path_fields(const Exchange& exchange, std::string& tenant_id) {
  std::vector<events::PathField> fields;
  for (std::string_view name : parameters_of(exchange.route->pattern)) {
    fields.push_back({name, exchange.request.parameter(name)});
  }
  if (exchange.route->tenant == NamedBy::path) {
    tenant_id = exchange.tenant->scope().tenant().text();
    fields.front().value = tenant_id;
  }
  return fields;
}

void answer_outcome(Exchange& exchange, const Outcome& outcome) {
  if (const auto* done = std::get_if<Done>(&outcome)) {
    return answer_done(exchange, *done);
  }
  Problem problem = problem_of_outcome(outcome);
  const auto* failure = std::get_if<Failure>(&outcome);
  if (failure != nullptr && failure->kind == Failure::Kind::precondition_failed && failure->field == "If-Match") {
    problem.detail += "; the tag of a version is \"{version}" + tag_end(exchange.tenant->scope().tenant()) + '"';
  }
  answer(exchange, problem);
}

}  // namespace

void serve_command(Exchange exchange) {
  std::string tenant_id;
  auto request = read_command(exchange, path_fields(exchange, tenant_id));
  if (!request) return answer(exchange, request.error());
  Context& context = *exchange.context;
  Submission submission{
      .scope = exchange.tenant->scope(), .origin = exchange.caller.origin, .commands = {}, .reply = {}};
  submission.commands.push_back(std::move(*request));
  submission.reply = [exchange = std::move(exchange)](std::vector<Outcome> outcomes) mutable {
    answer_outcome(exchange, outcomes.front());
  };
  context.engine.submit(std::move(submission));
}

}  // namespace tenantry::api
