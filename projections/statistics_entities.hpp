// Counts that the statistics projection keeps, of a class and of the whole tenant; served as JSON documents.
//
// Plain values. A registration is an enrolment ever made; active, withdrawn and completed say where they stand now and
// add up to the registrations. Outcomes count the completed ones.
#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "domain/kernel/id.hpp"
#include "domain/roster/entities.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/describe.hpp"

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
  static constexpr std::string_view name = "ClassStatistics";
  static constexpr std::string_view about = "How many enrolments a class has had and what became of them.";
  static constexpr auto fields = std::tuple{
      field("classId", &T::id, "the class"),
      field("registrations", &T::registrations, "enrolments ever made"),
      field("active", &T::active, "enrolments active now"),
      field("withdrawn", &T::withdrawn, "enrolments withdrawn"),
      field("completed", &T::completed, "enrolments completed"),
      field("passed", &T::passed, "completed with a pass"),
      field("failed", &T::failed, "completed with a fail"),
      field("distinctions", &T::distinctions, "completed with distinction"),
      field("assessments", &T::assessments, "assessments of the class"),
      field("results", &T::results, "results recorded"),
  };
};

template <>
struct Describe<projections::TenantStatistics> {
  using T = projections::TenantStatistics;
  static constexpr std::string_view name = "TenantStatistics";
  static constexpr std::string_view about = "What a tenant holds and what became of its enrolments.";
  static constexpr auto fields = std::tuple{
      field("tenantId", &T::id, "the tenant"),
      field("terms", &T::terms, "terms"),
      field("courses", &T::courses, "courses"),
      field("classes", &T::classes, "classes"),
      field("students", &T::students, "students ever registered"),
      field("teachers", &T::teachers, "teachers ever registered"),
      field("registrations", &T::registrations, "enrolments ever made"),
      field("active", &T::active, "enrolments active now"),
      field("withdrawn", &T::withdrawn, "enrolments withdrawn"),
      field("completed", &T::completed, "enrolments completed"),
      field("passed", &T::passed, "completed with a pass"),
      field("failed", &T::failed, "completed with a fail"),
      field("distinctions", &T::distinctions, "completed with distinction"),
      field("assessments", &T::assessments, "assessments"),
      field("results", &T::results, "results recorded"),
  };
};

}  // namespace tenantry::events
