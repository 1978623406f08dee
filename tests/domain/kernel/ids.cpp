// Ids and subjects.
#include <catch2/catch.hpp>

#include "domain/kernel/id.hpp"
#include "domain/kernel/platform.hpp"
#include "domain/kernel/subject.hpp"
#include "domain/roster/entities.hpp"

namespace tenantry {
namespace {
constexpr const char* sample = "0190a1b2-c3d4-7e5f-8061-728394a5b6c7";
}

TEST_CASE("an id is read in either case and written in lower case") {
  CHECK(Uuid::parse(sample)->text() == sample);
  CHECK(Uuid::parse("0190A1B2-C3D4-7E5F-8061-728394A5B6C7")->text() == sample);
  CHECK(Uuid::parse(sample)->view().size() == 16);
}

TEST_CASE("what is no id is refused") {
  for (std::string text : {"", "0190a1b2", "0190a1b2-c3d4-7e5f-8061-728394a5b6c",
                           "0190a1b2-c3d4-7e5f-8061-728394a5b6c70", "0190a1b2c3d4-7e5f-8061-728394a5b6c7-",
                           "0190a1b2-c3d4-7e5f-8061-728394a5b6cg", "{190a1b2-c3d4-7e5f-8061-728394a5b6c}",
                           "0190a1b2_c3d4_7e5f_8061_728394a5b6c7", "00000000-0000-0000-0000-000000000000"}) {
    INFO(text);
    CHECK_FALSE(Uuid::parse(text));
    CHECK_FALSE(Id<roster::Class>::parse(text));
  }
}

TEST_CASE("a UUIDv7 says its version, variant and moment, and ids of later moments are greater") {
  std::array<std::uint8_t, 10> ones{};
  ones.fill(0xff);
  Uuid uuid = make_uuid_v7(0x0190a1b2c3d4, ones);
  CHECK(uuid.text() == "0190a1b2-c3d4-7fff-bfff-ffffffffffff");
  CHECK(make_uuid_v7(0x0190a1b2c3d4, {}).text() == "0190a1b2-c3d4-7000-8000-000000000000");
  CHECK(uuid < make_uuid_v7(0x0190a1b2c3d5, {}));
}

TEST_CASE("the platform has an id of its own") {
  CHECK(platform_id.text() == "00000000-0000-7000-8000-000000000001");
}

TEST_CASE("a subject is a collection and an id") {
  auto id = Id<roster::Student>::parse(sample).value();
  CHECK(subject_of(id).text() == std::string{"students/"} + sample);
  CHECK_FALSE(subject_of(id) == subject_of(Id<roster::Teacher>{id.value}));
}

TEST_CASE("a UUID with any other character anywhere is refused") {
  const std::string sound = "0190a1b2-c3d4-7e5f-8061-728394a5b6c7";
  for (std::size_t place = 0; place < sound.size(); ++place) {
    for (int each = 0; each < 256; ++each) {
      std::string text = sound;
      text[place] = static_cast<char>(each);
      bool is_digit = std::isxdigit(each) != 0;
      CHECK(Uuid::parse(text).has_value() == (sound[place] == '-' ? each == '-' : is_digit));
    }
  }
}

}  // namespace tenantry
