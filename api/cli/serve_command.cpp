#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <iostream>
#include <map>
#include <thread>

#include "api/cli/checks.hpp"
#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/demo_run.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/logging.hpp"
#include "api/cli/preflight.hpp"
#include "api/cli/signals.hpp"
#include "api/cli/suggestions.hpp"
#include "api/cli/token_settings.hpp"
#include "api/client/http_client.hpp"
#include "api/cluster/ownership.hpp"
#include "api/exchange/site.hpp"
#include "api/service/service.hpp"
#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api::cli {
namespace {

constexpr std::int64_t drain_timeout_ms = 10'000;

constexpr const char* footer =
    R"(Without --public-url, --issuer or --dev the server believes its callers and listens on loopback addresses only; with them
every request needs an access token, and behind a proxy it listens on others (docs/SECURITY.md). It stops on SIGTERM, SIGHUP or Ctrl-C after answering what is under way. Its log goes to stderr, one JSON object a line. A new data folder needs 64 MiB
of room; while a disk is full a server goes on reading, refuses what would write, and says so at /readyz.

Examples:
  tenantry serve --data ./data --demo-if-empty
  tenantry serve --port 9090 --threads 4 --log-level warning
  TENANTRY_DATA=/srv/tenantry tenantry serve
  tenantry serve --dev                   take tokens, as `tenantry token` makes them
  tenantry serve --verify-log tail       start sooner on a large log: check its newest records only)";

struct Settings {
  DataFolder folder;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::vector<std::string> server_names;
  std::vector<std::string> behind_proxy;
  int threads = 2;
  int partitions = 0;
  TokenSettings tokens;
  bool demo_if_empty = false;
  std::string verify_log = "full";
};

// "school.example" of "https://school.example:8443".
std::string host_of_url(std::string_view url) {
  std::string_view rest = url.substr(url.find("://") + 3);
  rest = rest.substr(0, rest.find('/'));
  std::size_t colon = rest.rfind(':');
  bool has_port = colon != std::string_view::npos && rest.find(']', colon) == std::string_view::npos;
  return std::string{has_port ? rest.substr(0, colon) : rest};
}

// Lets the same message through once in a while: a full disk fails every request.
class Seen {
 public:
  bool is_news(const std::string& what) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::seconds interval{10};
    constexpr std::size_t kept_max = 100;
    MutexLock lock(mutex_);
    auto now = Clock::now();
    if (auto found = last_.find(what); found != last_.end() && now - found->second < interval) return false;
    if (last_.size() >= kept_max) last_.clear();
    last_[what] = now;
    return true;
  }

 private:
  Mutex mutex_;
  std::map<std::string, std::chrono::steady_clock::time_point> last_ TENANTRY_GUARDED_BY(mutex_);
};

void log_state(Node& node) {
  for (const std::string& note : node.notes()) log(Level::warning, note);
  for (events::Partition partition : node.state().partitions()) {
    for (const auto& quarantine : node.state().partition(partition).quarantined()) {
      log(Level::error, quarantine.text(), {{"tenant", quarantine.tenant.text()}, {"partition", partition.name()}});
    }
  }
}

ServiceOptions service_options(const Settings& settings, AuthenticationOptions authentication, Node& node) {
  ServiceOptions options;
  options.authentication = std::move(authentication);
  if (auto url = own_url(settings.tokens, settings.address, settings.port)) {
    options.issuer = IssuerOptions{.url = *url};
    // Passwords take a core each: half of them are left to everything else.
    options.issuer->threads = std::max(1u, std::thread::hardware_concurrency() / 2);
    options.vault = node.vault();
    std::string host = host_of_url(*url);
    options.server_names.push_back(host);
    if (!is_loopback(host)) options.gate.base_domains.push_back(host);
  }
  options.event_topics = events::event_topics(node.options().log);
  options.address = settings.address;
  options.port = settings.port;
  for (const std::string& name : settings.server_names) {
    bool is_bare_address = name.find(':') != std::string::npos && !name.starts_with('[');
    options.server_names.push_back(is_bare_address ? '[' + name + ']' : name);
  }
  for (const std::string& network : settings.behind_proxy) {
    options.behind_proxy.push_back(http::Network::parse(network).value());
  }
  // What other nodes ask of this one is addressed to the name that it is advertised under.
  auto advertised = client::parse_url(settings.folder.log.advertise);
  if (advertised) options.server_names.push_back(advertised->host);
  options.threads = settings.threads;
  options.on_handler_failure = [](const std::string& route, const std::string& what) {
    log(Level::error, "a handler failed", {{"route", route}, {"what", what}});
  };
  options.on_fault = [seen = std::make_shared<Seen>()](const std::string& route, const std::string& what) {
    if (seen->is_news(what)) log(Level::error, "a request failed", {{"route", route}, {"what", what}});
  };
  return options;
}

