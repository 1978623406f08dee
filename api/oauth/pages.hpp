// The pages that people see: where they log in, choose a password, or are told something. HTML (WHATWG) without any
// script, in one small style of its own.
//
// Everything that is given is escaped, wherever it stands; names stand in <bdi>, so that letters written from right to
// left turn nothing around them. The fields that the forms send (application/x-www-form-urlencoded, by POST to
// `action`):
//
//   login_page            form (hidden), login, password, one_time_code (perhaps empty)
//   choose_password_page  invitation (hidden), password, password_again; and login, for programs that keep passwords,
//                         which anybody could have changed and nobody believes
//
// The pages hold to WCAG 2.2 AA: language and title, a label and a purpose (`autocomplete`) for every field, which may
// be pasted into; an error in words, announced (role="alert") and tied to its fields; text in a contrast of at least
// 7:1, borders and focus of at least 3:1; fields and buttons 44 px high; one column that fits 320 px. The field for a
// one-time code is always there: else the page would tell whose account has one. For the same reason a refused login
// has one text, whether or not there is such a user.
//
// page_response() is a page with its headers. Its Content-Security-Policy lets nothing in but the style, by its hash,
// and lets forms go to this server and to `form_action_sources` alone. Browsers hold also the redirects after a form to
// that list: so a login page names its application's form_action_source(). `Referrer-Policy: no-referrer` keeps what
// stands in the page's address from others; it also makes browsers send `Origin: null` with the form, so Origin tells
// nothing, and whose form it is is told by login_form_token.hpp. X-Content-Type-Options is added to every answer by
// api/http. Nobody may keep a page. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "api/http/response.hpp"

namespace tenantry::api::oauth {

enum class LoginProblem { none, refused, too_many_attempts };

struct LoginPage {
  std::string tenant_name;
  std::string application_name;
  std::string action;      // "/oauth/login"
  std::string form_token;  // login_form_token.hpp
  std::string login;       // what was typed before; empty at first
  LoginProblem problem = LoginProblem::none;
};
std::string login_page(const LoginPage& page);

// For an invitation or for a password that was forgotten.
struct ChoosePasswordPage {
  std::string tenant_name;
  std::string login;
  std::string action;
  std::string invitation;  // the secret that came with the link
  std::size_t password_characters_min = 0;
  std::string error;  // a sentence, "The two passwords are not the same."; empty: none
};
std::string choose_password_page(const ChoosePasswordPage& page);

std::string message_page(std::string_view title, std::string_view text);

// What the policy calls the place of a redirect URI that may be registered (redirect_uri.hpp): its origin, its scheme
// if that is its own; "http:" or "https:" for an IPv6 address, which policies cannot name.
std::string form_action_source(std::string_view redirect_uri);
// Sources that are none, by which a policy could be changed, throw std::invalid_argument.
http::ResponseHeaders page_headers(std::span<const std::string> form_action_sources);
http::Response page_response(int status, std::string page, std::span<const std::string> form_action_sources = {});

}  // namespace tenantry::api::oauth
