// Only what has an order key can be ordered.
// EXPECT: values of this type have no order
#include "events/catalog/field.hpp"

using namespace tenantry;

struct Task {
  static constexpr std::string_view collection = "tasks";
  Id<Task> id;
  std::optional<Instant> due_at;
  bool done = false;
};

constexpr auto due_at = events::field<&Task::due_at>("dueAt", "when it is due").ordered('d');
#ifdef FORBIDDEN
constexpr auto done = events::field<&Task::done>("done", "whether it is done").ordered('e');
#endif
