// Loads: many commands of one tenant in one request, one a line, answered line by line in their order.
//
// A line that cannot be read is answered in its place and the others go on; in an all-or-nothing load nothing is then
// done. Empty lines are passed over but counted, so that a line's number is that of the client's file.
#include <algorithm>

#include "api/handlers/command_request.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/load_line.hpp"
#include "events/catalog/catalog.hpp"
#include "events/engine/command_id.hpp"
#include "events/identifiers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using events::DecodeError;
using events::engine::CommandRequest;
using events::engine::Done;
using events::engine::Failure;
using events::engine::Outcome;
using events::engine::Submission;

constexpr std::string_view media_type = "application/x-ndjson";
// Longer answers are written on the background thread, so that the engine's is free for the next batch.
constexpr std::size_t answers_at_once_max = 64;

struct Line {
  std::uint64_t number;
  const Route* route;  // of its command; null with a problem
  std::optional<Problem> problem;
};

struct Load {
  std::vector<Line> lines;
  std::vector<CommandRequest> commands;  // of the lines without a problem
  bool atomic = false;

  bool has_problem() const { return commands.size() < lines.size(); }
};

const Route* route_of_command(const Context& context, std::string_view name) {
  for (const Route& route : context.routes) {
    if (route.command == name && route.reach == Reach::command) return &route;
  }
  return nullptr;
}

// The routes say which commands there are; creating tenants is no command of a tenant. Who may ask for each is for its
// decision to say.
Checked<const Route*> find_command(const Exchange& exchange, std::string_view name) {
  const Route* route = route_of_command(*exchange.context, name);
  if (route == nullptr) return std::unexpected(problem_of(DecodeError{"command", "is not one that exists"}));
  if (events::find_command_type(name)->is_completed_by_server()) {
    return std::unexpected(problem_of(DecodeError{"command", "is asked for by itself: its answer is told once"}));
  }
  return route;
}

struct RoutedCommand {
  const Route* route;
  CommandRequest request;
};

Checked<RoutedCommand> read_line(const Exchange& exchange, std::string_view text) {
  auto line = read_load_line(text);
  if (!line) return std::unexpected(problem_of(line.error()));
  auto route = find_command(exchange, line->command);
  if (!route) return std::unexpected(std::move(route.error()));
  auto command = events::decode_command(line->command, line->data, {}, events::fresh_id());
  if (!command) return std::unexpected(problem_of(command.error()));
  CommandRequest request{.command = std::move(*command)};
  if (line->idempotency_key.empty()) return RoutedCommand{*route, std::move(request)};
  std::string payload{line->command};
  payload.append("\n").append(line->data);
  request.idempotency =
      events::engine::make_idempotency_key(key_of_caller(exchange.caller, line->idempotency_key), payload);
  return RoutedCommand{*route, std::move(request)};
}

Checked<void> check_request(const http::Request& request) {
  if (request.header("Idempotency-Key")) return bad_header("Idempotency-Key", "a load has a key for each line instead");
  auto type = single_header(request, "Content-Type");
  if (!type) return std::unexpected(std::move(type.error()));
  if (*type && is_media_type(**type, media_type)) return {};
  return std::unexpected(problem_of(Fault::media_type_unsupported, "Content-Type", "must be application/x-ndjson"));
}

Checked<bool> read_atomic(const http::Request& request) {
  auto value = single_parameter(request, "atomic");
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value || **value == "false") return false;
  if (**value == "true") return true;
  return bad_parameter("atomic", "must be true or false");
}

