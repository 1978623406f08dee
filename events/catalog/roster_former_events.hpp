// Older versions of the roster's events: still in logs, read for ever, written no more. Nothing here ever changes.
#pragma once

#include <optional>
#include <string>

#include "domain/roster/entities.hpp"
#include "events/catalog/field.hpp"

namespace tenantry::events {

// tenantry.roster.assessment-added.v1
struct AssessmentAddedV1 {
  Id<roster::Assessment> id;
  Id<roster::Class> class_id;
  std::string title;
  std::string category;
  int weight = 0;
  std::optional<Date> due_on;
};

template <>
struct Describe<AssessmentAddedV1> {
  using T = AssessmentAddedV1;
  static constexpr std::string_view name = "tenantry.roster.assessment-added";
  static constexpr std::string_view about = "An assessment was added to a class; every score is out of 100.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the assessment"),
                                            field("classId", &T::class_id, "the class"),
                                            field("title", &T::title, "its title"),
                                            field("category", &T::category, "what kind it is: exam, coursework"),
                                            field("weight", &T::weight, "share of the class in whole per cent"),
                                            field("dueOn", &T::due_on, "day that it is due")};
};

}  // namespace tenantry::events
