// A storm of writes through the API and the book of what was answered, to be held against the server afterwards.
//
// Each client thread registers students one after another, now one by one, now a few in a load, every command with an
// idempotency key of its own, which is also the student's number. What was answered 2xx goes into `answered` with the
// id of the student; what was sent and not answered into `open`; a client stops when its connection breaks off.
#pragma once

#include <mutex>
#include <thread>

#include "tests/system/program.hpp"

namespace tenantry::test {

enum class Way { alone, in_load };

struct Book {
  std::mutex mutex;
  std::map<std::string, std::string> answered;  // number -> id
  std::map<std::string, Way> open;              // a retry must be the same request, so it goes the same way
  std::vector<std::string> surprises;           // answers that nothing excuses

  void take(const std::string& number, int status, const json& answer) {
    std::lock_guard lock(mutex);
    if (status == 200 || status == 201) {
      open.erase(number);
      std::string id = answer.at("id");
      auto [known, is_new] = answered.emplace(number, id);
      if (!is_new && known->second != id) surprises.push_back(number + " was answered with two ids");
    } else if (status != 503) {  // "ask again with the same key"
      surprises.push_back(number + ": " + std::to_string(status) + ' ' + answer.dump());
    }
  }
  void begin(const std::string& number, Way way) {
    std::lock_guard lock(mutex);
    open[number] = way;
  }
};

inline bool send_one(HttpClient& client, const std::string& tenant, const std::string& number, Book& book) {
  book.begin(number, Way::alone);
  Answer answer = client.post("/v1/students", student(number).dump(), of(tenant, number));
  if (answer.status == 0) return false;
  book.take(number, answer.status, json_of(answer));
  return true;
}

inline bool send_load(HttpClient& client, const std::string& tenant, const std::vector<std::string>& numbers,
                      Book& book) {
  std::string body;
  for (const std::string& number : numbers) {
    book.begin(number, Way::in_load);
    json line = {{"command", "RegisterStudent"}, {"data", student(number)}, {"idempotencyKey", number}};
    body += line.dump() + '\n';
  }
  Answer answer = client.post("/v1/commands", body, {{"X-Tenant", tenant}, {"Content-Type", "application/x-ndjson"}});
  if (answer.status == 0) return false;
  std::vector<std::string> lines = lines_of(answer.body);
  for (std::size_t index = 0; index < lines.size() && index < numbers.size(); ++index) {
    json line = json::parse(lines[index]);
    book.take(numbers[index], line.at("status"), line);
  }
  return true;
}

inline bool send_again(HttpClient& client, const std::string& tenant, const std::string& number, Way way, Book& book) {
  return way == Way::alone ? send_one(client, tenant, number, book) : send_load(client, tenant, {number}, book);
}

// The thread of one client: until the connection breaks off.
inline void storm(std::uint16_t port, const std::string& tenant, const std::string& name, Book& book) {
  HttpClient client = client_at(port);
  for (int count = 0;; ++count) {
    std::string number = name + '-' + std::to_string(count);
    bool goes_on = count % 4 == 3 ? send_load(client, tenant, {number, number + "a", number + "b"}, book)
                                  : send_one(client, tenant, number, book);
    if (!goes_on) return;
  }
}

}  // namespace tenantry::test
