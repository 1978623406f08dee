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
  for (const auto& asked : std::vector<std::vector<std::string>>{{"--version"}, {"-v"}, {"serve", "--version"}}) {
    Finished same = tenantry(asked);
    CHECK(same.code == 0);
    CHECK(same.output == version.output);
  }
}

TEST_CASE("help of a command can be asked for in words") {
  CHECK(tenantry({"help"}).code == 0);
  CHECK(tenantry({"help"}).output == tenantry({"--help"}).output);
  CHECK(tenantry({"help", "serve"}).output == tenantry({"serve", "--help"}).output);
  CHECK(has(tenantry({"help", "log", "copy"}).output, "--into"));
  Finished unknown = tenantry({"help", "sevre"});
  CHECK(unknown.code == 2);
  CHECK(has(unknown.errors, "there is no command sevre; did you mean serve?"));
}

TEST_CASE("what was mistyped is told with what was probably meant") {
  struct Case {
    std::vector<std::string> typed;
    std::string meant;
  };
  for (const Case& each : std::vector<Case>{
           {{"sevre"}, "there is no command sevre; did you mean serve?"},
           {{"rebuld"}, "there is no command rebuld; did you mean rebuild?"},
           {{"log", "cpoy"}, "there is no command cpoy; did you mean copy?"},
           {{"serve", "--prot", "1"}, "there is no option --prot; did you mean --port?"},
           {{"serve", "--prot=1"}, "there is no option --prot; did you mean --port?"},
           {{"serve", "--log-levle", "off"}, "there is no option --log-levle; did you mean --log-level?"},
           {{"digest", "--tennant", "a"}, "there is no option --tennant; did you mean --tenant?"},
           {{"--verzion"}, "there is no option --verzion; did you mean --version?"},
           {{"serv", "--port", "1"}, "there is no command serv; did you mean serve?"},
           {{"--port", "1", "serv"}, "there is no command serv; did you mean serve?"},
           {{"dance", "--port", "1"}, "there is no command dance\n"},
           {{"log", "cpoy", "--into", "x"}, "there is no command cpoy; did you mean copy?"},
           {{"log", "--into", "x"}, "no command was given; --into is an option of copy"},
           {{"--port", "1"}, "no command was given; --port is an option of serve"},
           {{"--port", "1", "serve"}, "--port is an option of serve, and comes after it"},
           {{"ser\nve\x1b", "--port", "1"}, "there is no command ser\\x0ave\\x1b; did you mean serve?"}}) {
    Finished finished = tenantry(each.typed);
    INFO(finished.errors);
    CHECK(finished.code == 2);
    CHECK(has(finished.errors, each.meant));
  }
  for (const auto& typed : std::vector<std::vector<std::string>>{{"dance"}, {"serve", "--waltz"}, {"serve", "8080"}}) {
    Finished finished = tenantry(typed);
    CHECK(finished.code == 2);
    CHECK(has(finished.errors, typed.back()));
    CHECK_FALSE(has(finished.errors, "did you mean"));
  }
}

TEST_CASE("a number that cannot be is refused with the option, the value and the range") {
  TemporaryFolder folder;
  struct Case {
    std::string command, option, range;
    std::vector<std::string> values;
  };
  for (const Case& each : std::vector<Case>{
           {"serve", "port", "0 to 65535", {"99999", "-1", "x", "80x", "0x50", "1.5", " 80"}},
           {"serve", "threads", "1 to 256", {"0", "257", "two"}},
           {"serve", "partitions", "1 to 1024", {"0", "1025"}},
           {"rebuild", "threads", "1 to 256", {"0", "-3"}},
           {"events", "limit", "1 to 1000000000", {"0", "1000000001", "ten"}},
           {"events", "from-sequence", "1 to 1000000000000000000", {"0", "-1", "99999999999999999999"}}}) {
    for (const std::string& value : each.values) {
      Finished refused = tenantry({each.command, "--data", folder / "data", "--" + each.option + '=' + value});
      INFO(refused.errors);
      CHECK(refused.code == 2);
      CHECK(has(refused.errors, "--" + each.option + ": '" + value + "' is not a whole number from " + each.range));
    }
  }
  // The same wherever it comes from. Ten is ten, and not eight.
  CHECK(has(tenantry({"serve"}, {"TENANTRY_PORT=99999"}).errors,
            "--port: '99999' is not a whole number from 0 to 65535"));
  write_file(folder / "tenantry.toml", "port = 99999\n");
  Finished refused = tenantry({"serve", "--config", folder / "tenantry.toml"});
  CHECK(refused.code == 2);
  CHECK(has(refused.errors, "--port: '99999' is not a whole number from 0 to 65535"));
  CHECK_FALSE(std::filesystem::exists(folder / "data"));
}

