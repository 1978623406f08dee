// Mutated JSON: whatever comes in, decoding answers a value or an error, and a value survives the way out and in again.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "domain/roster/entities.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"

using namespace tenantry;
using namespace tenantry::events;
using test::Random;
using test::up_to;

namespace {

struct Seed {
  std::string type;
  std::string data;
};

std::vector<Seed> seeds() {
  std::vector<Seed> seeds;
  for (const auto& entry : std::filesystem::directory_iterator{TENANTRY_SOURCE_DIR "/tests/golden"}) {
    if (entry.path().extension() != ".json") continue;  // no event
    std::ifstream file{entry.path()};
    Seed seed{entry.path().stem().string(), ""};
    std::getline(file, seed.data);
    seeds.push_back(std::move(seed));
  }
  std::sort(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) { return a.type < b.type; });
  return seeds;
}

std::string mutated(std::string text, Random& random) {
  static const std::string_view splices[] = {
      "\\u0000", "\\ud800", "1e400", "-0",   "{",    "}",        "[",  "]",
      "\"",      ",",       ":",     "null", "\xff", "\xc0\x80", "\\", "99999999999999999999"};
  for (auto edits = 1 + up_to(random, 3); edits > 0 && !text.empty(); --edits) {
    std::size_t at = up_to(random, text.size() - 1);
    switch (up_to(random, 3)) {
      case 0:
        text[at] = static_cast<char>(up_to(random, 255));
        break;
      case 1:
        text.erase(at, 1 + up_to(random, 8));
        break;
      case 2:
        text.insert(at, splices[up_to(random, std::size(splices) - 1)]);
        break;
      default:
        text.insert(at, text.substr(up_to(random, text.size() - 1), up_to(random, 20)));
    }
  }
  return text;
}

// An error is shown to callers inside JSON, so it must be valid UTF-8 itself.
void check_showable(const DecodeError& error) {
  std::string quoted;
  json::append_text(quoted, error.field + ' ' + error.detail);
  json::Document document;
  CHECK(document.parse(quoted));
  CHECK_FALSE(error.detail.empty());
}

}  // namespace

TEST_CASE("mutated events are decoded or refused, never worse", "[catalog][fuzz]") {
  Random random{99};
  auto all = seeds();
  for (int count = 0; count < 40'000; ++count) {
    const Seed& seed = all[up_to(random, all.size() - 1)];
    auto event = decode_event(seed.type, mutated(seed.data, random));
    if (!event) {
      check_showable(event.error());
      continue;
    }
    EncodedEvent encoded = encode_event(*event);
    CHECK(decode_event(encoded.type, encoded.data) == *event);
  }
}

TEST_CASE("mutated commands are decoded or refused, never worse", "[catalog][fuzz]") {
  Random random{100};
  Uuid fresh = test::fixed_id<roster::Student>(1).value;
  std::string body = R"({"number":"S-1","givenName":"Zo\u00eb","familyName":"O'Neill","email":"zoe@example.org"})";
  std::string tenant =
      R"({"slug":"north","name":"N","timezone":"Europe/London","metadata":{"a":{"b":[1,{"c":"d"}]},"e":1.5}})";
  for (int count = 0; count < 20'000; ++count) {
    auto student = decode_command("RegisterStudent", mutated(body, random), {}, fresh);
    if (!student) check_showable(student.error());
    auto registered = decode_command("RegisterTenant", mutated(tenant, random), {}, fresh);
    if (!registered) check_showable(registered.error());
  }
}
