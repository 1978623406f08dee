// Nobody forgets that a text is about a person: it is like an entity's, which says so, or personal itself.
// EXPECT: a text is neither like an entity's field nor personal
#include <array>

#include "domain/kernel/id.hpp"
#include "events/catalog/make_catalog.hpp"

using namespace tenantry;

struct Pupil {
  static constexpr std::string_view collection = "pupils";
  static constexpr bool is_person = true;
  Id<Pupil> id;
  std::string name;
};

struct PupilRenamed {
  Id<Pupil> id;
  std::string name;
};

template <>
struct tenantry::events::Describe<Pupil> {
  static constexpr auto fields =
      std::array{field<&Pupil::id>("id", "the pupil"), field<&Pupil::name>("name", "its name").personal()};
};

template <>
struct tenantry::events::Describe<PupilRenamed> {
  using T = PupilRenamed;
#ifdef FORBIDDEN
  static constexpr auto fields = std::array{field<&T::id>(like<&Pupil::id>), field<&T::name>("name", "its name")};
#else
  static constexpr auto fields = std::array{field<&T::id>(like<&Pupil::id>), field<&T::name>(like<&Pupil::name>)};
#endif
};

static_assert(events::check_texts<PupilRenamed>());
