// What the handlers of pages share: the tenant that a browser comes for, its cookie, and how it is answered.
// Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/exchange/exchange.hpp"
#include "api/exchange/route.hpp"
#include "api/issuer/issuer.hpp"
#include "api/oauth/form.hpp"

namespace tenantry::api {

// The issuer, or nothing if the exchange has been answered: this server issues nothing.
Issuer* issuer_or_answer(Exchange& exchange);
// Does the rest on one of the issuer's threads; too much of it is answered here.
void on_issuers_thread(Exchange exchange, Issuer& issuer, std::move_only_function<void(Exchange, Issuer&)> rest);

// The query of the target, or the body of a form.
std::expected<oauth::Form, oauth::FormFault> read_query(const http::Request& request);
std::expected<oauth::Form, oauth::FormFault> read_form(const http::Request& request);

// Made by api/oauth, which says itself that nobody may keep it; so does the route.
void answer_unkept(Exchange& exchange, http::Response response);
void answer_message(Exchange& exchange, int status, std::string_view title, std::string_view text);
void send_to(Exchange& exchange, std::string location);

// The value of a cookie, if the browser sends one of this name.
std::optional<std::string_view> cookie(const http::Request& request, std::string_view name);

// Texts of a JSON object that has these members and no others. Errors name the member.
Checked<std::vector<std::string>> read_texts(const http::Request& request,
                                             std::initializer_list<std::string_view> names);

Problem problem_of_vault(const events::VaultError& error);

}  // namespace tenantry::api