Checked<Load> read_load(const Exchange& exchange) {
  if (auto good = check_request(exchange.request); !good) return std::unexpected(std::move(good.error()));
  auto atomic = read_atomic(exchange.request);
  if (!atomic) return std::unexpected(std::move(atomic.error()));
  Load load{.lines = {}, .commands = {}, .atomic = *atomic};
  const auto& limits = exchange.context->engine.options();
  std::size_t lines_max = load.atomic ? limits.atomic_commands_max : limits.submission_commands_max;
  std::string_view rest = exchange.request.body();
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    std::size_t end = rest.find('\n');
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (load.lines.size() == lines_max) {
      return std::unexpected(
          problem_of(Fault::too_large, "", "a load of this kind has at most " + std::to_string(lines_max) + " lines"));
    }
    auto read = read_line(exchange, text);
    if (!read) {
      load.lines.push_back({number, nullptr, std::move(read.error())});
      continue;
    }
    load.lines.push_back({number, read->route, std::nullopt});
    load.commands.push_back(std::move(read->request));
  }
  if (load.lines.empty()) return std::unexpected(problem_of(DecodeError{"", "has no line with a command"}));
  return load;
}

void append_problem_line(std::string& body, std::uint64_t number, const Problem& problem) {
  body += "{\"line\":" + std::to_string(number) + ",\"status\":" + std::to_string(problem.status);
  body += problem.replayed ? ",\"replayed\":true,\"problem\":" : ",\"problem\":";
  append_problem_json(body, problem);
  body += "}\n";
}

void append_outcome_line(const Exchange& exchange, std::string& body, const Line& line, const Outcome& outcome) {
  const auto* done = std::get_if<Done>(&outcome);
  if (done == nullptr) {
    Problem problem = problem_of_outcome(outcome);
    report_cause(exchange, problem);
    if (problem.field == "Idempotency-Key") problem.field = "idempotencyKey";  // where a line has it
    return append_problem_line(body, line.number, problem);
  }
  auto status = status_of(exchange, *line.route, *done);
  if (!status) {
    report_cause(exchange, status.error());
    return append_problem_line(body, line.number, status.error());
  }
  body += "{\"line\":" + std::to_string(line.number);
  body += ",\"status\":" + std::to_string(*status) + ',';
  append_done(body, *done);
  if (done->replayed) body += ",\"replayed\":true";
  body += "}\n";
}

std::uint64_t position_after(const Exchange& exchange, const std::vector<Outcome>& outcomes) {
  std::uint64_t position = exchange.tenant->sequence;
  for (const Outcome& outcome : outcomes) {
    if (const auto* done = std::get_if<Done>(&outcome)) position = std::max(position, done->last_sequence);
  }
  return position;
}

void answer_load(Exchange& exchange, const std::vector<Line>& lines, const std::vector<Outcome>& outcomes) {
  http::Response response{.status = 200, .content_type = std::string{media_type}};
  response.body.reserve(lines.size() * 160);
  auto outcome = outcomes.begin();
  for (const Line& line : lines) {
    if (line.problem)
      append_problem_line(response.body, line.number, *line.problem);
    else
      append_outcome_line(exchange, response.body, line, *outcome++);
  }
  answer_at(exchange, position_after(exchange, outcomes), std::move(response));
}

}  // namespace

void serve_load(Exchange exchange) {
  auto load = read_load(exchange);
  if (!load) return answer(exchange, load.error());
  if (load->commands.empty() || (load->atomic && load->has_problem())) {
    Outcome undone = Failure{Failure::Kind::rolled_back, "another line of the load cannot be read"};
    return answer_load(exchange, load->lines, std::vector<Outcome>(load->commands.size(), undone));
  }
  Context& context = *exchange.context;
  Submission submission{.scope = exchange.tenant->scope(),
                        .origin = exchange.caller.origin,
                        .commands = std::move(load->commands),
                        .all_or_nothing = load->atomic,
                        .reply = {}};
  submission.reply = [exchange = std::move(exchange),
                      lines = std::move(load->lines)](std::vector<Outcome> outcomes) mutable {
    if (lines.size() <= answers_at_once_max) return answer_load(exchange, lines, outcomes);
    Background& background = exchange.context->background;
    background.post([exchange = std::move(exchange), lines = std::move(lines),
                     outcomes = std::move(outcomes)]() mutable { answer_load(exchange, lines, outcomes); });
  };
  context.engine.submit(std::move(submission));
}

}  // namespace tenantry::api
