// Answers in JSON that nobody may keep (RFC 6749 section 5.1), for the sources of this folder.
#pragma once

#include <string>
#include <utility>

#include "api/http/response.hpp"

namespace tenantry::api::oauth {

inline http::Response unkept_json(std::string body) {
  http::Response response;
  response.content_type = "application/json";
  response.headers = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
  response.body = std::move(body);
  return response;
}

}  // namespace tenantry::api::oauth
