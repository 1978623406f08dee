// Golden files: one for each version of each event, as it was first written. They are never edited: a stored event
// never changes, so what they decode to may not change either. The expectations are written out, independently of the
// catalog.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "domain/access/events.hpp"
#include "domain/directory/events.hpp"
#include "domain/operators/events.hpp"
#include "domain/roster/events.hpp"
#include "domain/tenancy/events.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"

using namespace tenantry;
using namespace tenantry::events;
using test::fixed_id;

namespace {

const std::filesystem::path folder = TENANTRY_SOURCE_DIR "/tests/golden";

Date day(std::string_view text) {
  return Date::parse(text).value();
}

// The one line of a golden file.
std::string golden(const std::string& type) {
  std::ifstream file{folder / (type + ".json")};
  INFO("the golden file of " << type);
  REQUIRE(file);
  std::string line;
  std::getline(file, line);
  return line;
}

const std::map<std::string, Value>& expected() {
  static const std::map<std::string, Value> events{
      {"tenantry.directory.tenant-registered.v1",
       Value{directory::TenantRegistered{.tenant = fixed_id<tenancy::Tenant>(1),
                                         .slug = "north",
                                         .name = "North School",
                                         .timezone = "Europe/London",
                                         .metadata = Metadata{R"({"city":"Leeds","tags":["a",1.5]})"},
                                         .partition = 3}}},
      {"tenantry.tenancy.tenant-created.v1",
       Value{tenancy::TenantCreated{.id = fixed_id<tenancy::Tenant>(1),
                                    .slug = "north",
                                    .name = "North School",
                                    .timezone = "Europe/London",
                                    .metadata = Metadata{R"({"city":"Leeds","tags":["a",1.5]})"},
                                    .partition = 3}}},
      {"tenantry.tenancy.tenant-renamed.v1",
       Value{tenancy::TenantRenamed{.id = fixed_id<tenancy::Tenant>(1), .name = "Northern School"}}},
      {"tenantry.tenancy.tenant-metadata-changed.v1",
       Value{tenancy::TenantMetadataChanged{.id = fixed_id<tenancy::Tenant>(1),
                                            .metadata = Metadata{R"({"city":"Leeds","tags":["a",1.5]})"}}}},
      {"tenantry.tenancy.tenant-suspended.v1",
       Value{tenancy::TenantSuspended{.id = fixed_id<tenancy::Tenant>(1), .reason = "unpaid"}}},
      {"tenantry.tenancy.tenant-reactivated.v1", Value{tenancy::TenantReactivated{.id = fixed_id<tenancy::Tenant>(1)}}},
      {"tenantry.tenancy.tenant-archived.v1",
       Value{tenancy::TenantArchived{.id = fixed_id<tenancy::Tenant>(1), .reason = "closed"}}},
      {"tenantry.access.user-invited.v1",
       Value{access::UserInvited{.id = fixed_id<access::User>(40), .login = "ada@oak.example", .name = "Ada Oak"}}},
      {"tenantry.access.user-renamed.v1",
       Value{access::UserRenamed{.id = fixed_id<access::User>(40), .name = "Ada Ash"}}},
      {"tenantry.access.user-activated.v1", Value{access::UserActivated{.id = fixed_id<access::User>(40)}}},
      {"tenantry.access.user-locked.v1",
       Value{access::UserLocked{.id = fixed_id<access::User>(40), .reason = "lost key"}}},
      {"tenantry.access.user-unlocked.v1", Value{access::UserUnlocked{.id = fixed_id<access::User>(40)}}},
      {"tenantry.access.user-deactivated.v1",
       Value{access::UserDeactivated{.id = fixed_id<access::User>(40), .reason = "left"}}},
      {"tenantry.access.user-reinvited.v1", Value{access::UserReinvited{.id = fixed_id<access::User>(40)}}},
      {"tenantry.access.role-granted.v1", Value{access::RoleGranted{.id = fixed_id<access::User>(40),
                                                                    .role = access::Role::teacher,
                                                                    .teacher = fixed_id<roster::Teacher>(6),
                                                                    .student = {}}}},
      {"tenantry.access.role-revoked.v1",
       Value{access::RoleRevoked{.id = fixed_id<access::User>(40), .role = access::Role::administrator}}},
      {"tenantry.access.application-registered.v1",
       Value{access::ApplicationRegistered{
           .id = fixed_id<access::Application>(41),
           .name = "School app",
           .redirect_uris = {{"https://app.example/callback"}, {"http://127.0.0.1/callback"}}}}},
      {"tenantry.access.application-withdrawn.v1",
       Value{access::ApplicationWithdrawn{fixed_id<access::Application>(41)}}},
      {"tenantry.access.service-key-issued.v1",
       Value{access::ServiceKeyIssued{.id = fixed_id<access::ServiceKey>(42),
                                      .name = "Timetable",
                                      .permissions = {{Permission::read_roster}, {Permission::manage_roster}},
                                      .expires_at = Instant{1'801'396'800'000}}}},
      {"tenantry.access.service-key-revoked.v1", Value{access::ServiceKeyRevoked{fixed_id<access::ServiceKey>(42)}}},
      {"tenantry.access.invitation-issued.v1",
       Value{access::InvitationIssued{.id = fixed_id<access::User>(40),
                                      .invitation = fixed_id<access::User>(43).value,
                                      .expires_at = Instant{1'801'396'800'000}}}},
      {"tenantry.access.password-set.v1",
       Value{access::PasswordSet{.id = fixed_id<access::User>(40), .password = fixed_id<access::User>(44).value}}},
      {"tenantry.access.second-factor-added.v1",
       Value{access::SecondFactorAdded{
           .id = fixed_id<access::User>(40), .factor = fixed_id<access::User>(45).value, .step = 60'046'560}}},
      {"tenantry.access.second-factor-removed.v1", Value{access::SecondFactorRemoved{fixed_id<access::User>(40)}}},
      {"tenantry.access.session-started.v1",
       Value{access::SessionStarted{.id = fixed_id<access::User>(40),
                                    .session = fixed_id<access::User>(46).value,
                                    .application = fixed_id<access::Application>(41),
                                    .step = 60'046'561,
                                    .started_at = Instant{1'801'396'800'000},
                                    .expires_at = Instant{1'803'816'000'500}}}},
      {"tenantry.access.session-refreshed.v1",
       Value{access::SessionRefreshed{
           .id = fixed_id<access::User>(40), .session = fixed_id<access::User>(46).value, .generation = 7}}},
      {"tenantry.access.session-ended.v1", Value{access::SessionEnded{.id = fixed_id<access::User>(40),
                                                                      .session = fixed_id<access::User>(46).value,
                                                                      .reason = access::SessionEnd::reused}}},
      {"tenantry.operators.signing-key-added.v1",
       Value{operators::SigningKeyAdded{.id = fixed_id<operators::SigningKey>(47), .public_key = R"({"kty":"EC"})"}}},
      {"tenantry.operators.signing-key-retired.v1",
       Value{operators::SigningKeyRetired{fixed_id<operators::SigningKey>(47)}}},
      {"tenantry.operators.operator-key-issued.v1",
       Value{operators::OperatorKeyIssued{
           .id = fixed_id<operators::OperatorKey>(48), .name = "Olga", .expires_at = Instant{1'801'396'800'000}}}},
      {"tenantry.operators.operator-key-revoked.v1",
       Value{operators::OperatorKeyRevoked{fixed_id<operators::OperatorKey>(48)}}},
      {"tenantry.roster.term-added.v1", Value{roster::TermAdded{.id = fixed_id<roster::Term>(2),
                                                                .name = "2014J",
                                                                .starts_on = day("2014-10-01"),
                                                                .ends_on = day("2015-06-30")}}},
      {"tenantry.roster.term-corrected.v1", Value{roster::TermCorrected{.id = fixed_id<roster::Term>(2),
                                                                        .name = "2014J",
                                                                        .starts_on = day("2014-10-01"),
                                                                        .ends_on = day("2015-06-30")}}},
      {"tenantry.roster.course-added.v1",
       Value{roster::CourseAdded{.id = fixed_id<roster::Course>(3), .code = "AAA", .title = "Algebra"}}},
      {"tenantry.roster.course-corrected.v1",
       Value{roster::CourseCorrected{.id = fixed_id<roster::Course>(3), .code = "AAA", .title = "Algebra"}}},
      {"tenantry.roster.class-opened.v1", Value{roster::ClassOpened{.id = fixed_id<roster::Class>(4),
                                                                    .course = fixed_id<roster::Course>(3),
                                                                    .term = fixed_id<roster::Term>(2),
                                                                    .name = "AAA 2014J",
                                                                    .capacity = 400,
                                                                    .starts_on = day("2014-10-01"),
                                                                    .ends_on = day("2015-06-30")}}},
      {"tenantry.roster.class-corrected.v1", Value{roster::ClassCorrected{.id = fixed_id<roster::Class>(4),
                                                                          .name = "AAA 2014J",
                                                                          .capacity = 400,
                                                                          .starts_on = day("2014-10-01"),
                                                                          .ends_on = day("2015-06-30")}}},
      {"tenantry.roster.class-closed.v1", Value{roster::ClassClosed{.id = fixed_id<roster::Class>(4)}}},
      {"tenantry.roster.student-registered.v1", Value{roster::StudentRegistered{.id = fixed_id<roster::Student>(5),
                                                                                .number = "S-11391",
                                                                                .given_name = "Zoë",
                                                                                .family_name = "O'Neill",
                                                                                .email = "zoe@example.org"}}},
      {"tenantry.roster.student-corrected.v1", Value{roster::StudentCorrected{.id = fixed_id<roster::Student>(5),
                                                                              .number = "S-11391",
                                                                              .given_name = "Zoë",
                                                                              .family_name = "O'Neill",
                                                                              .email = {}}}},
      {"tenantry.roster.student-deactivated.v1", Value{roster::StudentDeactivated{.id = fixed_id<roster::Student>(5)}}},
      {"tenantry.roster.teacher-registered.v1", Value{roster::TeacherRegistered{.id = fixed_id<roster::Teacher>(6),
                                                                                .number = "T-7",
                                                                                .given_name = "Zoë",
                                                                                .family_name = "O'Neill",
                                                                                .email = "zoe@example.org"}}},
      {"tenantry.roster.teacher-corrected.v1", Value{roster::TeacherCorrected{.id = fixed_id<roster::Teacher>(6),
                                                                              .number = "T-7",
                                                                              .given_name = "Zoë",
                                                                              .family_name = "O'Neill",
                                                                              .email = {}}}},
      {"tenantry.roster.teacher-deactivated.v1", Value{roster::TeacherDeactivated{.id = fixed_id<roster::Teacher>(6)}}},
      {"tenantry.roster.student-enrolled.v1", Value{roster::StudentEnrolled{.id = fixed_id<roster::Enrolment>(7),
                                                                            .class_id = fixed_id<roster::Class>(4),
                                                                            .student = fixed_id<roster::Student>(5),
                                                                            .enrolled_on = day("2014-09-12")}}},
      {"tenantry.roster.student-withdrawn.v1", Value{roster::StudentWithdrawn{.id = fixed_id<roster::Enrolment>(7),
                                                                              .class_id = fixed_id<roster::Class>(4),
                                                                              .student = fixed_id<roster::Student>(5),
                                                                              .withdrawn_on = day("2014-12-01"),
                                                                              .reason = "moved away"}}},
      {"tenantry.roster.student-re-enrolled.v1",
       Value{roster::StudentReEnrolled{.id = fixed_id<roster::Enrolment>(7),
                                       .class_id = fixed_id<roster::Class>(4),
                                       .student = fixed_id<roster::Student>(5),
                                       .enrolled_on = {}}}},
      {"tenantry.roster.enrolment-completed.v1",
       Value{roster::EnrolmentCompleted{.id = fixed_id<roster::Enrolment>(7),
                                        .class_id = fixed_id<roster::Class>(4),
                                        .student = fixed_id<roster::Student>(5),
                                        .outcome = roster::Outcome::distinction,
                                        .completed_on = day("2015-06-30")}}},
      {"tenantry.roster.teacher-assigned.v1",
       Value{roster::TeacherAssigned{.id = fixed_id<roster::TeachingAssignment>(8),
                                     .class_id = fixed_id<roster::Class>(4),
                                     .teacher = fixed_id<roster::Teacher>(6),
                                     .role = roster::TeachingRole::assistant}}},
      {"tenantry.roster.teacher-unassigned.v1",
       Value{roster::TeacherUnassigned{.id = fixed_id<roster::TeachingAssignment>(8),
                                       .class_id = fixed_id<roster::Class>(4),
                                       .teacher = fixed_id<roster::Teacher>(6)}}},
      {"tenantry.roster.assessment-added.v1", Value{roster::AssessmentAdded{.id = fixed_id<roster::Assessment>(9),
                                                                            .class_id = fixed_id<roster::Class>(4),
                                                                            .title = "TMA 1",
                                                                            .category = "TMA",
                                                                            .weight = Decimal{1000},
                                                                            .maximum_score = Decimal{10000},
                                                                            .due_on = day("2014-11-15")}}},
      {"tenantry.roster.assessment-added.v2", Value{roster::AssessmentAdded{.id = fixed_id<roster::Assessment>(9),
                                                                            .class_id = fixed_id<roster::Class>(4),
                                                                            .title = "TMA 1",
                                                                            .category = "TMA",
                                                                            .weight = Decimal{1250},
                                                                            .maximum_score = Decimal{8000},
                                                                            .due_on = day("2014-11-15")}}},
      {"tenantry.roster.assessment-corrected.v1",
       Value{roster::AssessmentCorrected{.id = fixed_id<roster::Assessment>(9),
                                         .class_id = fixed_id<roster::Class>(4),
                                         .title = "TMA 1",
                                         .category = "TMA",
                                         .weight = Decimal{1250},
                                         .maximum_score = Decimal{8000},
                                         .due_on = day("2014-11-15")}}},
      {"tenantry.roster.student-registered.v2", Value{roster::StudentRegistered{.id = fixed_id<roster::Student>(5),
                                                                                .number = "S-11391",
                                                                                .given_name = "Suharto",
                                                                                .family_name = {},
                                                                                .email = {}}}},
      {"tenantry.roster.student-corrected.v2", Value{roster::StudentCorrected{.id = fixed_id<roster::Student>(5),
                                                                              .number = "S-11391",
                                                                              .given_name = {},
                                                                              .family_name = "O'Neill",
                                                                              .email = "zoe@example.org"}}},
      {"tenantry.roster.teacher-registered.v2", Value{roster::TeacherRegistered{.id = fixed_id<roster::Teacher>(6),
                                                                                .number = "T-7",
                                                                                .given_name = {},
                                                                                .family_name = "Suharto",
                                                                                .email = {}}}},
      {"tenantry.roster.teacher-corrected.v2", Value{roster::TeacherCorrected{.id = fixed_id<roster::Teacher>(6),
                                                                              .number = "T-7",
                                                                              .given_name = "Zoë",
                                                                              .family_name = {},
                                                                              .email = "zoe@example.org"}}},
      {"tenantry.roster.student-reactivated.v1", Value{roster::StudentReactivated{.id = fixed_id<roster::Student>(5)}}},
      {"tenantry.roster.teacher-reactivated.v1", Value{roster::TeacherReactivated{.id = fixed_id<roster::Teacher>(6)}}},
      {"tenantry.roster.enrolment-reopened.v1",
       Value{roster::EnrolmentReopened{.id = fixed_id<roster::Enrolment>(7),
                                       .class_id = fixed_id<roster::Class>(4),
                                       .student = fixed_id<roster::Student>(5)}}},
      {"tenantry.roster.student-transferred.v1",
       Value{roster::StudentTransferred{.id = fixed_id<roster::Enrolment>(7),
                                        .former_class = fixed_id<roster::Class>(4),
                                        .class_id = fixed_id<roster::Class>(14),
                                        .student = fixed_id<roster::Student>(5)}}},
      {"tenantry.roster.enrolment-corrected.v1",
       Value{roster::EnrolmentCorrected{.id = fixed_id<roster::Enrolment>(7),
                                        .class_id = fixed_id<roster::Class>(4),
                                        .student = fixed_id<roster::Student>(5),
                                        .enrolled_on = day("2014-09-12"),
                                        .withdrawn_on = day("2014-12-02"),
                                        .completed_on = {},
                                        .withdrawal_reason = "moved to Leeds",
                                        .outcome = {}}}},
      {"tenantry.roster.assessment-added.v3", Value{roster::AssessmentAdded{.id = fixed_id<roster::Assessment>(9),
                                                                            .class_id = fixed_id<roster::Class>(4),
                                                                            .title = "TMA 1",
                                                                            .category = "TMA",
                                                                            .weight = Decimal{1250},
                                                                            .maximum_score = Decimal{8000},
                                                                            .due_on = day("2014-11-15"),
                                                                            .extra_credit = true}}},
      {"tenantry.roster.assessment-corrected.v2",
       Value{roster::AssessmentCorrected{.id = fixed_id<roster::Assessment>(9),
                                         .class_id = fixed_id<roster::Class>(4),
                                         .title = "TMA 1",
                                         .category = "TMA",
                                         .weight = Decimal{1250},
                                         .maximum_score = Decimal{8000},
                                         .due_on = {},
                                         .extra_credit = true}}},
      {"tenantry.roster.result-recorded.v1", Value{roster::ResultRecorded{.id = fixed_id<roster::Result>(10),
                                                                          .assessment = fixed_id<roster::Assessment>(9),
                                                                          .enrolment = fixed_id<roster::Enrolment>(7),
                                                                          .student = fixed_id<roster::Student>(5),
                                                                          .score = Decimal{7225},
                                                                          .submitted_on = day("2014-11-14"),
                                                                          .transferred = true}}},
      {"tenantry.roster.result-corrected.v1",
       Value{roster::ResultCorrected{.id = fixed_id<roster::Result>(10),
                                     .assessment = fixed_id<roster::Assessment>(9),
                                     .student = fixed_id<roster::Student>(5),
                                     .score = Decimal{7225},
                                     .submitted_on = day("2014-11-14")}}}};
  return events;
}

}  // namespace