TEST_CASE("zeros before a number change nothing, wherever it comes from") {
  TemporaryFolder folder;
  TakenPort taken;
  std::string clash = "cannot listen on 127.0.0.1:" + taken.port() + ": ";
  std::string file = folder / "tenantry.toml";
  for (const char* zeros : {"0", "000"}) {
    std::string port = zeros + taken.port();
    write_file(file, "port = " + port + "\n");
    for (const Finished& finished : {tenantry({"serve", "--data", folder / "data", "--port", port}),
                                     tenantry({"serve", "--data", folder / "data", "--port=" + port}),
                                     tenantry({"serve", "--data", folder / "data"}, {"TENANTRY_PORT=" + port}),
                                     tenantry({"serve", "--data", folder / "data", "--config", file})}) {
      INFO(finished.errors);
      CHECK(finished.code == 1);
      CHECK(has(finished.errors, clash));
    }
  }
  // No octal number has an eight; each of these gets as far as what is refused after it.
  for (const auto& [option, variable] :
       std::vector<std::pair<std::string, std::string>>{{"port", "TENANTRY_PORT=080"},
                                                        {"threads", "TENANTRY_THREADS=080"},
                                                        {"partitions", "TENANTRY_PARTITIONS=080"}}) {
    write_file(file, option + " = 080\n");
    for (const Finished& finished : {tenantry({"serve", "--address", "10.0.0.1", "--" + option, "080"}),
                                     tenantry({"serve", "--address", "10.0.0.1"}, {variable}),
                                     tenantry({"serve", "--address", "10.0.0.1", "--config", file})}) {
      INFO(finished.errors);
      CHECK(has(finished.errors, "refusing to listen on 10.0.0.1"));
    }
  }
  CHECK(has(tenantry({"rebuild", "--data", folder / "data", "--threads", "08"}).errors, "there is no log in"));
  // 010 is ten events and not eight.
  {
    Server server(folder / "data");
    HttpClient client = server.client();
    make_tenant(client, "school");
    for (int number = 0; number < 12; ++number) {
      REQUIRE(client.post("/v1/students", student(std::to_string(number)).dump(), of("school")).status == 201);
    }
    REQUIRE(server.stop() == 0);
  }
  auto lines = [&](const std::string& option, const std::string& value) {
    Finished events = tenantry({"events", "--data", folder / "data", "--tenant", "school", option, value});
    INFO(events.errors);
    CHECK(events.code == 0);
    return lines_of(events.output).size();
  };
  CHECK(lines("--limit", "010") == 10);
  CHECK(lines("--limit", "08") == 8);
  CHECK(lines("--from-sequence", "010") == lines("--from-sequence", "10"));
  CHECK(lines("--from-sequence", "010") != lines("--from-sequence", "8"));
}

TEST_CASE("a flag is true or false, and a value that nobody typed is told with where it is from") {
  TemporaryFolder folder;
  std::string file = folder / "tenantry.toml";
  write_file(file, "demo-if-empty = maybe\n");
  struct Case {
    Finished finished;
    std::string told;
  };
  for (const Case& each : std::vector<Case>{
           {tenantry({"serve"}, {"TENANTRY_DEMO_IF_EMPTY=maybe"}),
            "--demo-if-empty: 'maybe' is neither true nor false; the value is from TENANTRY_DEMO_IF_EMPTY\n"},
           {tenantry({"serve", "--config", file}),
            "--demo-if-empty: 'maybe' is neither true nor false; the value is from " + file + '\n'},
           {tenantry({"serve", "--demo-if-empty=maybe"}), "--demo-if-empty: 'maybe' is neither true nor false\n"},
           {tenantry({"events", "--follow=08"}), "--follow: '08' is neither true nor false\n"},
           {tenantry({"--version=maybe"}), "--version: 'maybe' is neither true nor false\n"},
           {tenantry({"serve"}, {"TENANTRY_PORT=x"}),
            "--port: 'x' is not a whole number from 0 to 65535; the value is from TENANTRY_PORT\n"},
           {tenantry({"serve", "--port", "x"}, {"TENANTRY_PORT=1"}),
            "--port: 'x' is not a whole number from 0 to 65535\n"}}) {
    INFO(each.finished.errors);
    CHECK(each.finished.code == 2);
    CHECK(has(each.finished.errors, each.told));
  }
  // With a Kafka log the flag is refused if it is set, and the address if it is not.
  auto is_set = [&](const std::string& value) {
    Finished finished = tenantry({"serve", "--log", "kafka", "--kafka-brokers", "127.0.0.1:1", "--port", "0"},
                                 {"TENANTRY_DEMO_IF_EMPTY=" + value});
    INFO(finished.errors);
    CHECK(finished.code == 2);
    bool is_refused = has(finished.errors, "--demo-if-empty is for the embedded log");
    CHECK((is_refused || has(finished.errors, "needs --advertise")));
    return is_refused;
  };
  for (const char* yes : {"true", "YES", "on", "1"}) CHECK(is_set(yes));
  for (const char* no : {"false", "no", "Off", "0", ""}) CHECK_FALSE(is_set(no));
}

