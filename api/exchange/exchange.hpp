// An exchange: one request on its way through the service, with what has been found out about it and the duty to
// answer.
//
// A plain value that is moved along; whoever holds it answers it, once, from any thread. Every answer carries the
// request's correlation id and traceparent, Tenantry-Position if it is about a tenant, and what may be kept of it
// (Keeping). Answers to GET and HEAD are held against the request's conditions (request/conditional.hpp) here, for all
// routes alike: what a route serves needs only say its ETag and Last-Modified, if it has them.
#pragma once

#include <optional>

#include "api/exchange/context.hpp"
#include "api/http/reply.hpp"
#include "api/http/request.hpp"
#include "api/request/caller.hpp"
#include "api/request/conditional.hpp"

namespace tenantry::api {

enum class Keeping;

struct TenantView {
  projections::TenantReader reader;
  // Read before anything else of the tenant, so an answer never shows less than its position says.
  std::uint64_t sequence = 0;

  TenantScope scope() const { return reader.scope(); }
};

struct Exchange {
  std::shared_ptr<Context> context;
  const Route* route = nullptr;
  http::Request request;
  http::Reply reply;
  Caller caller = {};
  Conditions conditions = {};
  std::optional<TenantView> tenant = {};
  bool is_narrowed = false;  // the tenant's reader shows what is the caller's own alone
};

void answer(Exchange& exchange, http::Response response);
void answer(Exchange& exchange, const Problem& problem);
// Tells the server's log what a problem's cause was, if it has one; answer() does so too.
void report_cause(const Exchange& exchange, const Problem& problem);
// An answer to a command, whose position is beyond the one that the exchange started with.
void answer_at(Exchange& exchange, std::uint64_t position, http::Response response);

// The response, or what is answered instead because of the request's conditions; for answers that are streams.
http::Response conditioned(const Exchange& exchange, http::Response response);

// A response with a JSON document.
http::Response json_response(std::string body, int status = 200);

// What every answer to the exchange carries but for what may be kept of it; for answers that are streams.
http::ResponseHeaders common_headers(const Exchange& exchange, std::optional<std::uint64_t> position);
// Vary and Cache-Control. `varies`: the headers that choose among the answers at the same address.
void append_keeping(http::ResponseHeaders& headers, Keeping keeping, std::string_view varies);
// By whose headers the answers at any address may differ: the tenant's name, and the caller's rights.
inline constexpr std::string_view varies_by_caller = "Authorization, X-Tenant, X-Role";
std::string varies_of(const Route& route);

}  // namespace tenantry::api
