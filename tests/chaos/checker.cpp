#include "tests/chaos/checker.hpp"

#include <optional>
#include <set>

namespace tenantry::chaos {
namespace {

using Violations = std::vector<Violation>;
// tenant and mark -> the events that count
using Marked = std::map<std::pair<std::string, std::string>, std::vector<Event>>;

std::string place(const std::string& partition, std::uint64_t offset) {
  return partition + " at " + std::to_string(offset);
}

struct Stream {
  std::string partition;
  std::uint64_t sequence = 0;
};

class TopicCheck {
 public:
  explicit TopicCheck(Violations& found) : found_(found) {}

  void partition(const std::string& name, const std::vector<Entry>& entries) {
    epoch_.reset();
    for (const Entry& entry : entries) {
      place_ = place(name, entry.offset);
      if (std::holds_alternative<OwnerRecord>(entry.what)) epoch_ = entry.offset;
      if (const auto* foreign = std::get_if<Foreign>(&entry.what)) add(Kind::foreign_record, foreign->why);
      if (const auto* event = std::get_if<Event>(&entry.what)) accept(name, *event);
      if (const auto* note = std::get_if<Note>(&entry.what)) accept(*note);
    }
  }
  const Marked& marked() const { return marked_; }

 private:
  void add(Kind kind, const std::string& detail) { found_.push_back({kind, place_ + ": " + detail}); }

  bool is_owners(std::uint64_t epoch) {
    if (epoch == epoch_) return true;
    add(Kind::deposed_owner, "epoch " + std::to_string(epoch) + " where " +
                                 (epoch_ ? std::to_string(*epoch_) + " is the owner's" : "nobody owns"));
    return false;
  }

  // It has no place in the tenant's sequence.
  void accept(const Note& note) {
    if (!is_owners(note.owner_epoch)) return;
    if (!ids_.insert(note.id).second) add(Kind::doubled, "the id " + note.id + " of a note came before");
  }

  void accept(const std::string& partition, const Event& event) {
    if (!is_owners(event.owner_epoch)) return;
    auto [known, is_new] = streams_.try_emplace(event.tenant, Stream{partition, 0});
    Stream& stream = known->second;
    if (stream.partition != partition) add(Kind::moved, "tenant " + event.tenant + " began in " + stream.partition);
    if (event.sequence != stream.sequence + 1) {
      add(Kind::sequence_broken, "tenant " + event.tenant + " has " + std::to_string(event.sequence) + " after " +
                                     std::to_string(stream.sequence));
    }
    stream.sequence = event.sequence;
    if (!ids_.insert(event.id).second) add(Kind::doubled, "the event id " + event.id + " came before");
    if (!event.mark.empty()) marked_[{event.tenant, event.mark}].push_back(event);
  }

  Violations& found_;
  std::optional<std::uint64_t> epoch_;
  std::string place_;
  std::map<std::string, Stream> streams_;
  std::set<std::string> ids_;
  Marked marked_;
};

std::string subject_id(const Event& event) {
  return event.subject.substr(event.subject.find('/') + 1);
}

void check_answer(const Claim& claim, std::size_t index, const Event& event, Violations& found) {
  const std::string& mark = claim.marks[index];
  if (index < claim.ids.size() && claim.ids[index] != subject_id(event)) {
    found.push_back(
        {Kind::answer_differs, mark + " was answered " + claim.ids[index] + ", its event has " + subject_id(event)});
  }
  if (claim.position != 0 && claim.position < event.sequence) {
    found.push_back({Kind::answer_differs, mark + " was answered with position " + std::to_string(claim.position) +
                                               ", its event has " + std::to_string(event.sequence)});
  }
}

void check_claim(const Claim& claim, const Marked& marked, Violations& found) {
  std::size_t applied = 0;
  for (std::size_t index = 0; index < claim.marks.size(); ++index) {
    const std::string& mark = claim.marks[index];
    auto events = marked.find({claim.tenant, mark});
    std::size_t count = events == marked.end() ? 0 : events->second.size();
    applied += count > 0 ? 1 : 0;
    if (count > 1) found.push_back({Kind::doubled, mark + " has " + std::to_string(count) + " events"});
    if (count == 0 && claim.outcome == Outcome::applied) found.push_back({Kind::lost, mark});
    if (count > 0 && claim.outcome == Outcome::refused) found.push_back({Kind::refused_applied, mark});
    if (count > 0 && claim.outcome == Outcome::applied) check_answer(claim, index, events->second.front(), found);
  }
  if (applied > 0 && applied < claim.marks.size()) {
    found.push_back({Kind::half_applied, std::to_string(applied) + " of " + std::to_string(claim.marks.size()) +
                                             " with " + claim.marks.front()});
  }
  if (claim.outcome == Outcome::refused && !claim.is_refusable) {
    found.push_back({Kind::refused_wrongly, claim.marks.front()});
  }
  if (claim.outcome == Outcome::open) found.push_back({Kind::never_answered, claim.marks.front()});
}

void check_claims(const History& history, const Marked& marked, Violations& found) {
  std::set<std::pair<std::string, std::string>> asked;
  for (const Claim& claim : history.claims) {
    check_claim(claim, marked, found);
    for (const std::string& mark : claim.marks) asked.emplace(claim.tenant, mark);
  }
  for (const auto& [key, events] : marked) {
    if (!asked.contains(key)) found.push_back({Kind::unasked, key.second + " of tenant " + key.first});
  }
}

void check_reads(const std::vector<Read>& reads, Violations& found) {
  for (const Read& read : reads) {
    if (read.status == 200) continue;
    found.push_back({Kind::read_behind, read.node + " answered " + std::to_string(read.status) + " to " + read.target +
                                            " at position " + std::to_string(read.position) + " of " + read.tenant});
  }
}

void check_tables(const std::map<std::string, std::string>& tables, Violations& found) {
  for (const auto& [whose, digests] : tables) {
    if (digests == tables.begin()->second) continue;
    found.push_back({Kind::tables_differ, "those of " + whose + " from those of " + tables.begin()->first + ":\n" +
                                              digests + "\n" + tables.begin()->second});
  }
}

}  // namespace

std::string name_of(Kind kind) {
  switch (kind) {
    case Kind::lost:
      return "lost";
    case Kind::doubled:
      return "doubled";
    case Kind::half_applied:
      return "half applied";
    case Kind::refused_applied:
      return "refused and applied";
    case Kind::refused_wrongly:
      return "refused wrongly";
    case Kind::answer_differs:
      return "answered otherwise";
    case Kind::never_answered:
      return "never answered";
    case Kind::unasked:
      return "unasked";
    case Kind::sequence_broken:
      return "sequence broken";
    case Kind::moved:
      return "in two partitions";
    case Kind::deposed_owner:
      return "of a deposed owner";
    case Kind::foreign_record:
      return "foreign record";
    case Kind::read_behind:
      return "read behind";
    case Kind::tables_differ:
      return "tables differ";
  }
  return "";
}

std::vector<Violation> check(const History& history) {
  Violations found;
  TopicCheck topics(found);
  for (const auto& [name, entries] : history.partitions) topics.partition(name, entries);
  check_claims(history, topics.marked(), found);
  check_reads(history.reads, found);
  check_tables(history.tables, found);
  return found;
}

}  // namespace tenantry::chaos
