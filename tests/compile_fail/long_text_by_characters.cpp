// A long text is limited by its bytes: a limit of characters would be one that nothing holds to.
// EXPECT: a long text is limited by its bytes
#include "events/catalog/field.hpp"

using namespace tenantry;

struct Lesson {
  static constexpr std::string_view collection = "lessons";
  Id<Lesson> id;
  LongText body;
};

constexpr auto body = events::field<&Lesson::body>("body", "what is taught").bytes(1, 100'000);
#ifdef FORBIDDEN
constexpr auto shorter = events::field<&Lesson::body>("body", "what is taught").length(1, 1000);
#endif
