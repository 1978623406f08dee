// Process: a child process of a test, with its output in files, killed and reaped when the object goes.
//
// Arguments as given, no shell; the program is looked for in PATH. The environment is the test's own without TENANTRY_…
// variables, and with those in `environment`. output() and errors() may be read while it runs. One owner.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/temporary_folder.hpp"

extern "C" char** environ;

namespace tenantry::test {

class Process {
 public:
  explicit Process(std::vector<std::string> arguments, const std::vector<std::string>& environment = {}) {
    std::vector<std::string> variables = environment;
    for (char** each = environ; *each != nullptr; ++each) {
      if (!std::string_view{*each}.starts_with("TENANTRY_")) variables.emplace_back(*each);
    }
    std::vector<char*> argument_pointers = pointers_of(arguments);
    std::vector<char*> variable_pointers = pointers_of(variables);
    std::string output = output_path();
    std::string errors = errors_path();
    id_ = ::fork();
    if (id_ < 0) throw std::runtime_error("cannot fork");
    if (id_ == 0) {
      redirect(output.c_str(), STDOUT_FILENO);
      redirect(errors.c_str(), STDERR_FILENO);
      ::execvpe(argument_pointers[0], argument_pointers.data(), variable_pointers.data());
      ::_exit(127);
    }
  }
  ~Process() {
    if (!is_running()) return;
    kill(SIGKILL);
    wait();
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t id() const { return id_; }
  void kill(int signal) const {
    if (!code_) ::kill(id_, signal);
  }
  bool is_running() {
    if (!code_) reap(WNOHANG);
    return !code_;
  }
  // The exit code, or 128 and the signal that ended it.
  int wait() {
    if (!code_) reap(0);
    return code_.value();
  }
  std::string output() const { return read_if_there(output_path()); }
  std::string errors() const { return read_if_there(errors_path()); }

 private:
  static std::vector<char*> pointers_of(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& each : texts) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    return pointers;
  }
  static void redirect(const char* path, int descriptor) {
    int file = ::open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file < 0 || ::dup2(file, descriptor) < 0) ::_exit(126);
  }
  static std::string read_if_there(const std::string& path) {
    return std::filesystem::exists(path) ? read_file(path) : std::string{};
  }
  std::string output_path() const { return folder_ / "output"; }
  std::string errors_path() const { return folder_ / "errors"; }

  void reap(int options) {
    int status = 0;
    if (::waitpid(id_, &status, options) != id_) return;
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  TemporaryFolder folder_;
  pid_t id_ = -1;
  std::optional<int> code_;
};

// Runs to the end.
struct Finished {
  int code = 0;
  std::string output;
  std::string errors;
};

inline Finished run(std::vector<std::string> arguments, const std::vector<std::string>& environment = {}) {
  Process process(std::move(arguments), environment);
  int code = process.wait();
  return {code, process.output(), process.errors()};
}

// Asks until it is true; false after a minute, which is a fault and no measurement.
template <class Question>
bool comes_true(Question question) {
  for (int count = 0; count < 3000; ++count) {
    if (question()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

}  // namespace tenantry::test
