#include "events/kafka/message.hpp"

#include <catch2/catch.hpp>

#include <random>

#include "events/answer_note.hpp"
#include "events/engine/command_id.hpp"
#include "events/identifiers.hpp"
#include "events/kafka/owner_record.hpp"
#include "events/record.hpp"
#include "tests/support/records.hpp"

using namespace tenantry;
using namespace tenantry::events;
using kafka::Message;

namespace {

class Maker {
 public:
  std::string text(bool required) {
    std::string text(random_() % 40 + (required ? 1 : 0), '\0');
    for (char& each : text) each = static_cast<char>(' ' + random_() % 90);
    return !required && random_() % 3 == 0 ? "" : text;
  }
  std::string note() {
    engine::IdempotencyKey key;
    for (auto& byte : key.key) byte = static_cast<std::uint8_t>(random_());
    for (auto& byte : key.payload) byte = static_cast<std::uint8_t>(random_());
    bool is_of_process = random_() % 2 == 0;
    std::string command = engine::command_id(key, {});
    if (is_of_process) command = engine::command_id(engine::PendingWork{{7}, fresh_id(), "a.process"});
    std::string refusal = is_of_process && random_() % 2 == 0 ? "a-refusal" : "";
    std::string subject = refusal.empty() ? text(true) : "";
    AnswerNote note{.id = fresh_id(),
                    .tenant = {fresh_id()},
                    .owner_epoch = random_() % 3 == 0 ? 0 : random_() >> random_() % 64,
                    .time = {static_cast<std::int64_t>(random_() % 32'000'000'000'000) - 2'000'000'000'000},
                    .command_id = command,
                    .subject = subject,
                    .position = random_() >> random_() % 64,
                    .refusal = refusal};
    std::string bytes;
    encode_answer_note(note, bytes);
    return bytes;
  }
  std::string record() {
    Record record;
    record.attributes.id = fresh_id();
    record.attributes.tenant.value = fresh_id();
    record.attributes.source = text(true);
    record.attributes.type = text(true);
    record.attributes.subject = text(true);
    record.attributes.time.unix_ms = static_cast<std::int64_t>(random_() % 34'000'000'000'000) - 2'000'000'000'000;
    if (record.attributes.time.unix_ms >= 32'503'680'000'000) record.attributes.time.unix_ms = 0;
    record.attributes.sequence = random_() >> random_() % 64;
    if (record.attributes.sequence == 0) record.attributes.sequence = 1;
    record.attributes.owner_epoch = random_() % 3 == 0 ? 0 : random_() >> random_() % 64;
    record.attributes.command_id = text(false);
    record.attributes.correlation_id = text(false);
    record.attributes.causation_id = text(false);
    record.attributes.traceparent = text(false);
    record.attributes.auth_type = text(false);
    record.attributes.auth_id = text(false);
    record.attributes.on_behalf_of = text(false);
    record.attributes.auth_claims = text(false);
    record.attributes.command_part.count = 1 + static_cast<std::uint32_t>(random_() % 3);
    record.attributes.command_part.place =
        1 + static_cast<std::uint32_t>(random_() % record.attributes.command_part.count);
    record.data = "{" + text(false) + "}";
    return test::encoded(record);
  }

 private:
  std::mt19937_64 random_{7};
};

std::string refused(const Message& message) {
  auto record = kafka::record_of(kafka::view_of(message));
  return record ? "accepted" : record.error().field;
}

}  // namespace

TEST_CASE("a record's bytes, and a note's, come back from a message exactly", "[kafka]") {
  Maker maker;
  for (int count = 0; count < 5'000; ++count) {
    std::string bytes = count % 2 == 0 ? maker.record() : maker.note();
    auto encoded = kafka::message_of(bytes);
    REQUIRE(encoded);
    auto decoded = kafka::record_of(kafka::view_of(encoded->message));
    REQUIRE(decoded);
    REQUIRE(decoded->bytes == bytes);
    REQUIRE(decoded->owner_epoch == encoded->owner_epoch);
  }
}

TEST_CASE("a message that was changed anywhere is refused by name", "[kafka]") {
  Maker maker;
  for (int count = 0; count < 200; ++count) {
    Message message = kafka::message_of(count % 2 == 0 ? maker.record() : maker.note()).value().message;
    for (std::size_t index = 0; index < message.headers.size(); ++index) {
      std::string name = message.headers[index].first;
      Message doubled = message;
      doubled.headers.insert(doubled.headers.begin() + static_cast<std::ptrdiff_t>(index), message.headers[index]);
      CHECK(refused(doubled) != "accepted");
      Message empty = message;
      empty.headers[index].second.clear();
      CHECK(refused(empty) == name);
      Message renamed = message;
      renamed.headers[index].first = "ce_other";
      CHECK(refused(renamed) != "accepted");
    }
  }
}

