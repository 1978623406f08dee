#include "api/request/problem_table.hpp"

#include "api/http/protocol_error.hpp"

namespace tenantry::api {
namespace {

// What the HTTP layer would answer by itself, were there no handler for it.
ProblemType of_protocol(int status) {
  const auto& problem = http::protocol_problem(status);
  return {problem.slug, problem.status, problem.title};
}

}  // namespace

ProblemType meaning_of(Fault fault) {
  switch (fault) {
    using enum Fault;
    case body_malformed:
      return {"body-malformed", 400, "The body is not what was asked for"};
    case field_required:
      return {"field-required", 422, "The field is never empty"};
    case header_malformed:
      return {"header-malformed", 400, "A header is malformed"};
    case parameter_malformed:
      return {"parameter-malformed", 400, "A parameter is malformed"};
    case tenant_missing:
      return {"tenant-missing", 400, "The request names no tenant"};
    case tenant_contradictory:
      return {"tenant-contradictory", 400, "The request names two tenants"};
    case token_missing:
      return {"token-missing", 401, "The request has no access token"};
    case token_refused:
      return {"token-refused", 401, "The access token is not accepted"};
    case tenant_forbidden:
      return {"tenant-forbidden", 403, "The access token is for another tenant"};
    case host_unknown:
      return {"host-unknown", 403, "The request is addressed to another server"};
    case came_in_the_clear:
      return {"came-in-the-clear", 403, "The request came without TLS"};
    case cross_site:
      return {"cross-site", 403, "Web pages of other sites may not use the server"};
    case route_unknown:
      return of_protocol(404);
    case method_not_allowed:
      return of_protocol(405);
    case entity_unknown:
      return {"entity-unknown", 404, "The id names nothing"};
    case problem_unknown:
      return {"problem-unknown", 404, "There is no such problem"};
    case media_type_unsupported:
      return {"media-type-unsupported", 415, "The media type is not supported"};
    case not_acceptable:
      return {"not-acceptable", 406, "No acceptable media type can be served"};
    case precondition_failed:
      return {"precondition-failed", 412, "A precondition does not hold"};
    case key_reused:
      return {"idempotency-key-reused", 422, "The idempotency key came before with another request"};
    case key_in_flight:
      return {"idempotency-key-in-flight", 409, "The first request with the key is not answered yet"};
    case rolled_back:
      return {"rolled-back", 424, "Another command of the group failed"};
    case too_large:
      return {"too-large", 413, "The request exceeds a limit"};
    case quarantined:
      return {"tenant-quarantined", 503, "The tenant's tables wait for a repair"};
    case not_served:
      return {"not-served", 503, "No node that can be reached serves the tenant at the moment"};
    case not_logged_in_here:
      return {"not-logged-in-here", 409, "The caller is no user whom this server let in"};
    case shown_wrong:
      return {"shown-wrong", 403, "The password or the code is not right"};
    case tried_too_often:
      return {"tried-too-often", 429, "Too many passwords or codes were wrong"};
    case password_unfit:
      return {"password-unfit", 422, "The password may not be chosen"};
    case issues_nothing:
      return {"issues-nothing", 409, "The server keeps no secrets and issues no tokens"};
    case overloaded:
      return {"overloaded", 503, "The server has too much to do"};
    case not_written:
      return {"not-written", 503, "The log did not take the events"};
    case outcome_unknown:
      return {"outcome-unknown", 503, "It is not known whether this was done"};
    case copy_not_current:
      return {"copy-not-current", 503, "This node's copy of the tenant may not be current"};
    case position_not_reached:
      return {"position-not-reached", 503, "The tables have not reached the position"};
    case tenant_not_ready:
      return {"tenant-not-ready", 503, "The tenant's creation is being finished"};
    case stopping:
      return {"stopping", 503, "The server is stopping"};
    case not_ready:
      return {"not-ready", 503, "The server is not ready"};
    case tables_unreadable:
      return {"tables-unreadable", 500, "The tables cannot be read"};
    case log_unreadable:
      return {"log-unreadable", 500, "The log cannot be read"};
  }
  return {};
}

}  // namespace tenantry::api
