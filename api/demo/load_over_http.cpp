// Loading through the REST API of a running server: one connection for each tenant.
#include <nlohmann/json.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "api/client/http_client.hpp"
#include "api/demo/load.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api::demo {
namespace {

using client::HttpAnswer;
using client::HttpClient;
using client::HttpRequest;
using nlohmann::json;

constexpr std::chrono::milliseconds progress_interval{200};
constexpr std::string_view problem_prefix = "/problems/";

// What an answer that is not a success says, for a person.
std::string detail_of(const HttpAnswer& answer) {
  json problem = json::parse(answer.body, nullptr, false);
  std::string detail = problem.is_object() ? problem.value("detail", problem.value("title", "")) : "";
  return "status " + std::to_string(answer.status) + (detail.empty() ? "" : ", " + detail);
}

// Everything that is loaded may be sent again, so what a server cannot do at the moment is asked for again.
std::expected<HttpAnswer, std::string> ask_patiently(HttpClient& client, const HttpRequest& request) {
  constexpr int tries_max = 30;
  constexpr std::chrono::seconds pause{1};
  for (int tries = 1;; ++tries) {
    auto answer = client.ask(request);
    bool is_unavailable =
        answer && (answer->status == 503 || answer->body.find(R"("status":503)") != std::string::npos);
    if (!is_unavailable || tries == tries_max) return answer;
    std::this_thread::sleep_for(pause);
  }
}

std::expected<void, std::string> create_tenant(HttpClient& client, const directory::RegisterTenant& registration) {
  auto answer = ask_patiently(client, {.method = "POST",
                                       .target = "/v1/tenants",
                                       .headers = {{"Content-Type", "application/json"}},
                                       .body = registration_body(registration)});
  if (!answer) return std::unexpected(answer.error());
  if (answer->status == 200 || answer->status == 201) return {};
  return std::unexpected("the tenant " + registration.slug + " cannot be created: " + detail_of(*answer));
}

class Loading {
 public:
  Loading(client::Origin origin, const LoadOptions& options) : origin_(std::move(origin)), options_(options) {}

  std::expected<LoadReport, std::string> run(const std::vector<TenantLoad>& loads) {
    std::uint64_t all = 0;
    for (const TenantLoad& load : loads) all += load.commands.size();
    std::vector<std::jthread> workers;
    running_ = loads.size();
    for (const TenantLoad& load : loads) workers.emplace_back([this, &load] { load_tenant(load); });
    while (running_.load() > 0) {
      if (options_.on_progress) options_.on_progress(commands_.load(), all);
      if (options_.should_stop && options_.should_stop()) fail("the load was interrupted");
      std::this_thread::sleep_for(progress_interval);
    }
    workers.clear();
    if (options_.on_progress) options_.on_progress(commands_.load(), all);
    MutexLock lock(mutex_);
    if (error_) return std::unexpected(*error_);
    return LoadReport{commands_.load(), events_.load()};
  }

 private:
  void load_tenant(const TenantLoad& load) {
    HttpClient client(origin_);
    for (std::size_t from = 0; from < load.commands.size() && !failed_.load();) {
      std::size_t to = std::min(from + options_.request_commands_max, load.commands.size());
      if (auto sent = send(client, load, from, to); !sent)
        fail("tenant " + load.registration.slug + ": " + sent.error());
      from = to;
    }
    --running_;
  }

  std::expected<void, std::string> send(HttpClient& client, const TenantLoad& load, std::size_t from, std::size_t to) {
    HttpRequest request{.method = "POST",
                        .target = "/v1/commands",
                        .headers = {{"Content-Type", "application/x-ndjson"}, {"X-Tenant", load.registration.slug}},
                        .body = {}};
    for (std::size_t index = from; index < to; ++index) append_command_line(request.body, load.commands[index]);
    auto answer = ask_patiently(client, request);
    if (!answer) return std::unexpected(answer.error());
    if (answer->status != 200) return std::unexpected(detail_of(*answer));
    std::string_view rest = answer->body;
    for (std::size_t index = from; index < to; ++index) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (auto taken = take(load.commands[index], line); !taken) return taken;
    }
    return {};
  }

  std::expected<void, std::string> take(const Value& command, std::string_view line) {
    json answer = json::parse(line, nullptr, false);
    if (!answer.is_object()) return std::unexpected("the server's answer has a line that is not JSON");
    std::string name{events::command_name(command)};
    if (auto problem = answer.find("problem"); problem != answer.end()) {
      std::string type = problem->value("type", "");
      bool is_known = type.starts_with(problem_prefix);
      if (!is_known || !is_loaded_already(name, std::string_view{type}.substr(problem_prefix.size()))) {
        return std::unexpected(name + ": " + problem->value("detail", type));
      }
    }
    ++commands_;
    events_ += answer.value("events", std::uint64_t{0});
    return {};
  }

  void fail(const std::string& why) {
    MutexLock lock(mutex_);
    if (!error_) error_ = why;
    failed_ = true;
  }

  client::Origin origin_;
  const LoadOptions& options_;
  std::atomic<std::uint64_t> commands_{0};
  std::atomic<std::uint64_t> events_{0};
  std::atomic<std::size_t> running_{0};
  std::atomic<bool> failed_{false};
  Mutex mutex_;
  std::optional<std::string> error_ TENANTRY_GUARDED_BY(mutex_);
};

projections::TenantStatistics statistics_in(const json& document) {
  projections::TenantStatistics statistics;
  statistics.registrations = document.value("registrations", std::uint64_t{0});
  statistics.passed = document.value("passed", std::uint64_t{0});
  statistics.failed = document.value("failed", std::uint64_t{0});
  statistics.distinctions = document.value("distinctions", std::uint64_t{0});
  statistics.withdrawn = document.value("withdrawn", std::uint64_t{0});
  statistics.results = document.value("results", std::uint64_t{0});
  return statistics;
}

}  // namespace

std::expected<LoadReport, std::string> load_over_http(const std::string& url, std::vector<TenantLoad> loads,
                                                      const LoadOptions& options) {
  auto origin = client::parse_url(url);
  if (!origin) return std::unexpected(origin.error());
  HttpClient client(*origin);
  for (const TenantLoad& load : loads) {
    if (auto created = create_tenant(client, load.registration); !created) return std::unexpected(created.error());
  }
  return Loading(*origin, options).run(loads);
}

std::expected<std::vector<TenantCounts>, std::string> counts_over_http(const std::string& url,
                                                                       const std::vector<std::string>& slugs) {
  auto origin = client::parse_url(url);
  if (!origin) return std::unexpected(origin.error());
  HttpClient client(*origin);
  std::vector<TenantCounts> all;
  for (const std::string& slug : slugs) {
    auto answer = client.ask({.target = "/v1/statistics", .headers = {{"X-Tenant", slug}}, .body = {}});
    if (!answer) return std::unexpected(answer.error());
    if (answer->status != 200) return std::unexpected("the statistics of " + slug + ": " + detail_of(*answer));
    json document = json::parse(answer->body, nullptr, false);
    if (!document.is_object()) return std::unexpected("the statistics of " + slug + " are not JSON");
    all.push_back({slug, statistics_in(document)});
  }
  return all;
}

}  // namespace tenantry::api::demo