TEST_CASE("key, value, time and numbers have one form", "[kafka]") {
  const Message sound = kafka::message_of(Maker().record()).value().message;
  auto with = [&](const std::string& name, const std::string& value) {
    Message changed = sound;
    for (auto& header : changed.headers) {
      if (header.first == name) header.second = value;
    }
    return refused(changed);
  };
  CHECK(refused(sound) == "accepted");
  CHECK(with("ce_sequence", "1") == "ce_sequence");
  CHECK(with("ce_sequence", std::string(20, '0')) == "ce_sequence");
  CHECK(with("ce_specversion", "1.1") == "ce_specversion");
  CHECK(with("content-type", "text/plain") == "content-type");
  CHECK(with("ce_id", "no") == "ce_id");
  CHECK(with("ce_time", "2020-01-01T00:00:00Z") == "ce_time");
  Message changed = sound;
  changed.key = "k";
  CHECK(refused(changed) == "key");
  changed = sound;
  ++changed.timestamp_ms;
  CHECK(refused(changed) == "timestamp");
  changed = sound;
  changed.value.clear();
  CHECK(refused(changed) == "value");
}

TEST_CASE("which of several events it is has one form in a message", "[kafka]") {
  Record record = test::record_of(Maker().record());
  record.attributes.command_part = {.place = 2, .count = 3};
  const Message sound = kafka::message_of(test::encoded(record)).value().message;
  CHECK(sound.headers.back() == kafka::Header{"ce_commandpart", "2/3"});
  for (const char* text : {"0/3", "4/3", "1/1", "2", "2/", "/3", "02/3", "2/3/4", "2/03", "-2/3", "2 /3",
                           "4294967298/3", "2/4294967299"}) {
    Message changed = sound;
    changed.headers.back().second = text;
    CAPTURE(text);
    CHECK(refused(changed) == "ce_commandpart");
  }
}

TEST_CASE("a note is no CloudEvent, and its message has one form", "[kafka]") {
  const Message sound = kafka::message_of(Maker().note()).value().message;
  CHECK(refused(sound) == "accepted");
  CHECK(sound.headers.front() == kafka::Header{"tenantry-answer", "1"});
  for (const auto& [name, value] : sound.headers) CHECK_FALSE(name.starts_with("ce_"));
  auto with = [&](const std::string& name, const std::string& value) {
    Message changed = sound;
    for (auto& header : changed.headers) {
      if (header.first == name) header.second = value;
    }
    return refused(changed);
  };
  CHECK(with("tenantry-answer", "2") == "tenantry-answer");
  CHECK(with("tenantry-id", Uuid{}.text()) == "tenantry-id");
  CHECK(with("tenantry-tenantid", fresh_id().text()) == "key");
  CHECK(with("tenantry-commandid", fresh_id().text()) == "tenantry-commandid");
  CHECK(with("tenantry-position", "1") == "tenantry-position");
  CHECK(with("tenantry-time", "2020-01-01T00:00:00Z") == "tenantry-time");
  Message changed = sound;
  changed.key = "k";
  CHECK(refused(changed) == "key");
  changed = sound;
  ++changed.timestamp_ms;
  CHECK(refused(changed) == "timestamp");
  changed = sound;
  changed.value = "{ }";
  CHECK(refused(changed) == "value");
  changed = sound;
  changed.headers.emplace_back("ce_type", "t");
  CHECK(refused(changed) == "ce_type");
}

TEST_CASE("a foreign message is kept in a form that is no record", "[kafka]") {
  Message message{.key = "k", .value = "v", .timestamp_ms = 5, .headers = {{"h", "x"}}};
  auto why = kafka::record_of(kafka::view_of(message)).error();
  auto kept = kafka::foreign_bytes(kafka::view_of(message), why);
  CHECK(decode_record(kept).error().field == "version");
  CHECK_THAT(kept, Catch::Contains("ce_specversion"));
}

TEST_CASE("an owner record's text comes back and has one form", "[kafka]") {
  for (auto taking : {Taking::serve, Taking::copy}) {
    Owner owner{"node \"1\"", "http://a:1", 12, taking};
    CHECK(kafka::parse_owner(kafka::owner_text(owner), 12) == owner);
    CHECK(kafka::is_owner_message(kafka::view_of(kafka::owner_message(owner))));
  }
  for (const char* text :
       {"", "{}", "[]", R"({"address":"a","node":"b"})", R"({"node":"a","address":"b","copy":false})"})
    CHECK_FALSE(kafka::parse_owner(text, 1));
  CHECK_FALSE(kafka::counts({}, 0));
  CHECK_FALSE(kafka::counts({.epoch = 5}, 4));
  CHECK(kafka::counts({.epoch = 5}, 5));
  CHECK(kafka::counts({.epoch = 5, .taking = Taking::copy}, 4));
}
