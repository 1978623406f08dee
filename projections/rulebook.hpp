// A context's rulebook: which rule decides each of its commands, what each of its events does, what its entities add to
// statistics, and what its process managers do; the same shape for all contexts.
//
// Made from the context's lists of commands, events and entities by make_rulebook(), in
// projections/{context}/rulebook.cpp: a command without a rule, an event that nothing applies, or an entity of which
// nobody says what it counts for does not compile. Plain values of functions; any thread may read them. The functions
// are called by one thread at a time for a tenant and throw what Tables throw; `apply` throws std::runtime_error on an
// event that cannot follow what the tables hold.
#pragma once

#include <optional>
#include <span>
#include <tuple>
#include <variant>
#include <vector>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/principal.hpp"
#include "domain/kernel/table.hpp"
#include "events/catalog/type.hpp"
#include "projections/counting.hpp"

namespace tenantry::projections {

// Why the stream takes no such command at all, if so: asked before the rule.
using Admit = std::optional<Refusal> (*)(Tables& tables, TenantId stream, const Value& command);

// Whether the command is about what is the person's own: asked of who has its permission for that alone. Without one,
// nothing is anybody's own.
using IsOwn = bool (*)(Tables& tables, const Person& person, const Value& command);

// Whether an entity is the person's own to read, likewise; `entity` is of the kind.
using IsOwnEntity = bool (*)(Tables& tables, const Person& person, const ValueKind& kind, const void* entity);

// The permissions that the command hands on, and in which field it names them: who asks for it has them. Without one,
// none does.
struct Granting {
  PermissionSet permissions = {};
  std::string_view field = {};
};
using Grants = Granting (*)(const Value& command);

// What the contributions add up in: statistics of each entity of a collection, under the entity's id, or of the tenant,
// under the tenant's.
struct StatisticsType : events::EntityType {
  std::string_view of;                      // the collection; empty: of the tenant
  Value (*zero)(const Uuid& id) = nullptr;  // nothing counted
};

// A process manager submits commands by itself, as principal `system`: in answer to the tenant's own events (Reaction),
// or when an instant comes that an entity holds (Deadline). What it has to do is pending from the event on that asks
// for it (pending_rows.hpp) and is done once. Its command is an ordinary one, decided by its rule, which must bear
// being asked for what no longer holds. The functions say what the command is from the event or the entity alone, and
// must say the same for ever. Names ("tenancy.end-suspension") are stored: never reuse one. Process managers that are
// added later find everything pending that the log holds, which is why a reaction is told the event's time.
struct Reaction {
  std::string_view name;
  const ValueKind* event;
  Value (*command)(const void* event, Instant time);  // an empty value: nothing to do
};
struct Deadline {
  std::string_view name;
  const ValueKind* entity;
  std::optional<Instant> (*due)(const void* entity);
  Value (*command)(const void* entity);
};

// `Command` is a function (const Event&, Instant) -> std::optional of a command.
template <class Event, auto Command>
Reaction reaction(std::string_view name) {
  return {name, &kind_of<Event>, [](const void* event, Instant time) -> Value {
            auto command = Command(*static_cast<const Event*>(event), time);
            return command ? Value{std::move(*command)} : Value{};
          }};
}
// `Due` is a member std::optional<Instant>; `Command` is a function (const Entity&) -> a command, asked when it is due.
template <auto Due, auto Command>
Deadline deadline(std::string_view name) {
  using Entity = OwnerOf<Due>;
  return {name, &kind_of<Entity>, [](const void* entity) { return static_cast<const Entity*>(entity)->*Due; },
          [](const void* entity) -> Value { return Value{Command(*static_cast<const Entity*>(entity))}; }};
}

struct Rulebook {
  struct Rule {
    const ValueKind* command;
    Decision (*decide)(Tables& tables, Instant decided_at, const void* command);
  };
  struct Application {
    const ValueKind* event;
    void (*apply)(Tables& tables, const void* event);
  };
  struct Contribution {
    const ValueKind* entity;
    Count count;
  };
  Admit admit = nullptr;
  IsOwn is_own = nullptr;
  IsOwnEntity is_own_entity = nullptr;
  Grants grants = nullptr;
  std::vector<Rule> rules = {};
  std::vector<Application> applications = {};
  std::vector<Contribution> contributions = {};
  std::vector<StatisticsType> statistics = {};
  std::vector<Reaction> reactions = {};
  std::vector<Deadline> deadlines = {};
};

// Defined by projections/{context}/rulebook.cpp.
template <class Context>
const Rulebook& rulebook_of();

// Of all contexts, in the order of domain/contexts.hpp.
std::span<const Rulebook* const> rulebooks();

// The statistics of all contexts, in their order.
std::vector<const StatisticsType*> statistics_types();

template <class Rows, class Commands, class Events, class Entities>
class RulebookMaker;

template <class Rows, class... Commands, class... Events, class... Entities>
class RulebookMaker<Rows, std::variant<Commands...>, std::variant<Events...>, std::tuple<Entities...>> {
 public:
  static Rulebook make(Admit admit) {
    return {.admit = admit,
            .rules = {Rulebook::Rule{&kind_of<Commands>, &decide<Commands>}...},
            .applications = {Rulebook::Application{&kind_of<Events>, &apply_to<Events>}...},
            .contributions = {Rulebook::Contribution{&kind_of<Entities>, &count_of<Entities>}...}};
  }

 private:
  template <class Command>
  static Decision decide(Tables& tables, Instant decided_at, const void* command) {
    Rows rows{tables, decided_at};
    return on(rows, *static_cast<const Command*>(command));
  }
  template <class Event>
  static void apply_to(Tables& tables, const void* event) {
    Rows rows{tables};
    apply(rows, *static_cast<const Event*>(event));
  }
  template <class Entity>
  static void count_of(Counting& counting, const void* entity, std::int64_t by) {
    count(counting, *static_cast<const Entity*>(entity), by);
  }
};

// on(), apply() and count() are found beside the context's own types.
template <class Rows, class Commands, class Events, class Entities>
Rulebook make_rulebook(Admit admit) {
  return RulebookMaker<Rows, Commands, Events, Entities>::make(admit);
}

// Commands of the platform's own stream, and those that only an open tenant takes.
std::optional<Refusal> admit_on_platform(Tables& tables, TenantId stream, const Value& command);
std::optional<Refusal> admit_open_tenant(Tables& tables, TenantId stream, const Value& command);

}  // namespace tenantry::projections