TEST_CASE("every version of every event has a golden file and an expectation", "[catalog][golden]") {
  for (const TypeDescription& type : event_types()) {
    INFO(type.name);
    CHECK(std::filesystem::exists(folder / (type.name + ".json")));
    CHECK(expected().contains(type.name));
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() != ".json") continue;  // no event
    INFO(entry.path());
    CHECK(expected().contains(entry.path().stem().string()));
    ++files;
  }
  CHECK(files == event_types().size());
}

TEST_CASE("golden files decode to what they meant when they were written", "[catalog][golden]") {
  for (const auto& [type, event] : expected()) {
    INFO(type);
    auto decoded = decode_event(type, golden(type));
    REQUIRE(decoded);
    CHECK(*decoded == event);
  }
}

TEST_CASE("the newest version of each event is written as its golden file has it", "[catalog][golden]") {
  for (const TypeDescription& type : event_types()) {
    INFO(type.name);
    EncodedEvent encoded = encode_event(expected().at(type.name));
    if (!type.newest) {
      CHECK(encoded.type != type.name);
      continue;
    }
    CHECK(encoded.type == type.name);
    CHECK(encoded.data == golden(type.name));
  }
}

TEST_CASE("the first version of assessment-added is read as out of 100", "[catalog][golden]") {
  auto event = decode_event("tenantry.roster.assessment-added.v1", golden("tenantry.roster.assessment-added.v1"));
  REQUIRE(event);
  const auto& added = event->get<roster::AssessmentAdded>();
  CHECK(added.maximum_score == Decimal::whole(100));
  CHECK(added.weight == Decimal::whole(10));
  CHECK(encode_event(*event).type == "tenantry.roster.assessment-added.v3");
}

