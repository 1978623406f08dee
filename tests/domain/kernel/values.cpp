// Values of any kind, and the keys by which tables know what is unique and what belongs to whom.
#include "domain/kernel/value.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "domain/roster/rules.hpp"
#include "tests/support/given.hpp"
#include "tests/support/memory_tables.hpp"

namespace tenantry {
namespace {

using roster::Class;
using roster::Enrolment;
using roster::Student;
using roster::Term;
using test::id;

template <auto... Fields>
std::string key_of(const auto& entity) {
  std::string key;
  unique_key<Fields...>.append(&entity, key);
  return key;
}

std::string pair_key(const Id<Class>& class_id, const Id<Student>& student) {
  return key_of<&Enrolment::class_id, &Enrolment::student>(Enrolment{.class_id = class_id, .student = student});
}

}  // namespace

TEST_CASE("a value is of the kind of what it was made of, and gives it back as that alone") {
  Value value{Term{.id = id<Term>(1), .name = "Autumn"}};
  CHECK(value.kind() == &kind_of<Term>);
  CHECK(value.get<Term>().name == "Autumn");
  CHECK(value.get_if<Class>() == nullptr);
  CHECK_THROWS_AS(value.get<Class>(), std::logic_error);
  CHECK(Value{}.empty());
  CHECK(Value::of_kind(kind_of<Term>) == Value{Term{}});
}

TEST_CASE("a copy of a value is another value, and a moved one stays where it is in memory") {
  Value value{Term{.id = id<Term>(1), .name = "Autumn"}};
  Value copy = value;
  CHECK(copy == value);
  CHECK(copy.data() != value.data());
  const void* place = value.data();
  Value moved = std::move(value);
  CHECK(moved.data() == place);
  copy = Value{Term{}};
  CHECK_FALSE(copy == moved);
  copy = moved;
  CHECK(copy == moved);
}

struct Incomparable {};

TEST_CASE("values of two kinds differ, and values that cannot be compared say so") {
  CHECK_FALSE(Value{Term{}} == Value{Class{}});
  CHECK_FALSE(Value{} == Value{Term{}});
  CHECK_THROWS_AS(Value{Incomparable{}} == Value{Incomparable{}}, std::logic_error);
}

TEST_CASE("a unique text's key is the text, and a pair's tells the pair and its order") {
  CHECK(key_of<&Term::name>(Term{.id = {}, .name = "Autumn"}) == "Autumn");
  std::array<std::uint8_t, 10> ones{};
  ones.fill(1);
  Uuid one = make_uuid_v7(1, {}), other = make_uuid_v7(2, ones);
  CHECK(pair_key({one}, {other}).size() == 32);
  CHECK(std::set<std::string>{pair_key({one}, {other}), pair_key({other}, {one}), pair_key({one}, {one}),
                              pair_key({other}, {other})}
            .size() == 4);
}

TEST_CASE("what is unique and who belongs to whom follow from what is put") {
  test::MemoryTables tables;
  roster::Rows rows{tables};
  rows.terms.insert({.id = id<Term>(1), .name = "Autumn"});
  rows.classes.insert({.id = id<Class>(1), .term = id<Term>(1)});
  rows.classes.insert({.id = id<Class>(2), .term = id<Term>(2)});
  rows.enrolments.insert({.id = id<Enrolment>(1), .class_id = id<Class>(1), .student = id<Student>(7)});
  CHECK(rows.term_names.holder("Autumn") == id<Term>(1));
  CHECK(rows.enrolment_pairs.holder(id<Class>(1), id<Student>(7)) == id<Enrolment>(1));
  CHECK(rows.enrolment_pairs.holder(id<Class>(2), id<Student>(7)) == std::nullopt);
  std::vector<Id<Class>> members;
  rows.classes_of_term.each(id<Term>(1), [&](const Id<Class>& each) {
    members.push_back(each);
    return true;
  });
  CHECK(members == std::vector{id<Class>(1)});
  rows.terms.put({.id = id<Term>(1), .name = "Spring"});
  CHECK(rows.term_names.holder("Autumn") == std::nullopt);
  CHECK(rows.term_names.holder("Spring") == id<Term>(1));
}

TEST_CASE("the tables of tests see what no rule may do") {
  test::MemoryTables tables;
  roster::Rows rows{tables};
  rows.terms.insert({.id = id<Term>(1), .name = "Autumn"});
  CHECK_THROWS_AS(rows.terms.insert({.id = id<Term>(1), .name = "Spring"}), std::logic_error);
  SECTION("a value that two hold, once it is asked for") {
    rows.terms.insert({.id = id<Term>(2), .name = "Autumn"});
    CHECK_THROWS_AS(rows.term_names.holder("Spring"), std::logic_error);
  }
  SECTION("a value that two hold, after it was asked for") {
    rows.term_names.holder("Autumn");
    CHECK_THROWS_AS(rows.terms.insert({.id = id<Term>(2), .name = "Autumn"}), std::logic_error);
  }
}

}  // namespace tenantry
