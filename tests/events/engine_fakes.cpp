// What of the fakes knows the roster's commands.
#include "tests/events/engine_fakes.hpp"

#include "domain/roster/commands.hpp"
#include "domain/roster/events.hpp"
#include "tests/events/engine_fixture.hpp"

namespace tenantry::test {

void apply_to(FakeTenants& tenants, const RecordView& record, const Value& event) {
  FakeTenant& tenant = tenants[record.attributes.tenant];
  const auto& student = event.get<roster::StudentRegistered>();
  tenant.sequence = record.attributes.sequence;
  tenant.last_time = std::max(tenant.last_time, record.attributes.time);
  tenant.numbers.insert(student.number);
  tenant.versions[student.id.value] = {tenant.sequence, record.attributes.time};
  if (auto key = key_in_command_id(record.attributes.command_id)) {
    tenant.answers[key->key] = {key->payload, Done{.subject = std::string{record.attributes.subject},
                                                   .first_sequence = tenant.sequence,
                                                   .last_sequence = tenant.sequence,
                                                   .event_count = 1}};
  }
}

Decision FakeBatch::decide(TenantId tenant, const Value& command, Instant) {
  const auto& student = command.get<roster::RegisterStudent>();
  if (student.number == "suspended") {
    return refuse(tenancy::refused.tenant_suspended, "", "the tenant is suspended");
  }
  if (student.number == "throws") throw std::runtime_error("the rows cannot be read");
  if (student.number == "refused" || tenants[tenant].numbers.contains(student.number)) {
    return refuse(roster::refused.student_number_taken, "number", "another student has it");
  }
  roster::StudentRegistered event{student.id, student.number, student.given_name, student.family_name, {}};
  if (student.number == "held") return Accepted{subject_of(student.id), {}};
  return Accepted{subject_of(student.id), {Value{event}}};
}
void FakeBatch::apply(TenantId, const EventToApply& event) {
  apply_to(tenants, event.record, event.event);
  const auto& student = event.event.get<roster::StudentRegistered>();
  if (student.number == "throws when applied") throw std::runtime_error("a row cannot be changed");
}

CommandRequest register_student(const std::string& number, std::optional<IdempotencyKey> key,
                                std::optional<Precondition> precondition, Id<roster::Student> id) {
  return {Value{roster::RegisterStudent{id, number, "Ada", "Lovelace", {}}}, key, precondition};
}

}  // namespace tenantry::test
