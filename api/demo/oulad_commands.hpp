// The Open University Learning Analytics Dataset as commands of the product.
//
//   file                      becomes
//   a module                  a tenant ("aaa", "Module AAA (OULAD)", Europe/London) and its one course
//   a presentation code       a term: 2013B is February to October 2013, 2013J October 2013 to July 2014
//   courses.csv               a class of the course in the term, from the first of February or October for as many days
//                             as the row says; capacity is the number of its registrations, rounded up to fifties
//   assessments.csv           an assessment of the class, worth at most 100 points; due on the class's day, if it has
//   one studentRegistration.csv   a student (once for each module) and an enrolment on the class's day
//   studentAssessment.csv     a result; a banked one is transferred; one without a score is handed in, not marked
//   studentInfo.csv           what became of the enrolment: Withdrawn withdraws it, on the day of unregistration if it
//                             is known; Pass, Fail and Distinction complete it
//
// All ids are made from names (UUIDv8 of RFC 9562: the first bytes of SHA-256 of, for example,
// "oulad/aaa/students/11391"), so loading twice asks for the same things. A tenant's commands are in an order in which
// each is valid: course, terms, classes, assessments, students, enrolments, results, outcomes; the same order every
// time. Asked again, each makes no event, but for EnrolStudent, which is then refused because the enrolment has moved
// on to its outcome: is_loaded_already() tells that refusal.
// Pure functions; any thread. About 133,000 commands and 60 MB for all tenants.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/directory/commands.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api::demo {

struct TenantLoad {
  directory::RegisterTenant registration;  // its number of partitions is for the loader to set
  std::vector<Value> commands;
};

// One for each module, in order of their slugs.
std::vector<TenantLoad> oulad_loads();

// Whether this refusal of this command says that an earlier load did it; `refusal` is the stable code.
bool is_loaded_already(std::string_view command_name, std::string_view refusal);

// A line of POST /v1/commands, with its line end: {"command":"EnrolStudent","data":{…}}
void append_command_line(std::string& out, const Value& command);
// The body of POST /v1/tenants.
std::string registration_body(const directory::RegisterTenant& registration);

}  // namespace tenantry::api::demo
