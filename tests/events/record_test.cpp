#include "events/record.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>
#include <vector>

#include "domain/kernel/platform.hpp"
#include "tests/support/records.hpp"

using namespace tenantry;
using namespace tenantry::events;
using tenantry::test::encoded;

namespace {

Uuid uuid(std::string_view text) {
  return Uuid::parse(text).value();
}

Record small_record() {
  Record record;
  record.attributes.id = uuid("01902d5c-8f4f-7a66-8123-456789abcdef");
  record.attributes.tenant = platform_id;
  record.attributes.source = "/platform";
  record.attributes.type = "t.v1";
  record.attributes.subject = "s/1";
  record.attributes.time.unix_ms = 1'718'739'664'207;
  record.attributes.sequence = 258;
  record.data = "{}";
  return record;
}

Record full_record() {
  Record record = small_record();
  record.attributes.command_id = "k-1";
  record.attributes.owner_epoch = 77;
  record.attributes.correlation_id = "corr";
  record.attributes.causation_id = "cause";
  record.attributes.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  record.attributes.auth_type = "user";
  record.attributes.auth_id = "registrar \"7\"";
  record.attributes.on_behalf_of = "parent";
  record.data = R"({"id":"x","long":")" + std::string(300, 'y') + "\"}";
  return record;
}

Record record_with_claims() {
  Record record = full_record();
  record.attributes.auth_claims = "session=1 scope=roster";
  return record;
}

Record record_of_several() {
  Record record = full_record();
  record.attributes.command_part = {.place = 2, .count = 300};
  return record;
}

DecodeError refused(const std::string& bytes) {
  auto record = decode_record(bytes);
  REQUIRE_FALSE(record);
  return record.error();
}

std::string cloud_event(const Record& record) {
  std::string json;
  append_cloud_event_json(view_of(record), json);
  return json;
}

}  // namespace

// Written out by hand from the format in the header: these bytes are in logs and under hashes for ever.
TEST_CASE("the canonical bytes are those of the written format", "[record]") {
  const std::string id{"\x01\x90\x2d\x5c\x8f\x4f\x7a\x66\x81\x23\x45\x67\x89\xab\xcd\xef", 16};
  const std::string platform{"\0\0\0\0\0\0\x70\0\x80\0\0\0\0\0\0\x01", 16};
  const std::string time{"\0\0\x01\x90\x2c\xdd\xfd\x4f", 8};
  const std::string sequence{"\0\0\0\0\0\0\x01\x02", 8};
  std::string expected = "\x01\x10" + id + "\x10" + platform + "\x09/platform\x04t.v1\x03s/1\x08" + time + "\x08" +
                         sequence + std::string(8, '\0') + "\x02{}";
  CHECK(encoded(small_record()) == expected);
  CHECK(decode_record(expected) == view_of(small_record()));
}

// The same, of a command that made several events.
TEST_CASE("the canonical bytes of one of several events say which of how many it is", "[record]") {
  Record record = small_record();
  std::string lone = encoded(record);
  record.attributes.command_part = {.place = 2, .count = 3};
  std::string part{"\x08\0\0\0\x02\0\0\0\x03", 9};
  std::string expected = '\x02' + lone.substr(1, lone.size() - 4) + '\0' + part + "\x02{}";
  CHECK(encoded(record) == expected);
  CHECK(decode_record(expected) == view_of(record));
  CHECK(is_one_of_several(expected));
  CHECK_FALSE(is_one_of_several(lone));
}

// The same, of an event whose principal showed something.
TEST_CASE("the canonical bytes of an event with claims", "[record]") {
  Record record = small_record();
  std::string lone = encoded(record);
  record.attributes.auth_claims = "session=1";
  std::string expected = '\x02' + lone.substr(1, lone.size() - 4) + "\x09session=1" + '\0' + "\x02{}";
  CHECK(encoded(record) == expected);
  CHECK(decode_record(expected) == view_of(record));
  CHECK_FALSE(is_one_of_several(expected));
  CHECK(refused('\x02' + lone.substr(1, lone.size() - 4) + std::string(2, '\0') + "\x02{}").field == "version");
}

TEST_CASE("an event that is none of its command's is neither written nor read", "[record]") {
  std::string bytes = encoded(record_of_several());
  std::size_t at = bytes.find(std::string{"\x08\0\0\0\x02\0\0\x01\x2c", 9});
  REQUIRE(at != std::string::npos);
  for (auto [place, count] : {std::pair{0u, 3u}, {4u, 3u}, {1u, 1u}, {0u, 0u}, {1u, 0u}}) {
    std::string changed = bytes;
    changed[at + 4] = static_cast<char>(place);
    changed[at + 7] = '\0';
    changed[at + 8] = static_cast<char>(count);
    CHECK(refused(changed).field == "commandpart");
    Record record = small_record();
    record.attributes.command_part = {place, count};
    std::string out;
    if (place != 1 || count != 1) CHECK_THROWS_AS(encode_record(record, out), std::invalid_argument);
  }
  CHECK(refused(bytes.replace(at, 9, std::string(1, '\0'))).field == "version");
}

TEST_CASE("records come back as they were", "[record]") {
  for (const Record& record : {small_record(), full_record(), record_with_claims(), record_of_several()}) {
    std::string bytes = encoded(record);
    auto view = decode_record(bytes);
    REQUIRE(view);
    CHECK(*view == view_of(record));
    std::string again;
    encode_record(*view, again);
    CHECK(again == bytes);
  }
}

