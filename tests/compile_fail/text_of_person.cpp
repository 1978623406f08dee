// Whatever is written of a person is personal.
// EXPECT: a text of a person is not personal
#include <array>

#include "domain/kernel/id.hpp"
#include "events/catalog/make_catalog.hpp"

using namespace tenantry;

struct Pupil {
  static constexpr std::string_view collection = "pupils";
  static constexpr bool is_person = true;
  Id<Pupil> id;
  std::string nickname;
};

template <>
struct tenantry::events::Describe<Pupil> {
  static constexpr Field nickname = field<&Pupil::nickname>("nickname", "what others say");
#ifdef FORBIDDEN
  static constexpr auto fields = std::array{field<&Pupil::id>("id", "the pupil"), nickname};
#else
  static constexpr auto fields = std::array{field<&Pupil::id>("id", "the pupil"), nickname.personal()};
#endif
};

static_assert(events::check_texts_of_person<Pupil>());
