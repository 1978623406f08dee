// The command line itself: help, exit codes, and where settings come from.
#include <catch2/catch.hpp>

#include "tests/system/program.hpp"

namespace tenantry::test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The port that a server with these settings would take: it is taken here already, so the server says which it was.
class TakenPort {
 public:
  TakenPort() {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bool listens = ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(socket_, 1) == 0 &&
                   ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (!listens) throw std::runtime_error("no port");
    port_ = std::to_string(ntohs(address.sin_port));
  }
  ~TakenPort() { ::close(socket_); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  const std::string& port() const { return port_; }

 private:
  int socket_ = -1;
  std::string port_;
};

TEST_CASE("help teaches, and what is not understood ends with 2") {
  Finished help = tenantry({"--help"});
  CHECK(help.code == 0);
  for (const char* word : {"serve", "demo", "rebuild", "digest", "events", "version", "Examples", "TENANTRY_PORT"}) {
    INFO(word);
    CHECK(has(help.output, word));
  }
  CHECK_FALSE(has(help.output, "documentation"));
  for (const char* command : {"serve", "demo", "rebuild", "digest", "events"}) {
    Finished finished = tenantry({command, "--help"});
    CHECK(finished.code == 0);
    CHECK(has(finished.output, "--data"));
    CHECK(has(finished.output, "Examples"));
  }
  CHECK(tenantry({}).code == 2);
  CHECK(tenantry({"dance"}).code == 2);
  CHECK(tenantry({"serve", "--port", "99999"}).code == 2);
  CHECK(tenantry({"serve", "--threads", "0"}).code == 2);
  Finished unknown = tenantry({"serve", "--prot", "1"});
  CHECK(unknown.code == 2);
  CHECK(has(unknown.errors, "--prot"));
}

TEST_CASE("version names the program, the build and the libraries") {
  Finished version = tenantry({"version"});
  CHECK(version.code == 0);
  for (const char* word : {"tenantry 0.", "build ", "rocksdb   7.", "pistache  ", "openssl   3"}) {
    INFO(word << " in " << version.output);
    CHECK(has(version.output, word));
  }
}

TEST_CASE("the documentation command prints the committed document") {
  Finished printed = tenantry({"documentation", "events"});
  CHECK(printed.code == 0);
  CHECK(has(printed.output, "tenantry.roster.student-enrolled.v1"));
}

TEST_CASE("a flag is stronger than the environment, and that than the file") {
  TemporaryFolder folder;
  std::string file = folder / "tenantry.toml";
  write_file(file, "address = \"10.0.0.3\"\ndata = \"" + (folder / "data") + "\"\n[demo]\nurl = \"http://x\"\n");
  // The address in force is named by the refusal to listen on it.
  auto address_in_force = [&](std::vector<std::string> more, const std::vector<std::string>& environment) {
    std::vector<std::string> arguments = {"serve", "--config", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Finished finished = tenantry(arguments, environment);
    CHECK(finished.code == 2);
    return finished.errors;
  };
  write_file(file, "address = \"10.0.0.3\"\n");
  CHECK(has(address_in_force({}, {}), "10.0.0.3"));
  CHECK(has(address_in_force({}, {"TENANTRY_ADDRESS=10.0.0.2"}), "10.0.0.2"));
  CHECK(has(address_in_force({"--address", "10.0.0.1"}, {"TENANTRY_ADDRESS=10.0.0.2"}), "10.0.0.1"));
  CHECK(has(tenantry({"serve"}, {"TENANTRY_CONFIG=" + file}).errors, "10.0.0.3"));
  // A section is for one command and a top-level key for all that have it.
  write_file(file, "data = \"/nowhere/at/all\"\n[serve]\naddress = \"10.0.0.4\"\n");
  CHECK(has(address_in_force({}, {}), "10.0.0.4"));
  CHECK(has(tenantry({"digest", "--config", file}).errors, "/nowhere/at/all"));
  // A slip in the file does not pass unseen.
  write_file(file, "prot = 1\n");
  Finished slip = tenantry({"serve", "--config", file});
  CHECK(slip.code == 2);
  CHECK(has(slip.errors, "prot"));
  Finished missing = tenantry({"serve", "--config", folder / "none.toml"});
  CHECK(missing.code == 2);
}

TEST_CASE("a setting in the environment that no command knows is refused, with the nearest that there is") {
  Finished slip = tenantry({"version"}, {"TENANTRY_PROT=1"});
  CHECK(slip.code == 2);
  CHECK(has(slip.errors, "TENANTRY_PROT,"));
  CHECK(has(slip.errors, "TENANTRY_PORT"));
  CHECK(has(tenantry({"serve"}, {"TENANTRY_KAFKA_BROKER=x"}).errors, "TENANTRY_KAFKA_BROKERS"));
  CHECK(tenantry({"version"}, {"TENANTRY_PORT=1", "TENANTRY_INTO=x"}).code == 2);  // --into belongs to one run
  for (const char* sound : {"TENANTRY_PORT=1", "TENANTRY_KAFKA_BROKERS=x", "TENANTRY_LOG_LEVEL=off", "TENANTRY_CONFIG=",
                            "TENANTRY_TEST_KAFKA=x", "TENANTRY_JOBS=2", "TENANTRY_KAFKA_JVM_OPTIONS=-X"}) {
    INFO(sound);
    CHECK(tenantry({"version"}, {sound}).code == 0);
  }
}

TEST_CASE("a word that is no command is named") {
  for (const char* word : {"nope", "--nope"}) {
    Finished finished = tenantry({word});
    CHECK(finished.code == 2);
    CHECK(has(finished.errors, word));
  }
}

TEST_CASE("a section of the configuration file is stronger than what stands above it, and no value is no setting") {
  TemporaryFolder folder;
  std::string file = folder / "tenantry.toml";
  write_file(file, "address = \"10.0.0.3\"\n[serve]\naddress = \"10.0.0.4\"\n");
  CHECK(has(tenantry({"serve", "--config", file}).errors, "10.0.0.4"));
  write_file(file, "port =\n");
  Finished finished = tenantry({"serve", "--config", file, "--address", "10.0.0.3"});
  CHECK(finished.code == 2);
  CHECK(has(finished.errors, "port"));
}

TEST_CASE("a configuration file that is not UTF-8 is refused with its name and the place") {
  TemporaryFolder folder;
  std::string file = folder / "tenantry.toml";
  write_file(file, "address = \"10.0.0.3\"\n# caf\xe9\n");
  Finished refused = tenantry({"serve", "--config", file});
  CHECK(refused.code == 2);
  INFO(refused.errors);
  CHECK(has(refused.errors, file));
  CHECK(has(refused.errors, "byte 27"));
  write_file(file, "address = \"10.0.0.3\"\n# caf\xc3\xa9\n");
  CHECK(has(tenantry({"serve", "--config", file}).errors, "10.0.0.3"));
}

TEST_CASE("only loopback addresses are served, and a taken port is named") {
  TemporaryFolder folder;
  Finished everywhere = tenantry({"serve", "--data", folder / "data", "--address", "0.0.0.0"});
  CHECK(everywhere.code == 2);
  CHECK(has(everywhere.errors, "0.0.0.0"));
  CHECK(has(everywhere.errors, "loopback"));
  CHECK_FALSE(std::filesystem::exists(folder / "data"));
  TakenPort taken;
  Finished clash = tenantry({"serve", "--data", folder / "data", "--port", taken.port()});
  CHECK(clash.code == 1);
  INFO(clash.errors);
  CHECK(has(clash.errors, taken.port()));
}

}  // namespace
}  // namespace tenantry::test
