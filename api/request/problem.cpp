#include "api/request/problem.hpp"

#include <algorithm>
#include <utility>

#include "api/http/protocol_error.hpp"
#include "api/request/problem_table.hpp"
#include "domain/contexts.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using events::engine::Failure;
namespace json = events::json;

int status_of(RefusalKind kind) {
  switch (kind) {
    using enum RefusalKind;
    case unknown:
      return 404;
    case taken:
    case conflict:
      return 409;
    case invalid:
      return 422;
    case forbidden:
    case limit:
      return 403;
    case gone:
      return 410;
  }
  std::unreachable();
}

// What a client should wait before it tries again; 0 where trying again cannot help.
std::int64_t retry_after_s(Fault fault) {
  switch (fault) {
    case Fault::overloaded:
    case Fault::outcome_unknown:
    case Fault::position_not_reached:
    case Fault::tenant_not_ready:
    case Fault::key_in_flight:
    case Fault::not_served:
    case Fault::copy_not_current:
      return 1;
    case Fault::not_written:
    case Fault::stopping:
    case Fault::not_ready:
      return 5;
    case Fault::quarantined:
      return 60;
    default:
      return 0;
  }
}

Fault fault_of(Failure::Kind kind) {
  switch (kind) {
    using enum Failure::Kind;
    case precondition_failed:
      return Fault::precondition_failed;
    case key_reused:
      return Fault::key_reused;
    case key_in_flight:
      return Fault::key_in_flight;
    case rolled_back:
      return Fault::rolled_back;
    case too_large:
      return Fault::too_large;
    case not_served:
      return Fault::not_served;
    case quarantined:
      return Fault::quarantined;
    case state_failed:
      return Fault::tables_unreadable;
    case overloaded:
      return Fault::overloaded;
    case not_written:
      return Fault::not_written;
    case unknown:
      return Fault::outcome_unknown;
  }
  std::unreachable();
}

std::string_view header_at_fault(Fault fault) {
  switch (fault) {
    case Fault::key_reused:
    case Fault::key_in_flight:
      return "Idempotency-Key";
    default:
      return "";
  }
}

// Contexts share some codes, which then mean the same: a type is listed once.
void add_type(std::vector<ProblemType>& types, const ProblemType& type) {
  if (std::ranges::find(types, type.slug, &ProblemType::slug) == types.end()) types.push_back(type);
}

std::vector<ProblemType> all_types() {
  std::vector<ProblemType> types;
  for (int number = 0;; ++number) {  // faults are dense from 0; the first without a meaning ends them
    ProblemType type = meaning_of(static_cast<Fault>(number));
    if (type.title.empty()) break;
    add_type(types, type);
  }
  for (const auto& each : http::protocol_problems()) add_type(types, {each.slug, each.status, each.title});
  for_each_context([&]<class Context>() {
    for (const RefusalType& each : refusals_of<Context>()) {
      add_type(types, {each.word, status_of(each.kind), each.title});
    }
  });
  return types;
}

// What clients read instead of the storage's own words; empty for faults whose detail is for them.
std::string_view told_instead(Fault fault) {
  switch (fault) {
    case Fault::tables_unreadable:
    case Fault::log_unreadable:
      return "the server's log says why";
    case Fault::not_written:
      return "nothing was done; the server's log says why";
    case Fault::not_served:
      return "nothing was done; try again";
    case Fault::copy_not_current:
      return "a query with Tenantry-Position is answered from the copy as it is";
    case Fault::outcome_unknown:
      return "ask again with the same Idempotency-Key to find out whether it was done";
    default:
      return {};
  }
}

}  // namespace

Problem problem_of(Fault fault, std::string field, std::string detail) {
  ProblemType type = meaning_of(fault);
  std::string cause;
  if (auto told = told_instead(fault); !told.empty()) cause = std::exchange(detail, std::string{told});
  return {.status = type.status,
          .slug = type.slug,
          .title = type.title,
          .detail = std::move(detail),
          .field = std::move(field),
          .retry_after_s = retry_after_s(fault),
          .cause = std::move(cause)};
}

Problem problem_of(const Refusal& refusal) {
  return {.status = status_of(refusal.type->kind),
          .slug = refusal.type->word,
          .title = refusal.type->title,
          .detail = refusal.detail,
          .field = refusal.field};
}

Problem problem_of(const Failure& failure) {
  Fault fault = fault_of(failure.kind);
  return problem_of(fault, failure.field.empty() ? std::string{header_at_fault(fault)} : failure.field, failure.detail);
}

Problem problem_of(const events::DecodeError& error) {
  std::string subject = error.field.empty() ? "the body" : "\"" + error.field + "\"";
  bool is_null = error.kind == events::DecodeError::Kind::not_nullable;
  return problem_of(is_null ? Fault::field_required : Fault::body_malformed, error.field, subject + ' ' + error.detail);
}

void append_problem_json(std::string& out, const Problem& problem) {
  json::ObjectWriter writer{out};
  json::append_text(writer.key("type"), std::string{"/problems/"} + std::string{problem.slug});
  json::append_text(writer.key("title"), problem.title);
  json::append_integer(writer.key("status"), static_cast<std::int64_t>(problem.status));
  if (!problem.detail.empty()) json::append_text(writer.key("detail"), problem.detail);
  if (!problem.field.empty()) json::append_text(writer.key("field"), problem.field);
}

http::Response response_of(const Problem& problem) {
  http::Response response{.status = problem.status, .content_type = std::string{problem_media_type}};
  if (problem.retry_after_s > 0) response.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
  // RFC 6750 3: what was wrong with a token is said if there was one.
  if (problem.slug == meaning_of(Fault::token_missing).slug)
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (problem.slug == meaning_of(Fault::token_refused).slug) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }
  if (problem.replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  append_problem_json(response.body, problem);
  return response;
}

const std::vector<ProblemType>& problem_types() {
  static const auto types = all_types();
  return types;
}

}  // namespace tenantry::api
