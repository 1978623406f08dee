// A whole service on a folder of its own, and the words in which the tests of the API speak.
#pragma once

#include <memory>
#include <string>

#include "api/node/node.hpp"
#include "api/service/service.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::test {

class TestService {
 public:
  explicit TestService(api::ServiceOptions options = {}, events::engine::EngineOptions engine = {});
  ~TestService();

  // Stops everything and starts it again on the same folder; `between` may use the node before the service starts.
  void restart(const std::function<void(api::Node&)>& between = {});
  api::Node& node() { return *node_; }
  api::Service& service() { return *service_; }
  std::uint16_t port() const { return service_->port(); }
  HttpClient client(Headers standing = {}) const { return HttpClient(port(), std::move(standing)); }
  // Creates a tenant of this slug and gives a client that speaks for it.
  HttpClient tenant(const std::string& slug);

 private:
  void start(const std::function<void(api::Node&)>& between);

  test::TemporaryFolder folder_;
  api::ServiceOptions options_;
  events::engine::EngineOptions engine_;
  std::unique_ptr<api::Node> node_;
  std::unique_ptr<api::Service> service_;
};

// The value at a JSON pointer as text (strings without their quotes); "" if there is none. Throws if it is no JSON.
std::string at(const std::string& json, const std::string& pointer);
inline std::string at(const Answer& response, const std::string& pointer) {
  return at(response.body, pointer);
}
// How many elements the array or object at the pointer has.
std::size_t size_at(const Answer& response, const std::string& pointer);
std::string header(const Answer& response, const std::string& lower_case_name);
// The slug of a problem, with its status: "409 student-number-taken number" (the field where there is one).
std::string problem(const Answer& response);
std::vector<std::string> lines(const std::string& text);
// The target of the Link to the next page; "" if there is none.
std::string next(const Answer& response);

std::string student(const std::string& number, const std::string& id = "");
// Ids that sort by their number.
std::string id_of(unsigned number);

// A tenant with a term, a course and a class of the capacity; answers the class's id.
std::string open_class(HttpClient& client, int capacity = 10);
// The id in a 201 answer; fails the test otherwise.
std::string created(const Answer& response);

}  // namespace tenantry::test
