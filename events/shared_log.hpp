// A log that several nodes share: what it adds to the port (events/log.hpp).
//
// Every node reads all partitions, and appends to those that it has taken. Taking a partition deposes whoever had it,
// as everybody who reads the partition learns; what is decided under one ownership is never written under a later one.
// The nodes agree in a group on who is to take what. What each call excludes, and its deadlines, the backend says.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "events/log.hpp"

namespace tenantry::events {

enum class Taking {
  serve,  // this node decides commands: records carry its epoch
  copy    // records of another log are copied as they are
};

// Who took a partition, as the partition itself says.
struct Owner {
  std::string node;
  std::string address;
  std::uint64_t epoch = 0;
  Taking taking = Taking::serve;

  bool operator==(const Owner&) const = default;
};

// Called from the log's own threads, or from a thread inside one of its members, with no lock held but perhaps the
// partition's own. They must not block and must not call take(), release(), resolve() or append().
struct SharedLogCallbacks {
  // There is more to read, or another owner.
  std::function<void(Partition)> on_records = [](Partition) {};
  // This node appends nothing more to the partition until it takes it again: another node has taken it, or it cannot be
  // read any further, or another program wrote into it. Once per taking; on_note has said why.
  std::function<void(Partition)> on_lost = [](Partition) {};
  // Something that an operator should know: a stale record ignored, a foreign one found, a partition that cannot be
  // read, a log that does not answer. May be said again and again.
  std::function<void(const std::string&)> on_note = [](const std::string&) {};
};

// What the group tells this node to take and to release. on_revoked returns before another node is told to take what
// it names, unless this node was not heard from for too long. On a thread of the group's, with no lock held.
struct GroupHooks {
  std::function<void(const std::set<Partition>&)> on_assigned;
  std::function<void(const std::set<Partition>&)> on_revoked;
  std::function<void(const std::string&)> on_note = [](const std::string&) {};
};

// This node's place in the group, which it leaves when this is closed or destroyed. Any thread.
class Group {
 public:
  virtual ~Group() = default;

  // Why the group may not count this node in, a sentence for an operator; empty if it does.
  virtual std::string trouble() const = 0;
  // Afterwards no hook is called. False if the group could not be left in time: it learns of it later.
  virtual bool close() = 0;
};

// One number for operators, or one for each partition.
struct Figure {
  enum class Kind { counter, gauge_of_partitions };
  Kind kind;
  const char* name;  // what follows the prefix, "_takes_total"
  const char* about;
  std::uint64_t count = 0;
  std::map<Partition, std::uint64_t> of_partitions = {};
};

struct Figures {
  std::string prefix;  // what the names of all begin with, those of whoever uses the log too
  std::vector<Figure> figures;
};

class SharedLog : public Log {
 public:
  // Returns this node's epoch. A failure leaves the partition not taken; the former owner may be deposed all the same.
  virtual std::expected<std::uint64_t, LogError> take(Partition partition, Taking taking = Taking::serve) = 0;
  // Appends nothing more, at once; returns when nothing is under way.
  virtual void release(Partition partition) = 0;
  // The latest owner that this node has read of, whichever it is.
  virtual std::optional<Owner> owner(Partition partition) const = 0;
  // Returns when everything that the partition held when it was called can be read here, every answered append
  // included.
  virtual std::expected<void, LogError> catch_up(Partition partition, int deadline_ms) = 0;
  // Why the partition is read no further, and can be neither taken nor caught up with; empty while it is read.
  virtual std::string fault(Partition partition) const = 0;
  // Positions known to be there that this node has not read.
  virtual std::uint64_t lag(Partition partition) const = 0;
  virtual std::expected<std::unique_ptr<Group>, LogError> join(GroupHooks hooks) = 0;
  virtual Figures figures() const = 0;
};

}  // namespace tenantry::events
