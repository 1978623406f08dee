// Counts that the statistics projection keeps, of a class and of the whole tenant; served as JSON documents.
//
// Plain values. A registration is an enrolment ever made; active, withdrawn and completed say where they stand now and
// add up to the registrations. A student who is transferred is counted in the class now. Outcomes count the completed
// ones.
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/kernel/id.hpp"
#include "domain/roster/entities.hpp"
#include "events/catalog/type.hpp"

namespace tenantry::projections {

struct ClassStatistics {
  static constexpr std::string_view collection = "class-statistics";
  Id<ClassStatistics> id;  // the class's own
  std::uint64_t registrations = 0;
  std::uint64_t active = 0;
  std::uint64_t withdrawn = 0;
  std::uint64_t completed = 0;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t distinctions = 0;
  std::uint64_t assessments = 0;
  std::uint64_t results = 0;

  bool operator==(const ClassStatistics&) const = default;
};

struct TenantStatistics {
  static constexpr std::string_view collection = "statistics";
  Id<TenantStatistics> id;  // the tenant's own
  std::uint64_t terms = 0;
  std::uint64_t courses = 0;
  std::uint64_t classes = 0;
  std::uint64_t students = 0;
  std::uint64_t teachers = 0;
  std::uint64_t registrations = 0;
  std::uint64_t active = 0;
  std::uint64_t withdrawn = 0;
  std::uint64_t completed = 0;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t distinctions = 0;
  std::uint64_t assessments = 0;
  std::uint64_t results = 0;

  bool operator==(const TenantStatistics&) const = default;
};

}  // namespace tenantry::projections

namespace tenantry::events {

template <>
struct Describe<projections::ClassStatistics> {
  using T = projections::ClassStatistics;
  static constexpr char table = 'K';
  static constexpr std::string_view of = roster::Class::collection;
  static constexpr std::string_view name = "ClassStatistics";
  static constexpr std::string_view about = "How many enrolments a class has had and what became of them.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields = std::array{
      field<&T::id>("classId", "the class"),
      field<&T::registrations>("registrations", "enrolments ever made, but for those moved to another class"),
      field<&T::active>("active", "enrolments active now"),
      field<&T::withdrawn>("withdrawn", "enrolments withdrawn"),
      field<&T::completed>("completed", "enrolments completed"),
      field<&T::passed>("passed", "completed with a pass"),
      field<&T::failed>("failed", "completed with a fail"),
      field<&T::distinctions>("distinctions", "completed with distinction"),
      field<&T::assessments>("assessments", "assessments of the class"),
      field<&T::results>("results", "results recorded"),
  };
};

template <>
struct Describe<projections::TenantStatistics> {
  using T = projections::TenantStatistics;
  static constexpr char table = 'N';
  static constexpr std::string_view name = "TenantStatistics";
  static constexpr std::string_view about = "What a tenant holds and what became of its enrolments.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields = std::array{
      field<&T::id>("tenantId", "the tenant"),
      field<&T::terms>("terms", "terms"),
      field<&T::courses>("courses", "courses"),
      field<&T::classes>("classes", "classes"),
      field<&T::students>("students", "students ever registered"),
      field<&T::teachers>("teachers", "teachers ever registered"),
      field<&T::registrations>("registrations", "enrolments ever made"),
      field<&T::active>("active", "enrolments active now"),
      field<&T::withdrawn>("withdrawn", "enrolments withdrawn"),
      field<&T::completed>("completed", "enrolments completed"),
      field<&T::passed>("passed", "completed with a pass"),
      field<&T::failed>("failed", "completed with a fail"),
      field<&T::distinctions>("distinctions", "completed with distinction"),
      field<&T::assessments>("assessments", "assessments"),
      field<&T::results>("results", "results recorded"),
  };
};

}  // namespace tenantry::events
