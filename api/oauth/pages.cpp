#include "api/oauth/pages.hpp"

#include <algorithm>
#include <stdexcept>

#include "api/tokens/base_encodings.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::oauth {
namespace {

// Contrasts on white: text 17:1, hints 8.9:1, errors 8.6:1, the button 8.4:1, borders 4.5:1.
constexpr std::string_view style = R"(
*{box-sizing:border-box}
body{margin:0;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}
main{max-width:26rem;margin:0 auto}
h1{font-size:1.5rem;line-height:1.25}
label{display:block;margin-top:1rem;font-weight:600}
input{display:block;width:100%;min-height:44px;padding:.5rem;font:inherit;color:inherit;background:#fff;border:1px solid #767676;border-radius:4px}
input[readonly]{background:#f2f2f2}
button{width:100%;min-height:44px;margin-top:1.5rem;padding:.5rem 1rem;font:inherit;font-weight:600;color:#fff;background:#0b4a9e;border:1px solid #0b4a9e;border-radius:4px}
:focus-visible{outline:3px solid #0b4a9e;outline-offset:2px}
.hint{margin:.25rem 0 0;color:#4a4a4a}
.error{padding:.75rem;border:2px solid #99130b;border-radius:4px;color:#99130b}
)";

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char each : text) {
    switch (each) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += each;
    }
  }
  return out;
}

std::string name_in_text(std::string_view name) {
  return "<bdi>" + escaped(name) + "</bdi>";
}

std::string page_of(std::string_view title, std::string_view body) {
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>";
  page += escaped(title);
  page +=
      "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n<style>";
  page += style;
  page += "</style>\n</head>\n<body>\n<main>\n";
  page += body;
  return page + "</main>\n</body>\n</html>\n";
}

struct Field {
  std::string_view name;
  std::string_view label;
  std::string_view attributes;  // trusted
  std::string_view value = {};
  std::string_view hint = {};
};

std::string field_html(const Field& field, bool is_wrong) {
  std::string name{field.name};
  std::string html = "<label for=\"" + name + "\">" + escaped(field.label) + "</label>\n";
  html += "<input id=\"" + name + "\" name=\"" + name + "\" " + std::string{field.attributes};
  if (!field.value.empty()) html += " value=\"" + escaped(field.value) + "\"";
  std::string described_by = is_wrong ? "error" : "";
  if (!field.hint.empty()) described_by += (is_wrong ? " " : "") + name + "_hint";
  if (!described_by.empty()) html += " aria-describedby=\"" + described_by + "\"";
  if (is_wrong) html += " aria-invalid=\"true\"";
  html += ">\n";
  if (!field.hint.empty()) html += "<p class=\"hint\" id=\"" + name + "_hint\">" + escaped(field.hint) + "</p>\n";
  return html;
}

std::string hidden_html(std::string_view name, std::string_view value) {
  return "<input type=\"hidden\" name=\"" + std::string{name} + "\" value=\"" + escaped(value) + "\">\n";
}

std::string error_html(std::string_view error) {
  if (error.empty()) return {};
  return "<p class=\"error\" id=\"error\" role=\"alert\">" + escaped(error) + "</p>\n";
}

std::string form_begin(std::string_view action) {
  return "<form method=\"post\" action=\"" + escaped(action) + "\">\n";
}
std::string form_end(std::string_view button) {
  return "<button type=\"submit\">" + std::string{button} + "</button>\n</form>\n";
}

std::string_view text_of(LoginProblem problem) {
  switch (problem) {
    case LoginProblem::refused:
      return "The login, the password or the one-time code is not right. Please try again.";
    case LoginProblem::too_many_attempts:
      return "There were too many attempts. Please wait a few minutes and try again.";
    case LoginProblem::none:
      break;
  }
  return {};
}

std::string title_of(std::string_view what, std::string_view tenant_name, bool has_error) {
  return (has_error ? "Error: " : "") + std::string{what} + " \xe2\x80\x93 " + std::string{tenant_name};
}

bool is_source(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           std::string_view{":/.-+_~"}.contains(each);
  });
}

std::string policy(std::span<const std::string> form_action_sources) {
  static const std::string style_hash = tokens::encode_base64(events::bytes_of(events::sha256({style})));
  std::string text = "default-src 'none'; style-src 'sha256-" + style_hash +
                     "'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
  for (const std::string& each : form_action_sources) {
    if (!is_source(each)) throw std::invalid_argument("a source of a policy has a character that it cannot have");
    text += ' ' + each;
  }
  return text;
}

}  // namespace

std::string login_page(const LoginPage& page) {
  std::string_view error = text_of(page.problem);
  bool is_wrong = page.problem == LoginProblem::refused;
  std::string body = "<h1>Log in</h1>\n<p>" + name_in_text(page.tenant_name) +
                     " asks who you are, for the application " + name_in_text(page.application_name) + ".</p>\n" +
                     error_html(error) + form_begin(page.action) + hidden_html("form", page.form_token);
  body += field_html(
      {"login", "Login",
       "type=\"text\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required", page.login},
      is_wrong);
  body +=
      field_html({"password", "Password", "type=\"password\" autocomplete=\"current-password\" required"}, is_wrong);
  body += field_html({"one_time_code", "One-time code, if you have set one up",
                      "type=\"text\" autocomplete=\"one-time-code\" inputmode=\"numeric\""},
                     is_wrong);
  return page_of(title_of("Log in", page.tenant_name, !error.empty()), body + form_end("Log in"));
}

std::string choose_password_page(const ChoosePasswordPage& page) {
  bool is_wrong = !page.error.empty();
  std::string hint = "At least " + std::to_string(page.password_characters_min) + " characters.";
  std::string body = "<h1>Choose a password</h1>\n<p>For your account at " + name_in_text(page.tenant_name) +
                     ".</p>\n" + error_html(page.error) + form_begin(page.action) +
                     hidden_html("invitation", page.invitation);
  body += field_html({"login", "Login", "type=\"text\" autocomplete=\"username\" readonly", page.login}, false);
  constexpr std::string_view new_password = "type=\"password\" autocomplete=\"new-password\" required";
  body += field_html({"password", "New password", new_password, {}, hint}, is_wrong);
  body += field_html({"password_again", "New password, once more", new_password}, is_wrong);
  return page_of(title_of("Choose a password", page.tenant_name, is_wrong), body + form_end("Save the password"));
}

std::string message_page(std::string_view title, std::string_view text) {
  return page_of(title, "<h1>" + escaped(title) + "</h1>\n<p>" + escaped(text) + "</p>\n");
}

std::string form_action_source(std::string_view redirect_uri) {
  std::string_view scheme = redirect_uri.substr(0, redirect_uri.find(':') + 1);
  if (scheme != "https:" && scheme != "http:") return std::string{scheme};
  std::string_view authority = redirect_uri.substr(std::min(scheme.size() + 2, redirect_uri.size()));
  authority = authority.substr(0, authority.find_first_of("/?"));
  if (authority.starts_with('[')) return std::string{scheme};
  return std::string{scheme} + "//" + std::string{authority};
}

http::ResponseHeaders page_headers(std::span<const std::string> form_action_sources) {
  return {{"Content-Security-Policy", policy(form_action_sources)},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"},
          {"Cache-Control", "no-store"}};
}

http::Response page_response(int status, std::string page, std::span<const std::string> form_action_sources) {
  return {status, "text/html; charset=utf-8", page_headers(form_action_sources), std::move(page)};
}

}  // namespace tenantry::api::oauth
