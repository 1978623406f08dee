// Problems: every answer that is not a success, as RFC 9457 problem details, and the only place that knows which status
// code a refusal or a failure has.
//
// `slug` is stable and part of the API: the problem's `type` is "/problems/{slug}", and GET /problems documents each.
// `field` names what is wrong: a command's field ("givenName"), a header ("If-Match"), a query parameter ("limit").
// A refusal brings its word, its kind and its title along (domain/{context}/refusals.hpp); the API's own faults have a
// table (problem_table.cpp), and one without a row does not compile. Plain values and pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/response.hpp"
#include "events/decode_error.hpp"
#include "events/engine/command.hpp"

namespace tenantry::api {

inline constexpr std::string_view problem_media_type = "application/problem+json";

struct Problem {
  int status = 500;
  std::string_view slug;   // a literal
  std::string_view title;  // a literal
  std::string detail;
  std::string field;
  std::int64_t retry_after_s = 0;  // 0: no Retry-After
  bool replayed = false;           // what an earlier request with the same idempotency key was answered
  std::string cause = {};          // for the server's log, never for clients: it may name files and other tenants' data
};

// What the API itself finds wrong, as opposed to the rules.
enum class Fault {
  body_malformed,          // not the JSON that was asked for
  field_required,          // null for a field that is never empty
  header_malformed,        // a request header's value makes no sense, or it is repeated
  parameter_malformed,     // of the query or the path: unknown, repeated, or makes no sense
  tenant_missing,          // the request names no tenant
  tenant_contradictory,    // it names two
  token_missing,           // of who does not say who they are
  token_refused,           // expired, of another issuer, or none
  tenant_forbidden,        // it is not the token's
  host_unknown,            // Host is none of the server's names
  came_in_the_clear,       // to the proxy in front
  cross_site,              // a browser sends it for a page of another site
  route_unknown,           // no such path
  method_not_allowed,      // the path serves other methods
  entity_unknown,          // the id names nothing
  problem_unknown,         // GET /problems/{slug} of none
  media_type_unsupported,  // Content-Type
  not_acceptable,          // Accept
  precondition_failed,     // of If-Match and its kind
  key_reused,              // Idempotency-Key with another payload
  key_in_flight,           // the first request with it is not answered yet
  rolled_back,             // of an all-or-nothing load, because of another line
  too_large,               // an event or a load beyond its limit
  quarantined,             // the tenant's tables wait for a repair
  not_served,              // the tenant's partition is another node's, or nobody's yet
  overloaded,              // try again
  not_logged_in_here,      // of whom another issuer lets in, or who is no user
  shown_wrong,             // a password or a code
  tried_too_often,         // passwords or codes
  password_unfit,          // may not be chosen
  issues_nothing,          // the server has no vault for what is asked
  not_written,             // the log refused; nothing was done
  outcome_unknown,         // cannot tell whether it was done
  copy_not_current,        // this node cannot tell whether its copy of a partition that it does not serve is current
  position_not_reached,    // the tables are not there yet
  tenant_not_ready,        // its creation is being finished
  stopping,                // the server shuts down
  not_ready,               // it should not be sent requests at the moment
  tables_unreadable,       // the storage failed
  log_unreadable
};

Problem problem_of(Fault fault, std::string field, std::string detail);
Problem problem_of(const Refusal& refusal);
Problem problem_of(const events::engine::Failure& failure);
Problem problem_of(const events::DecodeError& error);

http::Response response_of(const Problem& problem);
void append_problem_json(std::string& out, const Problem& problem);

// One row of the documentation: every problem that the product can answer.
struct ProblemType {
  std::string_view slug;
  int status;
  std::string_view title;
};
const std::vector<ProblemType>& problem_types();

}  // namespace tenantry::api
