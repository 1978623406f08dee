// Dispatch: what every request passes before its handler. It is admitted (admission.hpp), what it is about is found
// out, and the plan that these facts make (plan.hpp) is followed.
//
// A query that sends Tenantry-Position waits, without holding a thread, until the tenant's tables have come that far.
// What it could be refused for without them is looked at before (Route::check). Where the log has several nodes, what
// another node serves goes the ways of elsewhere.hpp. Any thread.
#pragma once

#include "api/exchange/exchange.hpp"
#include "api/exchange/route.hpp"
#include "api/http/router.hpp"

namespace tenantry::api {

void dispatch(Context& context, const Route& route, http::Request request, http::Reply reply);

// The context's route table as the HTTP layer wants it. The context outlives the server.
http::Routes http_routes(Context& context);

}  // namespace tenantry::api