TEST_CASE("a text that cannot be is refused with the option, before anything is made") {
  TemporaryFolder folder;
  std::string long_label(64, 'a');
  struct Case {
    std::string command, option;
    std::vector<std::string> values;
  };
  for (const Case& each :
       std::vector<Case>{{"serve",
                          "server-name",
                          {"a b", "", "a/b", "school.test:8080", "-a.test", "a..b", "b.", "[::g]", long_label}},
                         {"serve", "data", {""}},
                         {"serve", "node", {"a b", "", "a\nb"}},
                         {"serve", "advertise", {"127.0.0.1:8080", "http://a b", "http://a:0", "http://-a", ""}},
                         {"serve", "kafka-brokers", {"a b:9092", "a:9092,", ":9092", "a:x", "a:70000", ""}},
                         {"serve", "kafka-prefix", {"a b", "a/b", "", std::string(241, 'a')}},
                         {"serve", "kafka-property", {"sasl.mechanism", "group.id=x", "=x"}},
                         {"serve", "log", {"paper", ""}},
                         {"serve", "log-level", {"loud", ""}},
                         {"serve", "verify-log", {"half", ""}},
                         {"demo", "url", {"127.0.0.1:8080", "https://a", ""}},
                         {"events", "url", {"127.0.0.1:8080", ""}},
                         {"events", "tenant", {"a b", "", "a\r\nX-Other: b"}},
                         {"digest", "tenant", {""}},
                         {"rebuild", "tenant", {""}}}) {
    for (const std::string& value : each.values) {
      Finished refused = tenantry({each.command, "--data", folder / "data", "--" + each.option, value});
      INFO(each.command << " --" << each.option << " '" << value << "': " << refused.errors);
      CHECK(refused.code == 2);
      CHECK(has(refused.errors, "--" + each.option + ": "));
      CHECK_FALSE(std::filesystem::exists(folder / "data"));
    }
  }
  // What may stand there gets as far as the address that is refused.
  for (const char* name : {"school.test", "10.0.0.7", "[fd00::7]", "my_service", "a.b,c.d"}) {
    Finished taken = tenantry({"serve", "--address", "10.0.0.1", "--server-name", name});
    INFO(taken.errors);
    CHECK(has(taken.errors, "refusing to listen on 10.0.0.1"));
  }
  Finished twice = tenantry({"serve", "--log", "kafka", "--kafka-brokers", "127.0.0.1:1", "--kafka-property",
                             "ssl.ca.location=a", "--kafka-property", "ssl.ca.location=b"});
  CHECK(twice.code == 2);
  CHECK(has(twice.errors, "ssl.ca.location more than once"));
}

TEST_CASE("a configuration file that cannot be read is refused, whoever names it") {
  TemporaryFolder folder;
  write_file(folder / "file", "");
  for (const std::string& path : {folder / "none.toml", folder.path(), folder / "file/below"}) {
    for (const char* command : {"serve", "version", "digest"}) {
      Finished by_variable = tenantry({command}, {"TENANTRY_CONFIG=" + path});
      INFO(by_variable.errors);
      CHECK(by_variable.code == 2);
      CHECK(
          has(by_variable.errors, "the configuration file " + path + ", which TENANTRY_CONFIG names, cannot be read"));
      for (Finished by_flag : {tenantry({command, "--config", path}), tenantry({command, "--config=" + path})}) {
        CHECK(by_flag.code == 2);
        CHECK(has(by_flag.errors, "the configuration file " + path + ", which --config names, cannot be read"));
      }
    }
  }
  write_file(folder / "good.toml", "address = \"10.0.0.3\"\n");
  Finished flag_wins = tenantry({"serve", "--config", folder / "good.toml"}, {"TENANTRY_CONFIG=" + (folder / "none")});
  CHECK(has(flag_wins.errors, "10.0.0.3"));
}

