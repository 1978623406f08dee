// What is personal is stored with the id of its person, so that it can be sealed for that person alone.
// EXPECT: a personal field is stored without the id of a person in the field that it names
#include <array>

#include "domain/kernel/id.hpp"
#include "events/catalog/make_catalog.hpp"

using namespace tenantry;

struct Pupil {
  static constexpr std::string_view collection = "pupils";
  static constexpr bool is_person = true;
  Id<Pupil> id;
};

struct Note {
  static constexpr std::string_view collection = "notes";
  Id<Note> id;
  Id<Pupil> pupil;
  std::string text;
};

template <>
struct tenantry::events::Describe<Note> {
#ifdef FORBIDDEN
  static constexpr std::string_view person = "id";
#else
  static constexpr std::string_view person = "pupilId";
#endif
  static constexpr auto fields =
      std::array{field<&Note::id>("id", "the note"), field<&Note::pupil>("pupilId", "the pupil"),
                 field<&Note::text>("text", "what it says").personal_of(person)};
};

static_assert(events::check_persons<Note>());
