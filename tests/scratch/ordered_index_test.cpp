// Entities in the order of a value: in tables over storage and in memory alike, as a set of them says.
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "events/identifiers.hpp"
#include "projections/tenant_changes.hpp"
#include "storage/resources.hpp"
#include "tests/scratch/workshop.hpp"
#include "tests/support/memory_tables.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::test {
namespace {

using events::fresh_id;
using projections::TenantChanges;
using workshop::Job;

// One tenant's tables on a database, with a batch that may be pending.
class Tenant {
 public:
  Tenant() {
    database_ = std::move(storage::Database::open(folder_ / "state", resources_, {.create_if_missing = true}).value());
    family_ = database_->create_families({"tenant"}).value().front();
    begin();
  }
  TenantChanges& now() { return *now_; }
  void begin_on_pending() {
    if (pending_) write(*pending_);
    pending_ = std::move(now_);
    pending_->forget_pending();
    now_ = std::make_unique<TenantChanges>(tenant_, *database_, family_, pending_.get());
  }
  void write_all() {
    if (pending_) write(*pending_);
    write(*now_);
    pending_.reset();
    begin();
  }
  // Of rows of orders, in the database.
  std::size_t stored_rows() {
    std::size_t count = 0;
    REQUIRE(database_->scan(*family_, storage::prefix_range("o"),
                            [&](std::string_view, std::string_view) { return ++count, true; }));
    return count;
  }

 private:
  void begin() { now_ = std::make_unique<TenantChanges>(tenant_, *database_, family_, nullptr); }
  void write(TenantChanges& changes) {
    storage::Batch rows;
    changes.set_head(changes.head());
    changes.each_row([](std::size_t) { return 0; },
                     [&](std::string_view key, std::optional<std::string_view> value) {
                       value ? rows.put(*family_, key, *value) : rows.erase(*family_, key);
                     });
    REQUIRE(database_->write(rows, storage::Durability::buffered));
  }

  TemporaryFolder folder_;
  storage::Resources resources_;
  std::unique_ptr<storage::Database> database_;
  storage::FamilyPointer family_;
  TenantId tenant_{fresh_id()};
  std::unique_ptr<TenantChanges> pending_;
  std::unique_ptr<TenantChanges> now_;
};

using Random = std::mt19937;

// Few values, so that many are alike, and some on either side of zero.
Instant any_instant(Random& random) {
  return {static_cast<std::int64_t>(random() % 9) - 4};
}
Date any_date(Random& random) {
  return Date::parse("1969-12-30").value().plus_days(static_cast<int>(random() % 6));
}
std::string any_title(Random& random) {
  static const std::vector<std::string> titles{"a",     "ab", "b", std::string(80, 'x'), std::string(80, 'x') + "y",
                                               "\u00e9"};
  return titles[random() % titles.size()];
}
void change(Random& random, Job& job) {
  if (random() % 2) job.due_at = any_instant(random);
  if (random() % 5 == 0) job.due_at.reset();
  if (random() % 3 == 0) job.title = any_title(random);
  if (random() % 3 == 0) job.asked_on = any_date(random);
  if (random() % 3 == 0) job.hours = {static_cast<std::int64_t>(random() % 5) - 2};
  if (random() % 3 == 0) job.rank = static_cast<int>(random() % 5) - 2;
}

// What an order is, said once more: a set of values with ids, of which the first that fit are taken.
template <class Key>
using Model = std::set<std::pair<Key, Uuid>>;

template <auto Field>
auto model_of(const std::map<Uuid, Job>& jobs) {
  Model<typename OrderedIndex<Field>::Key> model;
  for (const auto& [id, job] : jobs) {
    if constexpr (requires { (job.*Field).has_value(); }) {
      if (job.*Field) model.emplace(*(job.*Field), id);
    } else if constexpr (std::is_same_v<ValueOf<Field>, std::string>) {
      model.emplace((job.*Field).substr(0, order_key_text_bytes_max), id);
    } else {
      model.emplace(job.*Field, id);
    }
  }
  return model;
}

template <class Key, class Fits>
Model<Key> first_of(const Model<Key>& model, std::size_t limit, const Fits& fits) {
  Model<Key> first;
  for (const auto& each : model) {
    if (first.size() == limit) break;
    if (fits(each.first)) first.insert(each);
  }
  return first;
}

template <class Key, class Entries>
void require_equal(const Entries& entries, const Model<Key>& model) {
  REQUIRE(entries.size() == model.size());
  auto wanted = model.begin();
  for (const auto& entry : entries) {
    REQUIRE(entry.key == wanted->first);
    REQUIRE(entry.id.value == wanted->second);
    ++wanted;
  }
}

template <auto Field, class Key>
void check_order(Tables& tables, const std::map<Uuid, Job>& jobs, const Key& key, std::size_t limit) {
  OrderedIndex<Field> index(tables);
  auto model = model_of<Field>(jobs);
  require_equal(index.first(limit), first_of(model, limit, [](const auto&) { return true; }));
  require_equal(index.from(key, limit), first_of(model, limit, [&](const auto& each) { return each >= key; }));
  require_equal(index.up_to(key, limit), first_of(model, limit, [&](const auto& each) { return each <= key; }));
}

void check_orders(Random& random, Tables& tables, const std::map<Uuid, Job>& jobs) {
  std::size_t limit = random() % 8;
  check_order<&Job::due_at>(tables, jobs, any_instant(random), limit);
  check_order<&Job::title>(tables, jobs, std::string{"ab"}, limit);
  check_order<&Job::asked_on>(tables, jobs, any_date(random), limit);
  check_order<&Job::hours>(tables, jobs, Quantity{static_cast<std::int64_t>(random() % 5) - 2}, 1000);
  check_order<&Job::rank>(tables, jobs, static_cast<int>(random() % 5) - 2, limit);
}

std::vector<Uuid> due(Tables& tables) {
  std::vector<Uuid> ids;
  for (const auto& entry : OrderedIndex<&Job::due_at>(tables).first(100)) ids.push_back(entry.id.value);
  return ids;
}

Job job_due(std::int64_t at) {
  return {.id = {fresh_id()}, .title = "x", .due_at = Instant{at}};
}

}  // namespace

