// The audit feed: pages of NDJSON or JSON for those who fetch, server-sent events for those who follow.
#include <array>

#include "api/exchange/authorisation.hpp"
#include "api/handlers/handlers.hpp"
#include "api/live/event_pages.hpp"
#include "api/request/paging.hpp"

namespace tenantry::api {
namespace {

constexpr std::uint64_t lines_max = 1000;
constexpr std::uint64_t lines_default = 100;
constexpr std::string_view ndjson = "application/x-ndjson";
constexpr std::string_view json = "application/json";
constexpr std::string_view event_stream = "text/event-stream";

Checked<std::optional<std::uint64_t>> read_after(const http::Request& request) {
  auto value = single_parameter(request, "after");
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) return std::nullopt;
  auto after = parse_number(**value);
  if (!after) return bad_parameter("after", "must be the sequence of an event, or 0");
  return after;
}

struct Lines {
  std::string body;
  std::uint64_t count = 0;
  std::uint64_t scanned = 0;
  std::uint64_t last = 0;  // sequence of the last event looked at
};

Checked<Lines> read_lines(const Exchange& exchange, const EventFilter& filter, std::uint64_t after,
                          std::uint64_t limit) {
  Lines lines{.body = {}, .last = after};
  std::uint64_t scanned_max = exchange.context->options.audit_events_scanned_max;
  // With no filter every event counts, and no more positions need be looked up than the page holds.
  bool plain = filter.type.empty() && filter.subject.empty() && filter.actor.empty() && !filter.from && !filter.to;
  auto visited = visit_events(exchange.context->log, exchange.tenant->reader, after,
                              plain ? std::min(limit, scanned_max) : scanned_max, [&](const events::RecordView& event) {
                                lines.last = event.attributes.sequence;
                                ++lines.scanned;
                                if (!filter.shows(event.attributes)) return true;
                                events::append_cloud_event_json(event, lines.body);
                                lines.body += '\n';
                                return ++lines.count < limit;
                              });
  if (!visited) return std::unexpected(std::move(visited.error()));
  return lines;
}

enum class Form { lines, document, feed };

struct Wanted {
  EventFilter filter;
  Form form = Form::lines;
  std::optional<std::uint64_t> after;
  std::optional<std::uint64_t> last_event;  // of a feed
  std::uint64_t limit = lines_default;      // of a page
};

// Whatever is liked best; of what is liked alike, what is asked for by its name, and then the first of these. A feed,
// which never ends, is given only to those who name it.
Checked<Form> read_form(const http::Request& request) {
  struct Offer {
    Form form;
    std::string_view media_type;
    AcceptedBy by;
  };
  constexpr std::array offers{Offer{Form::feed, event_stream, AcceptedBy::name},
                              Offer{Form::lines, ndjson, AcceptedBy::name_or_range},
                              Offer{Form::document, json, AcceptedBy::name_or_range}};
  auto accept = list_header(request, "Accept");
  std::optional<Form> best;
  std::pair<int, int> liking{0, 0};
  for (const Offer& offer : offers) {
    std::pair likes{quality(accept, offer.media_type, offer.by), quality(accept, offer.media_type, AcceptedBy::name)};
    if (likes.first == 0 || likes <= liking) continue;
    best = offer.form;
    liking = likes;
  }
  if (best) return *best;
  return std::unexpected(problem_of(Fault::not_acceptable, "Accept",
                                    "application/x-ndjson, application/json and text/event-stream are served"));
}

// Whatever can be told of it without the tenant's tables.
Checked<Wanted> read_wanted(const http::Request& request) {
  Wanted wanted;
  auto filter = read_event_filter(request);
  if (!filter) return std::unexpected(std::move(filter.error()));
  wanted.filter = std::move(*filter);
  auto form = read_form(request);
  if (!form) return std::unexpected(std::move(form.error()));
  wanted.form = *form;
  auto after = read_after(request);
  if (!after) return std::unexpected(std::move(after.error()));
  wanted.after = *after;
  if (wanted.form != Form::feed) {
    auto limit = number_parameter(request, "limit", 1, lines_max, lines_default);
    if (!limit) return std::unexpected(std::move(limit.error()));
    wanted.limit = *limit;
    return wanted;
  }
  for (std::string_view name : {"limit", "to"}) {
    if (!request.query(name).empty()) return bad_parameter(name, "has no meaning for a feed");
  }
  auto last = number_header(request, "Last-Event-ID");
  if (!last) return std::unexpected(std::move(last.error()));
  wanted.last_event = *last;
  return wanted;
}

std::string beyond(std::uint64_t end) {
  return "is beyond the tenant's last event, " + std::to_string(end);
}

// `next`: what the next page comes after; nothing if this is the last.
http::Response document_of(const Lines& lines, const std::optional<std::string>& next) {
  std::string_view rest = lines.body;
  http::Response response = json_response(R"({"items":[)");
  response.body.reserve(lines.body.size() + 64);
  while (!rest.empty()) {
    std::size_t end = rest.find('\n');
    if (response.body.back() != '[') response.body += ',';
    response.body += rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  response.body += ']';
  if (next) response.body += ",\"next\":\"" + *next + '"';
  response.body += '}';
  return response;
}

void answer_page(Exchange& exchange, const Wanted& wanted) {
  std::uint64_t end = exchange.tenant->sequence;
  if (wanted.after.value_or(0) > end) return answer(exchange, bad_parameter("after", beyond(end)).error());
  auto lines = read_lines(exchange, wanted.filter, wanted.after.value_or(0), wanted.limit);
  if (!lines) return answer(exchange, lines.error());
  std::optional<std::string> next;
  if (lines->last < end && lines->scanned > 0) next = std::to_string(lines->last);
  http::Response response = wanted.form == Form::document ? document_of(*lines, next) : http::Response{};
  if (wanted.form == Form::lines) {
    response.content_type = ndjson;
    response.body = std::move(lines->body);
  }
  if (next) response.headers.emplace_back("Link", next_link(exchange.request, "after", *next));
  answer(exchange, std::move(response));
}

// Last-Event-ID is what a browser sends when it comes back, so it is newer than the URL. A start beyond the end would
// hide the events until then from the subscriber.
Checked<std::uint64_t> start_of(const Wanted& wanted, std::uint64_t end) {
  if (wanted.last_event.value_or(0) > end) return bad_header("Last-Event-ID", beyond(end));
  if (wanted.after.value_or(0) > end) return bad_parameter("after", beyond(end));
  return wanted.last_event ? *wanted.last_event : wanted.after.value_or(end);
}

void start_feed(Exchange exchange, Wanted wanted) {
  auto start = start_of(wanted, exchange.tenant.value().sequence);
  if (!start) return answer(exchange, start.error());
  auto begun = conditioned(exchange, {.status = 200, .content_type = std::string{event_stream}});
  if (begun.status != 200) return answer(exchange, std::move(begun));
  Feeds& feeds = exchange.context->feeds;
  if (exchange.context->draining.load()) {
    return answer(exchange, problem_of(Fault::stopping, "", "the server is stopping"));
  }
  if (!feeds.reserve()) {
    return answer(exchange, problem_of(Fault::overloaded, "", "as many feeds as can be served are open"));
  }
  auto headers = common_headers(exchange, exchange.tenant->sequence);
  append_keeping(headers, Keeping::never, {});
  http::Stream stream = exchange.reply.start_stream(200, event_stream, headers);
  if (!stream.is_open()) return feeds.release();
  stream.try_write("retry: 2000\nid: " + std::to_string(*start) + "\n\n");
  feeds.subscribe({exchange.tenant->scope(), std::move(wanted.filter), *start, goes_on_being_allowed(exchange)},
                  std::move(stream));
}

}  // namespace

Checked<void> check_audit(const http::Request& request, const TenantScope&) {
  auto wanted = read_wanted(request);
  if (!wanted) return std::unexpected(std::move(wanted.error()));
  return {};
}

void serve_audit(Exchange exchange) {
  auto wanted = read_wanted(exchange.request);
  if (!wanted) return answer(exchange, wanted.error());
  if (wanted->form == Form::feed) return start_feed(std::move(exchange), std::move(*wanted));
  answer_page(exchange, *wanted);
}

}  // namespace tenantry::api