// Hands on what the log tells, which begins before there is anybody to hear it and may go on after.
class Relay {
 public:
  events::SharedLogCallbacks callbacks() {
    events::SharedLogCallbacks callbacks;
    callbacks.on_note = [this](const std::string& what) { note(what); };
    callbacks.on_lost = [this](events::Partition partition) {
      MutexLock lock(mutex_);
      if (ownership_ != nullptr) ownership_->lost(partition);
    };
    return callbacks;
  }
  OwnershipHooks hooks() {
    OwnershipHooks hooks;
    hooks.on_note = [this](const std::string& what) { note(what); };
    hooks.on_released = [](events::Partition partition) {
      log(Level::info, "released", {{"partition", partition.name()}});
    };
    hooks.on_served = [this](events::Partition partition) {
      log(Level::info, "serving a partition", {{"partition", partition.name()}});
      auto finished = service_.load()->partition_served(partition);
      if (!finished) log(Level::error, finished.error(), {{"partition", partition.name()}});
    };
    return hooks;
  }
  void begin(Ownership& ownership, Service& service) {
    service_ = &service;
    MutexLock lock(mutex_);
    ownership_ = &ownership;
  }
  void end() {
    MutexLock lock(mutex_);
    ownership_ = nullptr;
  }

 private:
  void note(const std::string& what) {
    if (seen_.is_news(what)) log(Level::warning, what);
  }

  Seen seen_;
  Mutex mutex_;
  Ownership* ownership_ TENANTRY_GUARDED_BY(mutex_) = nullptr;
  std::atomic<Service*> service_ = nullptr;
};

std::unique_ptr<Ownership> make_ownership(Node& node, Relay& relay) {
  if (node.shared_log() == nullptr) return nullptr;
  return std::make_unique<Ownership>(*node.shared_log(), node.engine(), node.options().log.node, relay.hooks());
}

// Fills in what the settings leave to the machine; what is wrong with them, if anything.
std::optional<std::string> name_node(Settings& settings) {
  LogSettings& log = settings.folder.log;
  if (log.node.empty()) {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0) log.node = name.data();
    if (log.node.empty()) return "the host has no name: name the node with --node";
  }
  if (log.advertise.empty() && settings.port == 0) {
    return "--port 0 with " + std::string{backend_of(log).kind} + " needs --advertise";
  }
  if (log.advertise.empty()) log.advertise = "http://" + settings.address + ':' + std::to_string(settings.port);
  auto url = client::parse_url(log.advertise);
  if (!url) return "--advertise: " + url.error();
  return std::nullopt;
}

int serve(const Settings& settings, AuthenticationOptions authentication, Node& node, Relay& relay,
          StopSignals& signals) {
  auto ownership = make_ownership(node, relay);
  Service service(node.log(), node.state(), node.engine(), service_options(settings, std::move(authentication), node),
                  ownership.get());
  node.on_committed(service.commit_listener());
  if (auto started = service.start(); !started) {
    return fail(settings.address + ':' + std::to_string(settings.port) + ": " + started.error());
  }
  if (service.finished_tenants() > 0) {
    log(Level::warning, "tenants whose creation was interrupted are finished",
        {{"tenants", static_cast<std::int64_t>(service.finished_tenants())}});
  }
  log(Level::info, "serving",
      {{"address", settings.address}, {"port", std::int64_t{service.port()}}, {"data", settings.folder.path}});
  std::string url = "http://" + settings.address + ':' + std::to_string(service.port());
  if (!(std::cout << suggestions(node, url) << std::flush)) {
    log(Level::warning, "the suggestions cannot be printed");
    std::cout.clear();  // a server is not there to print
  }
  if (ownership) {
    relay.begin(*ownership, service);
    if (auto joined = ownership->join(); !joined) return fail(joined.error());
  }
  signals.wait();
  log(Level::info, "stopping: answering what is under way");
  signals.let_through();
  if (ownership) ownership->leave();
  relay.end();
  bool drained = service.drain(drain_timeout_ms);
  if (!drained) log(Level::warning, "requests were left unanswered");
  log(Level::info, "stopped");
  return exit_ok;
}

// Why the server would stand on a network as it must not, if so.
std::optional<std::string> exposure(const Settings& settings) {
  if (is_loopback(settings.address)) return std::nullopt;
  bool asks = !settings.tokens.issuer.empty() || !settings.tokens.public_url.empty();
  if (asks && !settings.tokens.development && !settings.behind_proxy.empty()) return std::nullopt;
  return "refusing to listen on " + settings.address +
         ": beside loopback addresses (127.0.0.1, [::1]) the server listens only with --public-url or --issuer, "
         "without "
         "--dev, and with --behind-proxy, which says where the proxy is that ends TLS";
}