TEST_CASE("entities are found in the order of a value, whatever changed in which batch", "[ordered]") {
  Random random{GENERATE(1, 2, 3)};
  Tenant tenant;
  MemoryTables memory;
  std::map<Uuid, Job> jobs, before_group;
  std::vector<Uuid> ids;
  for (int step = 0; step < 600; ++step) {
    bool is_group = random() % 4 == 0;
    if (is_group) tenant.now().begin_group(), before_group = jobs;
    for (auto changes = 1 + random() % 4; changes > 0; --changes) {
      bool is_new = ids.size() < 30 && random() % 3 == 0;
      if (is_new || ids.empty()) ids.push_back(fresh_id());
      Uuid id = is_new ? ids.back() : ids[random() % ids.size()];
      Job job = jobs.contains(id) ? jobs.at(id) : Job{.id = {id}, .title = any_title(random)};
      change(random, job);
      jobs.contains(id) ? Table<Job>(tenant.now()).put(job) : Table<Job>(tenant.now()).insert(job);
      jobs[id] = job;
    }
    if (is_group && random() % 2) {
      tenant.now().undo_group();
      jobs = before_group;
      std::erase_if(ids, [&](const Uuid& id) { return !jobs.contains(id); });
    } else if (is_group) {
      tenant.now().keep_group();
    }
    for (const auto& [id, job] : jobs) memory.put(id, Value{job});
    check_orders(random, tenant.now(), jobs);
    check_orders(random, memory, jobs);
    if (random() % 5 == 0) tenant.begin_on_pending();
    if (random() % 9 == 0) tenant.write_all();
    check_orders(random, tenant.now(), jobs);
  }
  tenant.write_all();
  std::size_t rows = 4 * jobs.size() + model_of<&Job::due_at>(jobs).size();
  CHECK(tenant.stored_rows() == rows);
}

TEST_CASE("an entity without the value is not in its order", "[ordered]") {
  Tenant tenant;
  MemoryTables memory;
  Job job = job_due(5);
  for (Tables* tables : {static_cast<Tables*>(&tenant.now()), static_cast<Tables*>(&memory)}) {
    Table<Job> jobs(*tables);
    jobs.insert(job);
    CHECK(due(*tables) == std::vector{job.id.value});
    Job done = job;
    done.due_at.reset();
    jobs.put(done);
    CHECK(due(*tables).empty());
    jobs.put(job);
    CHECK(due(*tables) == std::vector{job.id.value});
  }
}

TEST_CASE("a group that is taken back leaves the order as it was", "[ordered]") {
  Tenant tenant;
  Job job = job_due(5), other = job_due(7);
  Table<Job>(tenant.now()).insert(job);
  Table<Job>(tenant.now()).insert(other);
  SECTION("in one batch") {}
  SECTION("over a pending batch") {
    tenant.begin_on_pending();
  }
  SECTION("over what is stored") {
    tenant.write_all();
  }
  tenant.now().begin_group();
  job.due_at = Instant{9};
  Table<Job>(tenant.now()).put(job);
  Table<Job>(tenant.now()).insert(job_due(1));
  CHECK(due(tenant.now()).size() == 3);
  tenant.now().undo_group();
  CHECK(due(tenant.now()) == std::vector{job.id.value, other.id.value});
}

TEST_CASE("an order that no entity declares is not asked for", "[ordered]") {
  Tenant tenant;
  OrderKey undeclared = order_key<&Job::rank>;
  CHECK_THROWS_AS(tenant.now().in_order(undeclared, {}, 1), std::logic_error);
}

}  // namespace tenantry::test
