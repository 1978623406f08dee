#include "api/handlers/browser.hpp"

#include <algorithm>

#include "api/oauth/pages.hpp"
#include "events/json/reader.hpp"

namespace tenantry::api {

Issuer* issuer_or_answer(Exchange& exchange) {
  Issuer* issuer = exchange.context->issuer.get();
  if (issuer == nullptr) {
    answer(exchange, problem_of(Fault::issues_nothing, "", "the server was started without --public-url"));
  }
  return issuer;
}

void on_issuers_thread(Exchange exchange, Issuer& issuer, std::move_only_function<void(Exchange, Issuer&)> rest) {
  auto shared = std::make_shared<Exchange>(std::move(exchange));
  bool posted =
      issuer.workers().post([shared, &issuer, rest = std::move(rest)]() mutable { rest(std::move(*shared), issuer); });
  if (posted) return;
  Problem problem = problem_of(Fault::overloaded, "", "too many secrets are being looked at");
  answer(*shared, problem);
}

std::expected<oauth::Form, oauth::FormFault> read_query(const http::Request& request) {
  std::string_view target = request.target();
  std::size_t mark = target.find('?');
  return oauth::Form::parse(mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1));
}

std::expected<oauth::Form, oauth::FormFault> read_form(const http::Request& request) {
  auto type = request.header("Content-Type");
  if (!type || !is_media_type(*type, "application/x-www-form-urlencoded")) {
    return std::unexpected(oauth::FormFault{"", "must be application/x-www-form-urlencoded"});
  }
  return oauth::Form::parse(request.body());
}

void answer_unkept(Exchange& exchange, http::Response response) {
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Cache-Control"; });
  answer(exchange, std::move(response));
}

void answer_message(Exchange& exchange, int status, std::string_view title, std::string_view text) {
  answer_unkept(exchange, oauth::page_response(status, oauth::message_page(title, text)));
}

void send_to(Exchange& exchange, std::string location) {
  constexpr int see_other = 303;
  http::Response response{.status = see_other};
  response.headers = {{"Location", std::move(location)}, {"Referrer-Policy", "no-referrer"}};
  answer(exchange, std::move(response));
}

std::optional<std::string_view> cookie(const http::Request& request, std::string_view name) {
  for (const auto& [header, value] : request.headers()) {
    if (header != "Cookie" && header != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      std::string_view each = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(each.size() + 1, rest.size()));
      each.remove_prefix(std::min(each.find_first_not_of(' '), each.size()));
      if (each.starts_with(name) && each.substr(name.size()).starts_with('=')) return each.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

Checked<std::vector<std::string>> read_texts(const http::Request& request,
                                             std::initializer_list<std::string_view> names) {
  auto wrong = [](std::string_view field, std::string detail) {
    return std::unexpected(problem_of(events::DecodeError{std::string{field}, std::move(detail)}));
  };
  auto type = request.header("Content-Type");
  if (!type || !is_media_type(*type, "application/json")) {
    return std::unexpected(
        problem_of(Fault::media_type_unsupported, "Content-Type", "must be application/json in UTF-8"));
  }
  auto object = events::json::scratch_document().parse(request.body());
  if (!object) return std::unexpected(problem_of(object.error()));
  if (object->kind() != events::json::Kind::object) return wrong("", "must be an object");
  std::vector<std::optional<std::string>> found(names.size());
  for (events::json::Value member : *object) {
    auto place = std::ranges::find(names, member.key());
    if (place == names.end()) return wrong(member.key().substr(0, 80), "is not a field here");
    if (member.kind() != events::json::Kind::text) return wrong(member.key(), "must be a string");
    found[static_cast<std::size_t>(place - names.begin())] = std::string{member.text()};
  }
  std::vector<std::string> texts;
  for (std::size_t place = 0; place < found.size(); ++place) {
    if (!found[place]) return wrong(names.begin()[place], "is missing");
    texts.push_back(std::move(*found[place]));
  }
  return texts;
}

Problem problem_of_vault(const events::VaultError& error) {
  bool is_full = error.kind == events::VaultError::Kind::full;
  Problem problem = problem_of(is_full ? Fault::overloaded : Fault::not_written, "",
                               is_full ? "the tenant keeps as many secrets as it may" : "the secret was not kept");
  problem.cause = error.detail;
  return problem;
}

}  // namespace tenantry::api
