#include "tests/kafka/broker.hpp"

#include <catch2/catch.hpp>

#include <iostream>

using namespace tenantry;

// Run by the test below, in a process of its own.
TEST_CASE("a program starts a broker and is killed", "[.crash]") {
  test::Broker broker;
  std::cout << test::read_file(broker.folder() + "/1/pid") << std::flush;
  ::raise(SIGKILL);
}

TEST_CASE("a broker ends with the program that started it, however that ends", "[kafka]") {
  test::Process program({std::filesystem::read_symlink("/proc/self/exe").string(), "[.crash]"});
  REQUIRE(program.wait() == 128 + SIGKILL);
  std::string printed = program.output();
  auto digits = printed.find_first_of("0123456789");
  REQUIRE(digits != std::string::npos);
  pid_t broker = std::stoi(printed.substr(digits));
  CHECK(test::comes_true([&] { return ::kill(broker, 0) != 0; }));
}
