#include "events/answer_note.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <stdexcept>

#include "events/engine/command_id.hpp"
#include "events/identifiers.hpp"
#include "events/record.hpp"

using namespace tenantry;
using namespace tenantry::events;

namespace {

const std::string golden_command =
    "k-2c70e12b7a0646f92279f427c7b38e73-239f59ed55e737c7";  // SHA-256 of "key" and of "payload", cut

AnswerNote golden_note() {
  return {.id = Uuid::parse("01902d5c-8f4f-7a66-8123-456789abcdef").value(),
          .tenant = TenantId::parse("0190163d-8694-739b-aea5-966c26f8ad91").value(),
          .owner_epoch = 77,
          .time = {1'718'739'664'207},
          .command_id = golden_command,
          .subject = "enrolments/01902d5c-8f4f-7a66-8123-456789abc001",
          .position = 258};
}

const std::string process_command = "p-000001902d5c8f40-0000000000000000000000000000002a-facilities.open-room";
constexpr const char* golden_room = "rooms/01902d5c-8f4f-7a66-8123-456789abc001";

AnswerNote process_note(const char* refusal, const char* subject) {
  AnswerNote note = golden_note();
  note.command_id = process_command;
  note.subject = subject;
  note.refusal = refusal;
  return note;
}

std::string encoded(const AnswerNote& note) {
  std::string bytes;
  encode_answer_note(note, bytes);
  return bytes;
}

std::string refused(const std::string& bytes) {
  auto note = decode_answer_note(bytes);
  return note ? "accepted" : note.error().field;
}

}  // namespace

// Made from the grammar in the header by another program, and never edited.
TEST_CASE("a note's bytes are those of the golden file", "[record]") {
  std::ifstream file{TENANTRY_SOURCE_DIR "/tests/golden/answer-note.80.hex"};
  std::string line;
  REQUIRE(std::getline(file, line));
  CHECK(hex(encoded(golden_note())) == line);
  CHECK(golden_command == engine::command_id(engine::make_idempotency_key("key", "payload"), {}));
}

// As above.
TEST_CASE("a process manager's note has the bytes of the golden file", "[record]") {
  std::ifstream file{TENANTRY_SOURCE_DIR "/tests/golden/answer-note.81.hex"};
  for (const AnswerNote& note : {process_note("room-unknown", ""), process_note("", golden_room)}) {
    std::string line;
    REQUIRE(std::getline(file, line));
    std::string bytes = encoded(note);
    CHECK(hex(bytes) == line);
    CHECK(is_answer_note(bytes));
    CHECK(decode_answer_note(bytes) == note);
    CHECK(log_entry(bytes)->id == note.id);
  }
}

TEST_CASE("a note has the form of its command, and a refusal or a subject", "[record]") {
  std::string bytes = encoded(process_note("room-unknown", ""));
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK(refused(bytes.substr(0, size)) != "accepted");
  CHECK(refused("\x80" + bytes.substr(1)) == "commandid");
  CHECK(refused("\x81" + encoded(golden_note()).substr(1)) == "commandid");
  AnswerNote note = golden_note();
  note.refusal = "room-unknown";
  CHECK_THROWS_AS(encoded(note), std::invalid_argument);
  CHECK_THROWS_AS(encoded(process_note("room-unknown", golden_room)), std::invalid_argument);
  CHECK_THROWS_AS(encoded(process_note("", "")), std::invalid_argument);
}

TEST_CASE("notes come back as they were", "[record]") {
  AnswerNote first = golden_note();
  AnswerNote second = golden_note();
  second.owner_epoch = 0;
  second.time.unix_ms = -1;
  second.position = 0;
  for (const AnswerNote& note : {first, second}) {
    std::string bytes = encoded(note);
    CHECK(is_answer_note(bytes));
    CHECK(decode_answer_note(bytes) == note);
    CHECK(encoded(*decode_answer_note(bytes)) == bytes);
    CHECK(decode_record(bytes).error().field == "version");
  }
  CHECK_FALSE(is_answer_note(""));
  CHECK_FALSE(is_answer_note(std::string(1, '\0')));
  CHECK_FALSE(is_answer_note("\x01"));
}

TEST_CASE("whatever no note can be is refused by name", "[record]") {
  const std::string bytes = encoded(golden_note());
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK(refused(bytes.substr(0, size)) != "accepted");
  CHECK(refused(bytes + "x") == "position");
  CHECK(refused("\x01" + bytes.substr(1)) == "form");
  auto with = [&](std::size_t at, std::size_t count, const std::string& replacement) {
    std::string changed = bytes;
    return refused(changed.replace(at, count, replacement));
  };
  CHECK(with(2, 16, std::string(16, '\0')) == "id");
  CHECK(with(18, 17, std::string(1, '\0')) == "tenantid");
  CHECK(with(35, 9, "\x08" + std::string(8, '\0')) == "ownerepoch");
  CHECK(with(44, 1, "\x07") == "time");
  CHECK(with(54, 1, "K") == "commandid");
  CHECK(with(105, 48, std::string(1, '\0')) == "subject");
}

TEST_CASE("a note that could not be read back is not written", "[record]") {
  AnswerNote note = golden_note();
  note.command_id = "01902d5c-8f4f-7a66-8123-456789abcdef";  // of a command without a key
  CHECK_THROWS_AS(encoded(note), std::invalid_argument);
  note = golden_note();
  note.subject = {};
  CHECK_THROWS_AS(encoded(note), std::invalid_argument);
  note = golden_note();
  note.id = {};
  CHECK_THROWS_AS(encoded(note), std::invalid_argument);
}

TEST_CASE("different notes have different bytes and damage never passes for another form", "[record]") {
  std::mt19937 random{6};
  const std::string bytes = encoded(golden_note());
  for (int count = 0; count < 50'000; ++count) {
    std::string changed = bytes;
    for (auto edits = 1 + random() % 3; edits > 0; --edits)
      changed[random() % changed.size()] = static_cast<char>(random());
    auto note = decode_answer_note(changed);
    if (!note) continue;
    REQUIRE(encoded(*note) == changed);
    CHECK((changed == bytes) == (*note == golden_note()));
  }
}

TEST_CASE("what the log holds is told by its id and time, event or note", "[record]") {
  Record record;
  record.attributes = {.id = fresh_id(),
                       .tenant = {fresh_id()},
                       .source = "/platform",
                       .type = "t.v1",
                       .subject = "s/1",
                       .time = {5},
                       .sequence = 1};
  record.data = "{}";
  std::string bytes;
  encode_record(record, bytes);
  CHECK(log_entry(bytes)->id == record.attributes.id);
  CHECK(log_entry(bytes)->time == record.attributes.time);
  CHECK(log_entry(encoded(golden_note()))->id == golden_note().id);
  CHECK(log_entry(encoded(golden_note()))->time == golden_note().time);
  CHECK_FALSE(log_entry(encoded(golden_note()) + "x"));
  CHECK_FALSE(log_entry("neither"));
}