TEST_CASE("an empty name of a configuration file is refused as any other empty value") {
  for (const auto& flag : std::vector<std::vector<std::string>>{{"--config", ""}, {"--config="}}) {
    std::vector<std::string> words = {"version"};
    words.insert(words.end(), flag.begin(), flag.end());
    Finished refused = tenantry(words);
    INFO(refused.errors);
    CHECK(refused.code == 2);
    CHECK(has(refused.errors, "--config: the value is empty"));
  }
  Finished nothing = tenantry({"version", "--config"});
  CHECK(nothing.code == 2);
  CHECK(has(nothing.errors, "--config"));
}

TEST_CASE("a control character in a configuration file is refused with its place, and none is printed") {
  TemporaryFolder folder;
  std::string file = folder / "tenantry.toml";
  using namespace std::string_literals;
  for (const auto& [text, told] : std::vector<std::pair<std::string, std::string>>{
           {"\0port = 1\n"s, "holds a control character, \\x00, in byte 1\n"},
           {"port = 1\n# \x1b[31m\n"s, "holds a control character, \\x1b, in byte 12\n"}}) {
    write_file(file, text);
    Finished refused = tenantry({"serve", "--config", file});
    INFO(refused.errors);
    CHECK(refused.code == 2);
    CHECK(has(refused.errors, "the configuration file " + file + ' ' + told));
  }
  write_file(file, "address = \"10.0.0.3\"\r\n\tport = 1\r\n");
  CHECK(has(tenantry({"serve", "--config", file}).errors, "10.0.0.3"));
  Finished typed = tenantry({"serve", "--port", "1\x1b[31m\n2"});
  CHECK(has(typed.errors, "--port: '1\\x1b[31m\\x0a2' is not a whole number"));
}

TEST_CASE("nothing in a configuration file is passed over") {
  TemporaryFolder folder;
  std::string file = folder / "tenantry.toml";
  struct Case {
    std::string text, told;
  };
  for (const Case& each :
       std::vector<Case>{{"port = 1\nthreads = 2\nport = 3\n", "port in two places"},
                         {"[seve]\n", "a section [seve], and there is no such command; did you mean serve?"},
                         {"[log.cpoy]\n", "a section [log.cpoy], and there is no such command; did you mean log.copy?"},
                         {"[digest]\nport = 1\n", "digest.port, which no command knows"},
                         {"prot = 1\n", "has prot, which no command knows; did you mean port?"},
                         {"[serve]\nadress = \"x\"\n", "serve.adress, which no command knows; did you mean address?"},
                         {"config = \"/nonexist\"\n", "has config, which cannot be set in a file"},
                         {"limit = 3\n", "has limit, which cannot be set in a file"},
                         {"[events]\nlimit = 3\n", "has events.limit, which cannot be set in a file"},
                         {"data = \"/srv/a#b\"\n", "a value whose quotation mark is not closed, or which holds a #"},
                         {"port = [1, 2]\n", "--port"},
                         {"port = yes\n", "--port: 'yes' is not a whole number"},
                         {"demo-if-empty = maybe\n", "demo-if-empty"},
                         {"server-name = \"a b\"\n", "--server-name: 'a b' is not a host name"}}) {
    write_file(file, each.text);
    Finished refused = tenantry({"serve", "--config", file, "--address", "10.0.0.1"});
    INFO(each.text << refused.errors);
    CHECK(refused.code == 2);
    CHECK(has(refused.errors, each.told));
  }
  // A command in a command has the settings of the file as any other.
  for (const char* text : {"data = \"/nowhere/at/all\"\n", "[log.copy]\ndata = \"/nowhere/at/all\"\n"}) {
    write_file(file, text);
    Finished copy = tenantry(
        {"log", "copy", "--config", file, "--into", folder / "x", "--to", "kafka", "--kafka-brokers", "127.0.0.1:1"});
    INFO(copy.errors);
    CHECK(has(copy.errors, "/nowhere/at/all"));
  }
}

TEST_CASE("a variable that is empty sets nothing, and the file's value stands") {
  TemporaryFolder folder;
  write_file(folder / "tenantry.toml", "address = \"10.0.0.3\"\n");
  CHECK(has(tenantry({"serve", "--config", folder / "tenantry.toml"}, {"TENANTRY_ADDRESS="}).errors, "10.0.0.3"));
  CHECK(has(tenantry({"serve", "--address", "10.0.0.4"}, {"TENANTRY_CONFIG="}).errors, "10.0.0.4"));
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
  CHECK(has(clash.errors, "cannot listen on 127.0.0.1:" + taken.port() + ": Address already in use"));
  CHECK_FALSE(std::filesystem::exists(folder / "data"));
}

}  // namespace
}  // namespace tenantry::test
