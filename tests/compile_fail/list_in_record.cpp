// A record holds no lists: what has lists of its own is an entity.
// EXPECT: a record holds no lists
#include "events/catalog/field.hpp"

using namespace tenantry;

struct Answer {
  std::string text;
  bool operator==(const Answer&) const = default;
};
struct Question {
  std::vector<Answer> answers;
  bool operator==(const Question&) const = default;
};
struct Quiz {
  static constexpr std::string_view collection = "quizzes";
  std::vector<Question> questions;
};

namespace tenantry::events {

template <>
struct Describe<Answer> {
  static constexpr auto fields = std::array{field<&Answer::text>("text", "its words")};
};
template <>
struct Describe<Question> {
  static constexpr auto fields = std::array{field<&Question::answers>("answers", "all of them").at_most(5)};
};

}  // namespace tenantry::events

#ifdef FORBIDDEN
constexpr auto questions = events::field<&Quiz::questions>("questions", "all of them").at_most(3);
#endif
