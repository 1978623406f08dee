#include "api/exchange.hpp"

#include "api/routes/route.hpp"

namespace tenantry::api {
namespace {

void send(Exchange& exchange, std::optional<std::uint64_t> position, http::Response response) {
  for (auto& header : common_headers(exchange, position)) response.headers.push_back(std::move(header));
  exchange.reply.send(response);
}

std::optional<std::uint64_t> position_of(const Exchange& exchange) {
  if (!exchange.tenant) return std::nullopt;
  return exchange.tenant->sequence;
}

}  // namespace

http::ResponseHeaders common_headers(const Exchange& exchange, std::optional<std::uint64_t> position) {
  http::ResponseHeaders headers;
  const auto& origin = exchange.caller.origin;
  if (position) headers.emplace_back("Tenantry-Position", std::to_string(*position));
  if (!origin.correlation_id.empty()) headers.emplace_back("X-Correlation-Id", origin.correlation_id);
  if (!origin.traceparent.empty()) headers.emplace_back("traceparent", origin.traceparent);
  return headers;
}

void answer(Exchange& exchange, http::Response response) {
  send(exchange, position_of(exchange), std::move(response));
}

void report_cause(const Exchange& exchange, const Problem& problem) {
  const auto& report = exchange.context->options.on_fault;
  if (!problem.cause.empty() && report) report(std::string{exchange.route->pattern}, problem.cause);
}

void answer(Exchange& exchange, const Problem& problem) {
  report_cause(exchange, problem);
  send(exchange, position_of(exchange), response_of(problem));
}

void answer_at(Exchange& exchange, std::uint64_t position, http::Response response) {
  send(exchange, position, std::move(response));
}

http::Response json_response(std::string body, int status) {
  return {.status = status, .content_type = "application/json", .headers = {}, .body = std::move(body)};
}

}  // namespace tenantry::api
