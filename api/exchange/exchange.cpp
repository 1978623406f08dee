#include "api/exchange/exchange.hpp"

#include <algorithm>

#include "api/exchange/route.hpp"
#include "api/http/date.hpp"

namespace tenantry::api {
namespace {

void send(Exchange& exchange, std::optional<std::uint64_t> position, http::Response response) {
  append_keeping(response.headers, exchange.route->keeping, varies_of(*exchange.route));
  for (auto& header : common_headers(exchange, position)) response.headers.push_back(std::move(header));
  exchange.reply.send(response);
}

std::optional<std::uint64_t> position_of(const Exchange& exchange) {
  if (!exchange.tenant) return std::nullopt;
  return exchange.tenant->sequence;
}

std::optional<std::string_view> find_header(const http::Response& response, std::string_view name) {
  auto found =
      std::ranges::find(response.headers, name, [](const auto& header) { return std::string_view{header.first}; });
  if (found == response.headers.end()) return std::nullopt;
  return found->second;
}

bool is_read(const http::Request& request) {
  return request.method() == http::Method::get || request.method() == http::Method::head;
}

}  // namespace

void append_keeping(http::ResponseHeaders& headers, Keeping keeping, std::string_view varies) {
  if (keeping == Keeping::never) {
    headers.emplace_back("Cache-Control", "no-store");
    return;
  }
  headers.emplace_back("Vary", varies);
  headers.emplace_back("Cache-Control", keeping == Keeping::privately ? "private, no-cache" : "no-cache");
}

std::string varies_of(const Route& route) {
  std::string varies{varies_by_caller};
  if (route.answer.kind == AnswerShape::Kind::feed) varies += ", Accept";
  return varies;
}

http::Response conditioned(const Exchange& exchange, http::Response response) {
  constexpr int ok = 200, not_modified = 304;
  if (!exchange.conditions.any() || !is_read(exchange.request) || response.status != ok) return response;
  std::optional<std::chrono::sys_seconds> modified;
  if (auto text = find_header(response, "Last-Modified")) modified = http::parse_http_date(*text, {});
  Verdict verdict = judge_read(exchange.conditions, find_header(response, "ETag"), modified);
  if (verdict.kind == Verdict::Kind::failed) {
    return response_of(
        problem_of(Fault::precondition_failed, std::string{verdict.header}, "what is there now is another version"));
  }
  if (verdict.kind == Verdict::Kind::not_modified) {
    response.status = not_modified;
    response.content_type.clear();
    response.body.clear();
  }
  return response;
}

http::ResponseHeaders common_headers(const Exchange& exchange, std::optional<std::uint64_t> position) {
  http::ResponseHeaders headers;
  const auto& origin = exchange.caller.origin;
  if (position) headers.emplace_back("Tenantry-Position", std::to_string(*position));
  if (!origin.correlation_id.empty()) headers.emplace_back("X-Correlation-Id", origin.correlation_id);
  if (!origin.traceparent.empty()) headers.emplace_back("traceparent", origin.traceparent);
  return headers;
}

void answer(Exchange& exchange, http::Response response) {
  send(exchange, position_of(exchange), conditioned(exchange, std::move(response)));
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