int run(Settings settings) {
  if (settings.address == "::1") settings.address = "[::1]";
  if (auto wrong = exposure(settings)) return fail(*wrong, exit_usage);
  if (settings.partitions > 0) settings.folder.partitions = settings.partitions;
  settings.folder.verify = settings.verify_log == "full" ? events::Verify::full : events::Verify::tail;
  if (auto wrong = contradiction_in(settings.folder.log)) return fail(*wrong, exit_usage);
  if (auto wrong = contradiction_in(settings.tokens, is_shared(settings.folder))) return fail(*wrong, exit_usage);
  if (is_shared(settings.folder)) {
    if (settings.demo_if_empty)
      return fail("--demo-if-empty is for the embedded log; load a cluster with `tenantry demo --url`", exit_usage);
    if (auto wrong = name_node(settings)) return fail(*wrong, exit_usage);
  }
  StopSignals signals;
  if (auto who = in_use(settings.folder)) return fail(*who + ": one server at a time works on a data folder");
  NodeOptions options = node_options(settings.folder);
  if (auto why = too_few_descriptors(Work::serves, options)) return fail(*why);
  if (auto why = obstacle(Work::serves, settings.folder)) return fail(*why);
  if (auto why = cannot_listen(settings.address, settings.port)) return fail(*why);
  Relay relay;
  options.log_callbacks = relay.callbacks();
  if (own_url(settings.tokens, settings.address, settings.port)) {
    options.vault_keys = vault_keys(settings.tokens, settings.folder.path, is_shared(settings.folder));
  }
  auto node = Node::open(std::move(options));
  if (!node) return fail(node.error());
  log_state(**node);
  auto authentication = authentication_options(settings.tokens, settings.folder.path);
  if (!authentication) return fail(authentication.error());
  std::expected<bool, std::string> wants = false;
  if (settings.demo_if_empty) wants = wants_demo(**node);
  if (!wants) return fail(wants.error());
  if (*wants) {
    int loaded = run_demo(**node, [&signals] { return signals.arrived(); });
    if (loaded != exit_ok) return loaded;
  }
  return serve(settings, std::move(*authentication), **node, relay, signals);
}

}  // namespace

Command serve_command() {
  auto settings = std::make_shared<Settings>();
  Command command{.name = "serve", .about = "Serve the REST API from a data folder", .footer = footer};
  add_folder_settings(command, settings->folder);
  command.takes({.name = "node",
                 .value = &settings->folder.log.node,
                 .about = "this node's name, which no other has (default: the host's)",
                 .kind = "NAME",
                 .wrong_in = wrong_in_node_name});
  command.takes({.name = "advertise",
                 .value = &settings->folder.log.advertise,
                 .about = "where the other nodes reach this one (default: http://ADDRESS:PORT)",
                 .kind = "URL",
                 .wrong_in = wrong_in_url});
  command.takes({.name = "address",
                 .value = &settings->address,
                 .about = "the address to listen on: a loopback one, or behind a proxy any",
                 .kind = "ADDRESS",
                 .shows_default = true});
  command.takes({.name = "server-name",
                 .value = &settings->server_names,
                 .about = "a name that requests may be addressed to, beside localhost and what is under it; may be "
                          "given more than once",
                 .kind = "NAME",
                 .wrong_in = wrong_in_host,
                 .delimiter = ','});  // a variable has no other way to name several
  command.takes({.name = "behind-proxy",
                 .value = &settings->behind_proxy,
                 .about = "the network that the proxy is in which ends TLS: connections are taken from there and from "
                          "this machine alone; may be given more than once",
                 .kind = "CIDR",
                 .wrong_in = wrong_in_network,
                 .delimiter = ','});
  add_token_settings(command, settings->tokens);
  command.takes({.name = "port",
                 .value = number(settings->port, 0, 65'535),
                 .about = "port to listen on; 0 for any free one",
                 .shows_default = true});
  command.takes({.name = "threads",
                 .value = number(settings->threads, 1, 256),
                 .about = "threads that serve connections",
                 .shows_default = true});
  command.takes({.name = "partitions",
                 .value = number(settings->partitions, 1, 1024),
                 .about = "partitions of the log, fixed when it is made (default " + default_partitions() + ")"});
  command.takes({.name = "verify-log",
                 .value = &settings->verify_log,
                 .about = "how much of the log to check at the start",
                 .shows_default = true,
                 .one_of = {"full", "tail"}});
  command.takes({.name = "demo-if-empty",
                 .value = &settings->demo_if_empty,
                 .about = "load the demo first if the folder is empty"});
  command.run = [settings] { return run(*settings); };
  return command;
}

}  // namespace tenantry::api::cli