TEST_CASE("assessments of versions without extra credit are read as without it", "[catalog][golden]") {
  for (const char* type : {"tenantry.roster.assessment-added.v1", "tenantry.roster.assessment-added.v2"}) {
    auto event = decode_event(type, golden(type));
    REQUIRE(event);
    CHECK_FALSE(event->get<roster::AssessmentAdded>().extra_credit);
  }
}

TEST_CASE("people of the first version, who have both names, are written as the second", "[catalog][golden]") {
  for (const char* name : {"student-registered", "student-corrected", "teacher-registered", "teacher-corrected"}) {
    std::string type = "tenantry.roster." + std::string{name};
    auto event = decode_event(type + ".v1", golden(type + ".v1"));
    REQUIRE(event);
    EncodedEvent again = encode_event(*event);
    CHECK(again.type == type + ".v2");
    CHECK(again.data == golden(type + ".v1"));
  }
  std::string nameless = R"({"id":"00000000-0000-7000-8000-000000000005","number":"S-1","givenName":"Ada"})";
  CHECK(decode_event("tenantry.roster.student-registered.v1", nameless).error() ==
        DecodeError{"familyName", "is missing"});
  CHECK(decode_event("tenantry.roster.student-registered.v2", nameless));
}

TEST_CASE("a version's shape is closed", "[catalog]") {
  std::string v1 = golden("tenantry.roster.assessment-added.v1");
  std::string v2 = golden("tenantry.roster.assessment-added.v2");
  CHECK(decode_event("tenantry.roster.assessment-added.v1", v2).error().field == "weight");
  CHECK(decode_event("tenantry.roster.assessment-added.v2", v1).error() == DecodeError{"maximumScore", "is missing"});
  CHECK(decode_event("tenantry.roster.assessment-added.v3", v2).error() == DecodeError{"extraCredit", "is missing"});
  CHECK(decode_event("tenantry.roster.assessment-added.v4", v2).error().field == "type");
  CHECK(decode_event("tenantry.roster.assessment-added", v2).error().field == "type");
  v2.back() = ',';
  CHECK(decode_event("tenantry.roster.assessment-added.v2", v2 + "\"colour\":1}").error() ==
        DecodeError{"colour", "is not a field here"});
}

TEST_CASE("subjects and mentions of an event", "[catalog]") {
  const Value& enrolled = expected().at("tenantry.roster.student-enrolled.v1");
  CHECK(event_subject(enrolled) == subject_of(fixed_id<roster::Enrolment>(7)));
  CHECK(event_mentions(enrolled) ==
        std::vector{subject_of(fixed_id<roster::Class>(4)), subject_of(fixed_id<roster::Student>(5))});
}
