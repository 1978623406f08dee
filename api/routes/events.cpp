#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"

namespace tenantry::api {

namespace {

std::string load_limits(const ServiceOptions& options, const events::engine::EngineOptions& engine) {
  return "A body has at most " + std::to_string(options.load_body_bytes_max >> 20) + " MiB and " +
         std::to_string(engine.submission_commands_max) + " lines that are not empty, or " +
         std::to_string(engine.atomic_commands_max) + " with `atomic=true`; more is refused as a whole (413). " +
         "An event has at most " + std::to_string(engine.record_bytes_max >> 10) + " KiB. A line is answered by one " +
         "line with its number and status, and with what a single command would have been answered.";
}

}  // namespace

std::vector<Route> event_routes(const ServiceOptions& options, const events::engine::EngineOptions& engine) {
  return {
      {.pattern = "/v1/audit/events",
       .summary = "The tenant's events: pages of NDJSON or JSON, or a feed of server-sent events",
       .reach = Reach::record,
       .requirement = required(Permission::read_events),
       .answer = {AnswerShape::Kind::feed},
       .query = {{"after",
                  "only events after this sequence, which the tenant has reached; a feed without it starts now",
                  R"({"type":"integer","minimum":0})"},
                 {"limit", "events in a page at most; not for feeds",
                  R"({"type":"integer","minimum":1,"maximum":1000,"default":100})"},
                 {"type", "exact event type, or a prefix that ends in *"},
                 {"subject", "exact subject (students/{id}), or a prefix that ends in *"},
                 {"actor", "who made the events: their authid"},
                 {"from", "not before this time",
                  R"({"type":"string","format":"date-time","pattern":"^(19|2[0-9])[0-9]{2}-"})"},
                 {"to", "before this time",
                  R"({"type":"string","format":"date-time","pattern":"^(19|2[0-9])[0-9]{2}-"})"}},
       .check = check_audit,
       .serve = serve_audit},
      {.method = http::Method::post,
       .pattern = "/v1/commands",
       .summary = "Many commands, one a line; answered line by line",
       .description = load_limits(options, engine),
       .reach = Reach::command,
       .requirement = principal_required,
       .answer = {AnswerShape::Kind::lines},
       .query = {{"atomic", "all or nothing", R"({"type":"boolean","default":false})"}},
       .body_bytes_max = options.load_body_bytes_max,
       .serve = serve_load},
  };
}

}  // namespace tenantry::api
