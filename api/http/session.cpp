#include "api/http/session.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "api/http/connection.hpp"
#include "api/http/connection_manager.hpp"

namespace tenantry::api::http {
namespace {

// "GET, HEAD, OPTIONS": HEAD follows from GET, and OPTIONS is answered everywhere.
std::string allow_value(const std::vector<Method>& methods) {
  std::string allow;
  for (const auto method : methods) {
    allow.append(name_of(method)).append(", ");
    if (method == Method::get) allow += "HEAD, ";
  }
  return allow + "OPTIONS";
}

void answer_options(Reply reply, const std::vector<Method>& methods) {
  reply.send(Response{.status = 204, .content_type = {}, .headers = {{"Allow", allow_value(methods)}}, .body = {}});
}

}  // namespace

Session::Session(std::shared_ptr<ConnectionManager> manager, std::shared_ptr<Connection> connection,
                 std::shared_ptr<const Handlers> handlers, std::string peer_address)
    : manager_(std::move(manager)),
      connection_(std::move(connection)),
      handlers_(std::move(handlers)),
      peer_address_(std::move(peer_address)),
      head_reader_(manager_->limits) {}

void Session::receive(std::string_view bytes, Router& router) {
  if (connection_->admit(bytes.size()) != Connection::Admission::reading) {
    // Whatever was being read will not be answered: its memory is free now, not when the client lets go.
    pending_.reset();
    body_reader_.reset();
    return;
  }
  const auto checked = read(bytes, router);
  if (checked) return;
  connection_->refuse(checked.error());
  pending_.reset();
  body_reader_.reset();
}

Session::Checked Session::read(std::string_view& bytes, Router& router) {
  if (!pending_) {
    const auto complete = head_reader_.read(bytes);
    // Before anything can be refused, here or by a deadline.
    if (head_reader_.asks_for_head()) connection_->answer_without_body();
    if (!complete) return std::unexpected(complete.error());
    if (!*complete) return {};
    if (auto begun = begin_request(bytes, router); !begun) return begun;
  }
  if (body_reader_) {
    const auto complete = body_reader_->read(bytes);
    if (!complete) return std::unexpected(complete.error());
    if (!*complete) return {};
  }
  dispatch(bytes);
  return {};
}

Session::Checked Session::begin_request(std::string_view following, Router& router) {
  auto head = parse_head(head_reader_.take(), manager_->limits);
  if (!head) return std::unexpected(std::move(head.error()));
  auto target = parse_target(head->target(), head->method);
  if (!target) return std::unexpected(std::move(target.error()));
  if (!target->host.empty()) head->host = std::move(target->host);
  auto match = router.match(head->method, target->path);
  pending_.emplace(std::move(*head), std::move(*target), std::move(match));
  return plan_body(following);
}

Session::Checked Session::plan_body(std::string_view following) {
  const auto& head = pending_->head;
  discards_body_ = false;
  if (!head.has_body()) return {};
  if (!pending_->match.route) {
    // Nobody wants this body: answer now, and let the closing connection swallow it.
    discards_body_ = true;
    return {};
  }
  const auto body_bytes_max = pending_->match.route->body_bytes_max;
  if (head.content_length_bytes.value_or(0) > body_bytes_max) {
    return std::unexpected(ProtocolError{413, "the body is larger than this route takes"});
  }
  body_reader_ = head.chunked
                     ? BodyReader::chunked(body_bytes_max, manager_->body_budget, manager_->limits)
                     : BodyReader::of_length(*head.content_length_bytes, manager_->body_budget, manager_->limits);
  connection_->begin_body();
  // A client that has sent some of its body already is not waiting for leave (RFC 9110 10.1.1).
  if (head.expects_continue && following.empty()) connection_->send_continue();
  return {};
}

void Session::dispatch(std::string_view following) {
  if (!following.empty() || discards_body_) connection_->close_after_answer();
  const auto turn = connection_->begin_answer();
  if (!turn) {
    pending_.reset();
    body_reader_.reset();
    return;
  }
  AnswerSlot slot{manager_,
                  connection_,
                  *turn,
                  pending_->head.method == Method::head,
                  pending_->head.http_1_0,
                  pending_->head.close};
  auto match = std::exchange(pending_->match, {});
  auto parameters = std::exchange(match.parameters, {});
  call(take_request(std::move(parameters), match.route), Reply(std::move(slot)), match);
}

Request Session::take_request(NamedValues parameters, const Route* route) {
  auto pending = *std::exchange(pending_, std::nullopt);
  auto body = std::exchange(body_reader_, std::nullopt);
  RequestParts parts;
  parts.method = pending.head.method;
  parts.target_at = pending.head.target_at;
  parts.target_bytes = pending.head.target_bytes;
  parts.head = std::move(pending.head.text);
  parts.fields = std::move(pending.head.fields);
  parts.host = std::move(pending.head.host);
  parts.path = std::move(pending.target.path);
  parts.query = std::move(pending.target.query);
  parts.peer_address = peer_address_;
  parts.parameters = std::move(parameters);
  if (route) parts.route = route->pattern;
  if (body) {
    parts.body = body->take_body();
    parts.body_lease = body->take_lease();
  }
  return Request(std::move(parts));
}

void Session::call(Request request, Reply reply, const RouteMatch& match) {
  const std::string route = match.route ? match.route->pattern : std::string();
  try {
    if (match.route) return match.route->handler(std::move(request), std::move(reply));
    if (match.allowed.empty()) return handlers_->not_found(std::move(request), std::move(reply));
    if (request.method() == Method::options) return answer_options(std::move(reply), match.allowed);
    handlers_->method_not_allowed(std::move(request), std::move(reply), allow_value(match.allowed));
  } catch (const std::exception& error) {
    report(route, error.what());
  } catch (...) {
    report(route, "an exception that is not a std::exception");
  }
}

void Session::report(const std::string& route, const std::string& what) {
  ++manager_->counters.handler_failures;
  if (handlers_->on_failure) handlers_->on_failure(route, what);
}

}  // namespace tenantry::api::http
