// What happened in a fault run, as plain values: what the topics hold, what clients were answered, what nodes made of
// it.
//
// A command of the run carries a mark, a text that no other command has: the student's number or the assessment's
// title. Its event carries it too, so that the one can be found by the other without trusting ids, keys or answers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace tenantry::chaos {

// Says who writes from here on; its offset is the epoch of the records that count after it.
struct OwnerRecord {
  std::string node;
};

struct Event {
  std::string tenant;  // the id, as text
  std::string id;
  std::string type;
  std::string subject;  // "students/{id}"
  std::uint64_t sequence = 0;
  std::uint64_t owner_epoch = 0;
  std::string mark;  // empty: none of the run's own commands
};

// What was answered to a key whose command changed nothing: no event.
struct Note {
  std::string tenant;
  std::string id;
  std::uint64_t owner_epoch = 0;
};

struct Foreign {
  std::string why;
};

struct Entry {
  std::uint64_t offset = 0;
  std::variant<OwnerRecord, Event, Note, Foreign> what;
};

enum class Outcome {
  applied,  // answered 2xx
  refused,  // answered 4xx for good
  open      // no answer for good ever came
};

// One request of a client. It has one mark, or several that are applied together or not at all.
struct Claim {
  std::string tenant;
  std::vector<std::string> marks;
  bool is_refusable = false;  // a refusal is right
  Outcome outcome = Outcome::open;
  std::vector<std::string> ids;  // of what was made, as answered, for each mark
  std::uint64_t position = 0;    // Tenantry-Position of the answer; 0: it had none
};

// A read, on any node, of what was answered before, with that answer's position.
struct Read {
  std::string tenant;
  std::string target;
  std::string node;
  std::uint64_t position = 0;
  int status = 0;
};

struct History {
  std::map<std::string, std::vector<Entry>> partitions;  // by name, each in the order of offsets
  std::vector<Claim> claims;
  std::vector<Read> reads;                    // those that were answered
  std::map<std::string, std::string> tables;  // whose -> the digests of all tenants
};

}  // namespace tenantry::chaos
