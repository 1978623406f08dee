// Commands of a roster at random, over a small world in which they collide often: ids of a few entities, few words and
// days, some of them wrong. The same seed makes the same commands. One thread at a time.
#pragma once

#include <array>
#include <optional>
#include <random>
#include <string>

#include "domain/roster/commands.hpp"

namespace tenantry::test::roster_commands {

using namespace roster;

class RandomCommands {
 public:
  explicit RandomCommands(std::uint32_t seed) : random_(seed) {}

  Command command() { return commands_[below(kinds)](*this); }

  // How many kinds of commands there are.
  static constexpr std::size_t kinds = std::variant_size_v<Command>;

 private:
  std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  bool rarely() { return below(6) == 0; }

  template <class Entity>
  Id<Entity> any(std::size_t count) {
    return nth<Entity>(1 + below(count));
  }
  // 01900000-0000-7000-8000-0000000000nn, as id() of given.hpp makes them.
  template <class Entity>
  static Id<Entity> nth(std::size_t number) {
    Id<Entity> id;
    id.value.bytes = {0x01, 0x90, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(number)};
    return id;
  }
  static Date first_day() { return Date::parse("2024-02-10").value(); }
  std::string word() {
    return rarely() ? (rarely() ? "\u3000" : " b\u00a0") : std::string(1, static_cast<char>('a' + below(9)));
  }
  Date date() { return rarely() ? first_day().plus_days(static_cast<int>(below(9))) : first_day(); }
  Decimal number() { return rarely() ? Decimal{static_cast<int>(below(12'000)) - 500} : Decimal::whole(40); }
  int capacity() { return rarely() ? 0 : static_cast<int>(1 + below(4)); }
  bool flag() { return below(2) == 0; }
  std::optional<std::string> email() { return rarely() ? maybe("nowhere") : maybe(word() + "@example.org"); }

  template <class T>
  std::optional<T> maybe(T value) {
    return flag() ? std::optional<T>{value} : std::nullopt;
  }
  std::optional<std::string> maybe(const char* text) { return maybe(std::string{text}); }

  template <class T>
  static Command make(RandomCommands& walk) {
    return walk.make_one(T{});
  }
  template <class... Ts>
  static std::array<Command (*)(RandomCommands&), sizeof...(Ts)> makers(std::variant<Ts...>*) {
    return {&make<Ts>...};
  }

  Id<Term> term() { return any<Term>(3); }
  Id<Course> course() { return any<Course>(3); }
  Id<Class> a_class() { return any<Class>(4); }
  Id<Student> student() { return any<Student>(6); }
  Id<Teacher> teacher() { return any<Teacher>(4); }
  Id<Enrolment> enrolment() { return any<Enrolment>(20); }
  Id<TeachingAssignment> assignment() { return any<TeachingAssignment>(12); }
  Id<Assessment> assessment() { return any<Assessment>(6); }
  Id<Result> result() { return any<Result>(20); }

  AddTerm make_one(AddTerm) { return {term(), word(), date(), date()}; }
  CorrectTerm make_one(CorrectTerm) { return {term(), maybe(word()), maybe(date()), maybe(date())}; }
  AddCourse make_one(AddCourse) { return {course(), word(), word()}; }
  CorrectCourse make_one(CorrectCourse) { return {course(), maybe(word()), maybe(word())}; }
  OpenClass make_one(OpenClass) { return {a_class(), course(), term(), word(), capacity(), date(), date()}; }
  CorrectClass make_one(CorrectClass) {
    return {a_class(), maybe(word()), maybe(capacity()), maybe(date()), maybe(date())};
  }
  CloseClass make_one(CloseClass) { return {rarely() && rarely() ? a_class() : nth<Class>(4)}; }
  RegisterStudent make_one(RegisterStudent) { return {student(), word(), maybe(word()), maybe(word()), email()}; }
  CorrectStudent make_one(CorrectStudent) {
    return {student(), maybe(word()), maybe(maybe(word())), maybe(maybe(word())), maybe(email())};
  }
  ReactivateStudent make_one(ReactivateStudent) { return {student()}; }
  DeactivateStudent make_one(DeactivateStudent) { return {rarely() && rarely() ? student() : nth<Student>(6)}; }
  RegisterTeacher make_one(RegisterTeacher) { return {teacher(), word(), maybe(word()), maybe(word()), email()}; }
  CorrectTeacher make_one(CorrectTeacher) {
    return {teacher(), maybe(word()), maybe(maybe(word())), maybe(maybe(word())), maybe(email())};
  }
  ReactivateTeacher make_one(ReactivateTeacher) { return {teacher()}; }
  DeactivateTeacher make_one(DeactivateTeacher) { return {rarely() && rarely() ? teacher() : nth<Teacher>(4)}; }
  EnrolStudent make_one(EnrolStudent) { return {enrolment(), a_class(), student(), maybe(date())}; }
  WithdrawStudent make_one(WithdrawStudent) { return {enrolment(), maybe(date()), maybe(word())}; }
  ReEnrolStudent make_one(ReEnrolStudent) { return {enrolment(), maybe(date())}; }
  CompleteEnrolment make_one(CompleteEnrolment) {
    return {rarely() ? enrolment() : nth<Enrolment>(20), flag() ? roster::Outcome::pass : roster::Outcome::fail,
            maybe(date())};
  }
  ReopenEnrolment make_one(ReopenEnrolment) { return {enrolment()}; }
  TransferStudent make_one(TransferStudent) { return {enrolment(), a_class()}; }
  CorrectEnrolment make_one(CorrectEnrolment) {
    return {enrolment(),          maybe(maybe(date())), maybe(maybe(date())),
            maybe(maybe(date())), maybe(maybe(word())), flag() ? std::nullopt : maybe(roster::Outcome::distinction)};
  }
  AssignTeacher make_one(AssignTeacher) {
    return {assignment(), a_class(), teacher(), flag() ? TeachingRole::lead : TeachingRole::assistant};
  }
  UnassignTeacher make_one(UnassignTeacher) { return {assignment()}; }
  AddAssessment make_one(AddAssessment) {
    return {assessment(), a_class(), word(), word(), number(), number(), maybe(date()), flag()};
  }
  CorrectAssessment make_one(CorrectAssessment) {
    return {assessment(),    maybe(word()),        maybe(word()), maybe(number()),
            maybe(number()), maybe(maybe(date())), maybe(flag())};
  }
  RecordResult make_one(RecordResult) {
    return {result(), assessment(), student(), maybe(number()), maybe(date()), flag()};
  }
  CorrectResult make_one(CorrectResult) { return {result(), maybe(maybe(number())), maybe(maybe(date()))}; }

  std::mt19937 random_;
  std::array<Command (*)(RandomCommands&), kinds> commands_ = makers(static_cast<Command*>(nullptr));
};

}  // namespace tenantry::test::roster_commands

namespace tenantry::test {
using roster_commands::RandomCommands;
}
