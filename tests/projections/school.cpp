#include "tests/projections/school.hpp"

#include "domain/roster/commands.hpp"

namespace tenantry::test {

Value add_course(const std::string& code, const std::string& title, Id<roster::Course> id) {
  return Value{roster::AddCourse{id, code, title}};
}

Value correct_course(Id<roster::Course> id, const std::string& title) {
  return Value{roster::CorrectCourse{.id = id, .title = title}};
}

Value register_student(const std::string& number, Id<roster::Student> id) {
  return Value{roster::RegisterStudent{id, number, "Given", "Family", {}}};
}

Value deactivate_student(Id<roster::Student> id) {
  return Value{roster::DeactivateStudent{id}};
}

Value re_enrol_student(Id<roster::Enrolment> id) {
  return Value{roster::ReEnrolStudent{id, {}}};
}

void School::fill(TenantId tenant) {
  Date start = *Date::parse("2014-10-01");
  term = {fresh_id()}, course = {fresh_id()}, class_id = {fresh_id()}, assessment = {fresh_id()};
  done(tenant, roster::AddTerm{term, "2014J", start, start.plus_days(300)});
  done(tenant, roster::AddCourse{course, "AAA", "Module AAA"});
  done(tenant, roster::OpenClass{class_id, course, term, "AAA 2014J", 10, start, start.plus_days(200)});
  for (int index = 0; index < 3; ++index) {
    students[index] = {fresh_id()};
    done(tenant, roster::RegisterStudent{students[index], std::to_string(1000 + index), "Student", "One", {}});
  }
  for (int index = 0; index < 2; ++index) {
    enrolments[index] = {fresh_id()};
    done(tenant, roster::EnrolStudent{enrolments[index], class_id, students[index], {}});
  }
  done(tenant,
       roster::AddAssessment{assessment, class_id, "TMA 1", "TMA", Decimal::whole(10), Decimal::whole(100), {}});
  done(tenant, roster::RecordResult{{fresh_id()}, assessment, students[0], Decimal::whole(78), {}, false});
  done(tenant, roster::CompleteEnrolment{enrolments[0], roster::Outcome::distinction, {}});
  done(tenant, roster::WithdrawStudent{enrolments[1], {}, {}});
}

}  // namespace tenantry::test