TEST_CASE("whatever is cut, followed by more or of another version is refused", "[record]") {
  std::string bytes = encoded(full_record());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(decode_record(std::string_view{bytes}.substr(0, size)));
  CHECK(refused(bytes + "x") == DecodeError{"data", "is followed by more bytes"});
  CHECK(refused("") == DecodeError{"version", "is missing"});
  CHECK(refused("\x02" + bytes.substr(1)).field == "commandpart");
  CHECK(refused("\x03" + bytes.substr(1)) == DecodeError{"version", "is not one that this program reads"});
}

TEST_CASE("malformed attributes are refused by name", "[record]") {
  std::string bytes = encoded(small_record());
  auto with = [&](std::size_t at, std::size_t count, const std::string& replacement) {
    std::string changed = bytes;
    return changed.replace(at, count, replacement);
  };
  CHECK(refused(with(1, 17, std::string("\x0f", 1) + std::string(15, 'x'))) == DecodeError{"id", "is not 16 bytes"});
  CHECK(refused(with(2, 16, std::string(16, '\0'))) == DecodeError{"id", "is the nil UUID"});
  CHECK(refused(with(1, 17, std::string(1, '\0'))) == DecodeError{"id", "is missing"});
  CHECK(refused(with(18, 17, std::string(1, '\0'))) == DecodeError{"tenantid", "is missing"});
  CHECK(refused(with(35, 10, std::string(1, '\0'))) == DecodeError{"source", "is missing"});
  CHECK(refused(with(35, 1, std::string("\x89\x00", 2))) == DecodeError{"source", "has a malformed length"});
  CHECK(refused(with(35, 1, "\xff\xff\xff\xff\xff\xff")) == DecodeError{"source", "has a malformed length"});
  CHECK(refused(with(35, 1, "\xff\xff\xff\xff\x0f")) == DecodeError{"source", "is cut short"});
  std::size_t sequence_at = bytes.find(std::string("\x08\0\0\0\0\0\0\x01\x02", 9));
  CHECK(refused(with(sequence_at + 1, 8, std::string(8, '\0'))) == DecodeError{"sequence", "is zero"});
  std::size_t epoch_at = sequence_at + 10;
  CHECK(refused(with(epoch_at, 1, "\x08" + std::string(8, '\0'))).field == "ownerepoch");
  CHECK(refused(with(epoch_at, 1, "\x01\x01")).field == "ownerepoch");
}

TEST_CASE("different records have different bytes and damage never passes for another form", "[record]") {
  std::mt19937 random{4};
  Record record = full_record();
  std::string bytes = encoded(record);
  for (int count = 0; count < 50'000; ++count) {
    std::string changed = bytes;
    for (auto edits = 1 + random() % 3; edits > 0; --edits)
      changed[random() % changed.size()] = static_cast<char>(random());
    auto view = decode_record(changed);
    if (!view) continue;
    std::string again;
    encode_record(*view, again);
    REQUIRE(again == changed);
    CHECK((changed == bytes) == (*view == view_of(record)));
  }
}

TEST_CASE("a record that could not be read back is not written", "[record]") {
  std::string out;
  Record record = small_record();
  record.attributes.sequence = 0;
  CHECK_THROWS_AS(encode_record(record, out), std::invalid_argument);
  record = small_record();
  record.attributes.type.clear();
  CHECK_THROWS_AS(encode_record(record, out), std::invalid_argument);
  record = small_record();
  record.data.clear();
  CHECK_THROWS_AS(encode_record(record, out), std::invalid_argument);
}

TEST_CASE("the CloudEvent holds the attributes that are present and the data as JSON", "[record]") {
  CHECK(cloud_event(small_record()) ==
        R"({"specversion":"1.0","id":"01902d5c-8f4f-7a66-8123-456789abcdef","source":"/platform","type":"t.v1",)"
        R"("subject":"s/1","time":"2024-06-18T19:41:04.207Z","datacontenttype":"application/json",)"
        R"("tenantid":"00000000-0000-7000-8000-000000000001","sequence":"00000000000000000258","data":{}})");
  auto full = nlohmann::json::parse(cloud_event(full_record()));
  CHECK(full.at("commandid") == "k-1");
  CHECK(full.at("ownerepoch") == "77");
  CHECK(full.at("correlationid") == "corr");
  CHECK(full.at("causationid") == "cause");
  CHECK(full.at("traceparent") == full_record().attributes.traceparent);
  CHECK(full.at("authtype") == "user");
  CHECK(full.at("authid") == "registrar \"7\"");
  CHECK(full.at("onbehalfof") == "parent");
  CHECK(full.at("data").at("id") == "x");
  CHECK(full.size() == 18);
  CHECK(nlohmann::json::parse(cloud_event(record_of_several())).at("commandpart") == "2/300");
  CHECK(nlohmann::json::parse(cloud_event(record_with_claims())).at("authclaims") == "session=1 scope=roster");
}

TEST_CASE("the sequence as text has twenty digits", "[record]") {
  CHECK(sequence_text(1) == "00000000000000000001");
  CHECK(sequence_text(~std::uint64_t{0}) == "18446744073709551615");
}
