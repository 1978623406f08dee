// A person with a browser, who logs in for an application, and the application that is sent a code: over HTTP, step by
// step, each step at whichever server the test says. One thread at a time.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "api/oauth/form.hpp"
#include "api/tokens/pkce.hpp"
#include "tests/support/http_client.hpp"

namespace tenantry::test {

inline const std::string own_machine = "00000000-0000-7000-8000-000000000004";
inline const Headers form_headers{{"Content-Type", "application/x-www-form-urlencoded"}};

inline Answer post_form(HttpClient& server, const std::string& target,
                        std::initializer_list<api::oauth::Parameter> fields, Headers headers = {}) {
  headers.insert(headers.end(), form_headers.begin(), form_headers.end());
  return server.post(target, api::oauth::encode_form(fields), headers);
}

// The text between two others; "" if there is none.
inline std::string between(const std::string& text, const std::string& before, const std::string& after) {
  std::size_t from = text.find(before);
  if (from == std::string::npos) return "";
  from += before.size();
  return text.substr(from, text.find(after, from) - from);
}

inline std::string header_of(const Answer& answer, const std::string& lower_case_name) {
  auto found = answer.headers.find(lower_case_name);
  return found == answer.headers.end() ? "" : found->second;
}

// Of the alphabet of RFC 4648 section 6, without padding.
inline std::string bytes_of_base32(const std::string& text) {
  std::string bytes;
  unsigned bits = 0, value = 0;
  for (char each : text) {
    value = value << 5 | static_cast<unsigned>(each >= 'A' ? each - 'A' : each - '2' + 26);
    if ((bits += 5) >= 8) bytes += static_cast<char>(value >> (bits -= 8) & 0xff);
  }
  return bytes;
}

struct Browser {
  std::string tenant = {};
  std::string application = own_machine;
  std::string redirect_uri = "http://127.0.0.1:5000/callback";
  std::string scope = {};
  std::string verifier = std::string(43, 'v');
  std::string cookie = {};
  std::string form = {};

  std::string target() const {
    return "/oauth/authorize?" + api::oauth::encode_form({{"tenant", tenant},
                                                          {"client_id", application},
                                                          {"redirect_uri", redirect_uri},
                                                          {"response_type", "code"},
                                                          {"scope", scope},
                                                          {"state", "af0ifjsldkj"},
                                                          {"nonce", "n-0S6_WzA2Mj"},
                                                          {"code_challenge", api::tokens::code_challenge(verifier)},
                                                          {"code_challenge_method", "S256"}});
  }
  // The page, whose form and cookie are kept.
  Answer open(HttpClient& server) {
    Answer page = server.get(target(), cookie.empty() ? Headers{} : Headers{{"Cookie", cookie}});
    form = between(page.body, "name=\"form\" value=\"", "\"");
    std::string set = header_of(page, "set-cookie");
    if (!set.empty()) cookie = set.substr(0, set.find(';'));
    return page;
  }
  Answer submit(HttpClient& server, const std::string& login, const std::string& password,
                const std::string& code = "") {
    return post_form(server, "/oauth/login",
                     {{"form", form}, {"login", login}, {"password", password}, {"one_time_code", code}},
                     {{"Cookie", cookie}, {"Origin", "null"}});
  }
  // Of the answer to submit() that sends the browser back.
  static std::string code_in(const Answer& answer) {
    return between(header_of(answer, "location") + "&", "code=", "&");
  }
  Answer exchange(HttpClient& server, const std::string& code) {
    return post_form(server, "/oauth/token",
                     {{"grant_type", "authorization_code"},
                      {"code", code},
                      {"redirect_uri", redirect_uri},
                      {"client_id", application},
                      {"code_verifier", verifier}});
  }
  Answer refresh(HttpClient& server, const std::string& token, const std::string& wanted = "") {
    return post_form(
        server, "/oauth/token",
        {{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", application}, {"scope", wanted}});
  }
  // All of it; the answer with the tokens.
  nlohmann::json log_in(HttpClient& server, const std::string& login, const std::string& password) {
    open(server);
    Answer tokens = exchange(server, code_in(submit(server, login, password)));
    return nlohmann::json::parse(tokens.body);
  }
};

}  // namespace tenantry::test
