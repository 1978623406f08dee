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

StatusAndTitle meaning_of(directory::Refused code) {
  switch (code) {
    using enum directory::Refused;
    case slug_malformed:
      return {422, "The slug is not a DNS label of 3 to 63 characters"};
    case slug_reserved:
      return {422, "The slug is a reserved word"};
    case slug_like_id:
      return {422, "The slug looks like an id"};
    case slug_taken:
      return {409, "Another tenant has the slug"};
    case tenant_exists:
      return {409, "The tenant exists with other values"};
    case name_blank:
      return {422, "The name is blank"};
    case timezone_unknown:
      return {422, "The time zone is not in the IANA database"};
    case partitions_malformed:
      return {422, "There must be at least one partition"};
  }
  return {};
}

StatusAndTitle meaning_of(tenancy::Refused code) {
  switch (code) {
    using enum tenancy::Refused;
    case tenant_unknown:
      return {404, "There is no such tenant"};
    case tenant_exists:
      return {409, "The tenant exists with other values"};
    case tenant_suspended:
      return {403, "The tenant is suspended"};
    case tenant_archived:
      return {410, "The tenant is archived"};
    case name_blank:
      return {422, "The name is blank"};
    case reason_blank:
      return {422, "The reason is blank"};
    case reason_differs:
      return {409, "The tenant is suspended or archived for another reason"};
    case timezone_unknown:
      return {422, "The time zone is not in the IANA database"};
  }
  return {};
}

StatusAndTitle meaning_of(roster::Refused code) {
  switch (code) {
    using enum roster::Refused;
    case term_unknown:
      return {404, "There is no such term"};
    case course_unknown:
      return {404, "There is no such course"};
    case class_unknown:
      return {404, "There is no such class"};
    case student_unknown:
      return {404, "There is no such student"};
    case teacher_unknown:
      return {404, "There is no such teacher"};
    case enrolment_unknown:
      return {404, "There is no such enrolment"};
    case assignment_unknown:
      return {404, "There is no such teaching assignment"};
    case assessment_unknown:
      return {404, "There is no such assessment"};
    case result_unknown:
      return {404, "There is no such result"};
    case term_exists:
      return {409, "The term exists with other values"};
    case course_exists:
      return {409, "The course exists with other values"};
    case class_exists:
      return {409, "The class exists with other values"};
    case student_exists:
      return {409, "The student exists with other values"};
    case teacher_exists:
      return {409, "The teacher exists with other values"};
    case enrolment_exists:
      return {409, "The enrolment exists with other values"};
    case assignment_exists:
      return {409, "The teaching assignment exists with other values"};
    case assessment_exists:
      return {409, "The assessment exists with other values"};
    case result_exists:
      return {409, "The result exists with other values"};
    case term_name_taken:
      return {409, "Another term has the name"};
    case course_code_taken:
      return {409, "Another course has the code"};
    case student_number_taken:
      return {409, "Another student has the number"};
    case teacher_number_taken:
      return {409, "Another teacher has the number"};
    case text_blank:
      return {422, "The text is blank"};
    case name_missing:
      return {422, "A person has a given name or a family name"};
    case email_malformed:
      return {422, "The e-mail address is malformed"};
    case dates_out_of_order:
      return {422, "The dates are out of order"};
    case class_outside_term:
      return {422, "The class does not lie within its term"};
    case term_excludes_class:
      return {409, "A class of the term would lie outside it"};
    case class_closed:
      return {409, "The class is closed"};
    case class_full:
      return {409, "The class is full"};
    case capacity_out_of_range:
      return {422, "The capacity is out of range"};
    case capacity_below_enrolled:
      return {409, "More students are enrolled than the capacity allows"};
    case student_inactive:
      return {409, "The student is deactivated"};
    case teacher_inactive:
      return {409, "The teacher is deactivated"};
    case enrolment_active:
      return {409, "The enrolment is active"};
    case enrolment_withdrawn:
      return {409, "The enrolment is withdrawn"};
    case enrolment_completed:
      return {409, "The enrolment is completed"};
    case enrolment_outside_class:
      return {422, "The day does not fit the days of the class"};
    case weight_out_of_range:
      return {422, "The weight is out of range"};
    case maximum_not_positive:
      return {422, "The maximum score is not positive"};
    case maximum_below_score:
      return {409, "A score above the maximum is recorded"};
    case score_out_of_range:
      return {422, "The score is out of range"};
    case student_not_in_class:
      return {409, "The student has never been enrolled in the class"};
    case result_recorded:
      return {409, "The student has another result in the assessment"};
  }
  return {};
}

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
    case operator_required:
      return {"operator-required", 403, "Only operators may do this"};
    case host_unknown:
      return {"host-unknown", 403, "The request is addressed to another server"};
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
