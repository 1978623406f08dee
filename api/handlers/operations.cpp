#include "api/cluster/cluster.hpp"
#include "api/documents/metrics.hpp"
#include "api/handlers/handlers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

namespace json = events::json;

struct NotReady {
  std::string detail;
  std::string cause = {};  // for the server's log: it may name files
};
using WhyNot = std::optional<NotReady>;

// Whether the disk would take what commands write, found out without one: the log first, without which nothing is
// decided, then the tables, which must follow it.
WhyNot why_not_written(const Context& context) {
  if (auto takes = context.log.takes_appends(); !takes) {
    return NotReady{"the log does not take events", takes.error().detail};
  }
  for (events::Partition partition : context.state.partitions()) {
    auto takes = context.state.partition(partition).database().takes_writes();
    if (!takes) return NotReady{partition.name() + ": the tables cannot be written", takes.error().detail};
  }
  return std::nullopt;
}

// Whether the partition's log can be asked, and its tables follow it.
WhyNot why_not_followed(Context& context, events::Partition partition) {
  if (auto end = context.log.end(partition); !end) {
    return NotReady{partition.name() + ": the log does not tell its end", end.error().detail};
  }
  if (auto trouble = context.engine.trouble(partition); !trouble.empty()) {
    return NotReady{partition.name() + ": the tables do not follow the log", trouble};
  }
  return std::nullopt;
}

// What keeps the log from taking events other than the disk is known from the last append.
WhyNot why_not_ready(Context& context) {
  if (context.draining.load()) return NotReady{"the server is stopping"};
  for (events::Partition partition : context.log.partitions()) {
    if (auto why = why_not_followed(context, partition)) return why;
  }
  if (context.cluster != nullptr) {
    if (auto trouble = context.cluster->trouble(); !trouble.empty()) return NotReady{trouble};
  }
  if (auto why = why_not_written(context)) return why;
  if (auto damage = context.log.first_damage(); !damage.empty()) return NotReady{"the log cannot be read", damage};
  if (context.write_health.failing(context.engine.counters().append_failures.load())) {
    return NotReady{"the log did not take the last events"};
  }
  return std::nullopt;
}

// One tenant's trouble is no reason to send the others elsewhere, but is said.
std::string ready(const projections::StateStore& state) {
  std::size_t quarantined = 0;
  std::size_t damaged = 0;
  for (events::Partition partition : state.partitions()) {
    quarantined += state.partition(partition).quarantined().size();
    damaged += state.partition(partition).damaged_tenants();
  }
  return R"({"status":"ready","quarantinedTenants":)" + std::to_string(quarantined) + R"(,"damagedTenants":)" +
         std::to_string(damaged) + '}';
}

void append_problem_type(std::string& out, const ProblemType& type) {
  json::ObjectWriter writer{out};
  json::append_text(writer.key("type"), std::string{"/problems/"} + std::string{type.slug});
  json::append_text(writer.key("title"), type.title);
  json::append_integer(writer.key("status"), static_cast<std::int64_t>(type.status));
}

void append_quarantine(std::string& out, const projections::Quarantine& quarantine) {
  json::ObjectWriter writer{out};
  json::append_text(writer.key("tenantId"), quarantine.tenant.text());
  json::append_integer(writer.key("position"), quarantine.position);
  json::append_integer(writer.key("sequence"), quarantine.sequence);
  json::append_text(writer.key("type"), quarantine.type);
  json::append_text(writer.key("reason"), quarantine.reason);
}

}  // namespace

void serve_livez(Exchange exchange) {
  answer(exchange, json_response(R"({"status":"alive"})"));
}

void serve_readyz(Exchange exchange) {
  auto reason = why_not_ready(*exchange.context);
  if (!reason) return answer(exchange, json_response(ready(exchange.context->state)));
  Fault fault = exchange.context->draining.load() ? Fault::stopping : Fault::not_ready;
  Problem problem = problem_of(fault, "", {});
  problem.detail = reason->detail;
  problem.cause = reason->cause.empty() ? reason->detail : reason->cause;
  answer(exchange, problem);
}

void serve_metrics(Exchange exchange) {
  answer(exchange, http::Response{.status = 200,
                                  .content_type = "text/plain; version=0.0.4; charset=utf-8",
                                  .headers = {},
                                  .body = metrics_text(*exchange.context)});
}

void serve_openapi(Exchange exchange) {
  answer(exchange, json_response(exchange.context->openapi));
}

void serve_asyncapi(Exchange exchange) {
  answer(exchange, json_response(exchange.context->asyncapi));
}

void serve_problems(Exchange exchange) {
  std::string body = R"({"items":[)";
  for (const ProblemType& type : problem_types()) {
    if (&type != &problem_types().front()) body += ',';
    append_problem_type(body, type);
  }
  answer(exchange, json_response(body + "]}"));
}

void serve_problem(Exchange exchange) {
  const std::string& slug = exchange.request.parameter("slug");
  for (const ProblemType& type : problem_types()) {
    if (type.slug != slug) continue;
    std::string body;
    append_problem_type(body, type);
    return answer(exchange, json_response(std::move(body)));
  }
  answer(exchange, problem_of(Fault::problem_unknown, "slug", "there is no problem " + slug));
}

void serve_quarantine(Exchange exchange) {
  const auto& state = exchange.context->state;
  std::string body = R"({"items":[)";
  bool first = true;
  for (events::Partition partition : state.partitions()) {
    for (const auto& quarantine : state.partition(partition).quarantined()) {
      if (!std::exchange(first, false)) body += ',';
      append_quarantine(body, quarantine);
    }
  }
  answer(exchange, json_response(body + "]}"));
}

}  // namespace tenantry::api
