#include "api/handlers/command_request.hpp"

#include "api/tenants/tables.hpp"
#include "events/catalog/catalog.hpp"
#include "events/engine/command_id.hpp"
#include "events/identifiers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using events::engine::CommandRequest;
using events::engine::Done;
using events::engine::IdempotencyKey;
using events::engine::Precondition;

constexpr std::size_t key_characters_max = 255;

Checked<void> check_media_type(const http::Request& request) {
  if (request.body().empty()) return {};
  auto type = single_header(request, "Content-Type");
  if (!type) return std::unexpected(std::move(type.error()));
  bool good = *type && is_media_type(**type, "application/json");
  if (request.method() == http::Method::patch)
    good = good || (*type && is_media_type(**type, "application/merge-patch+json"));
  if (good) return {};
  return std::unexpected(
      problem_of(Fault::media_type_unsupported, "Content-Type", "must be application/json in UTF-8"));
}

Checked<std::optional<IdempotencyKey>> read_idempotency(const Exchange& exchange) {
  const http::Request& request = exchange.request;
  auto key = token_header(request, "Idempotency-Key", key_characters_max);
  if (!key) return std::unexpected(std::move(key.error()));
  if (!*key) return std::nullopt;
  std::string payload{http::name_of(request.method())};
  payload.append(" ").append(request.target()).append("\n").append(request.body());
  return events::engine::make_idempotency_key(key_of_caller(exchange.caller, **key), payload);
}

// What is to be created is not there yet: If-None-Match holds, whatever it names, and no condition on a version does.
Checked<std::optional<Precondition>> read_precondition(const Exchange& exchange,
                                                       const std::vector<events::PathField>& path) {
  constexpr int created = 201;
  const Conditions& conditions = exchange.conditions;
  if (exchange.route->success == created) {
    auto name = condition_on_change(conditions);
    if (name.empty() || name == "If-None-Match") return std::nullopt;
    return std::unexpected(
        problem_of(Fault::precondition_failed, std::string{name}, "what is to be created has no version yet"));
  }
  auto id = Uuid::parse(path.front().value);
  if (!id) return std::nullopt;  // the command's decoder says so
  return precondition_of(conditions, exchange.tenant->scope().tenant(), {exchange.route->entity->collection, *id});
}

// Every other command that creates leaves what is there alone.
bool may_change_what_is_there(const Route& route) {
  const events::CommandType* type = events::find_command_type(route.command);
  return type != nullptr && type->may_change_what_is_there;
}

// Of the entity's events, which stay, so a repeated answer is the same. The answer's own are among them by now.
Checked<std::uint64_t> first_sequence(const Exchange& exchange, const Done& done) {
  std::string_view subject = done.subject;
  std::size_t slash = subject.find('/');
  const events::EntityType* type = events::find_entity_type(subject.substr(0, slash));
  if (type == nullptr) throw std::logic_error("a command is about " + done.subject + ", which no catalog declares");
  Uuid id = Uuid::parse(subject.substr(slash + 1)).value();
  return checked(exchange.context->state.reader(exchange.tenant->scope()).first_sequence(*type, id));
}

http::Response done_response(int status, const Done& done) {
  http::Response response = json_response("{", status);
  append_done(response.body, done);
  response.body += '}';
  if (response.status == 201) response.headers.emplace_back("Location", "/v1/" + done.subject);
  if (done.replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

}  // namespace

Checked<CommandRequest> read_command(const Exchange& exchange, const std::vector<events::PathField>& path) {
  const http::Request& request = exchange.request;
  if (auto good = check_media_type(request); !good) return std::unexpected(std::move(good.error()));
  auto key = read_idempotency(exchange);
  if (!key) return std::unexpected(std::move(key.error()));
  auto command = events::decode_command(exchange.route->command, request.body(), path, events::fresh_id());
  if (!command) return std::unexpected(problem_of(command.error()));
  auto precondition = read_precondition(exchange, path);
  if (!precondition) return std::unexpected(std::move(precondition.error()));
  return CommandRequest{.command = std::move(*command), .idempotency = *key, .precondition = *precondition};
}

void append_done(std::string& out, const events::engine::Done& done) {
  out += "\"id\":";
  events::json::append_text(out, std::string_view{done.subject}.substr(done.subject.find('/') + 1));
  out += ",\"subject\":";
  events::json::append_text(out, done.subject);
  out += ",\"position\":";
  events::json::append_integer(out, done.last_sequence);
  out += ",\"events\":";
  events::json::append_integer(out, static_cast<std::uint64_t>(done.event_count));
}

Checked<int> status_of(const Exchange& exchange, const Route& route, const Done& done) {
  constexpr int ok = 200;
  if (done.event_count == 0 || route.success == ok) return ok;
  if (!may_change_what_is_there(route)) return route.success;
  auto first = first_sequence(exchange, done);
  if (!first) return std::unexpected(std::move(first.error()));
  return *first == done.first_sequence ? route.success : ok;
}

void answer_done(Exchange& exchange, const Done& done) {
  auto status = status_of(exchange, *exchange.route, done);
  if (!status) return answer(exchange, status.error());
  answer_at(exchange, done.last_sequence, done_response(*status, done));
}

Problem problem_of_outcome(const events::engine::Outcome& outcome) {
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) return problem_of(*refusal);
  if (const auto* replayed = std::get_if<events::engine::ReplayedRefusal>(&outcome)) {
    Problem problem = problem_of(replayed->refusal);
    problem.replayed = true;
    return problem;
  }
  return problem_of(std::get<events::engine::Failure>(outcome));
}

}  // namespace tenantry::api
