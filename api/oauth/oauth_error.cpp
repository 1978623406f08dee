#include "api/oauth/oauth_error.hpp"

#include "api/oauth/json_response.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::oauth {

OauthError invalid_client(std::string description, bool by_header) {
  return {"invalid_client", std::move(description), by_header};
}

http::Response error_response(const OauthError& error) {
  std::string body;
  {
    events::json::ObjectWriter object{body};
    events::json::append_text(object.key("error"), error.error);
    if (!error.description.empty()) {
      events::json::append_text(object.key("error_description"), error.description);
    }
  }
  http::Response response = unkept_json(std::move(body));
  response.status = error.challenge ? 401 : 400;
  if (error.challenge) response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"tenantry\", charset=\"UTF-8\"");
  return response;
}

}  // namespace tenantry::api::oauth
