#include "api/http/response.hpp"

#include <algorithm>

#include "api/http/date.hpp"
#include "api/http/protocol_error.hpp"
#include "api/http/text.hpp"

namespace tenantry::api::http {
namespace {

bool is_header_value(std::string_view value) {
  return std::ranges::none_of(value,
                              [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

void append_field(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append("\r\n");
}

void append_framing(std::string& text, const ResponseHead& head) {
  if (head.framing == Framing::length) {
    append_field(text, "Content-Length", std::to_string(head.content_length_bytes));
  }
  if (head.framing == Framing::chunked) append_field(text, "Transfer-Encoding", "chunked");
  if (head.close) append_field(text, "Connection", "close");
  if (!head.close && head.http_1_0) append_field(text, "Connection", "keep-alive");
}

}  // namespace

bool are_valid_headers(std::string_view content_type, const ResponseHeaders& headers) {
  return is_header_value(content_type) && std::ranges::all_of(headers, [](const auto& header) {
           return is_token(header.first) && is_header_value(header.second);
         });
}

bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

ResponseHeaders problem_headers(int status) {
  ResponseHeaders headers{{"Cache-Control", "no-store"}};
  if (status == 503) headers.emplace_back("Retry-After", "1");
  return headers;
}

std::string serialised(const ResponseHead& head) {
  std::string text;
  text.reserve(256);
  text.append("HTTP/1.1 ").append(std::to_string(head.status)).append(" ").append(reason_phrase(head.status));
  text.append("\r\n");
  append_field(text, "Date", date_of_now());
  if (!head.content_type.empty()) {
    append_field(text, "Content-Type", head.content_type);
    // Browsers must not guess a script out of a tenant's JSON.
    append_field(text, "X-Content-Type-Options", "nosniff");
  }
  if (head.headers) {
    for (const auto& [name, value] : *head.headers) append_field(text, name, value);
  }
  append_framing(text, head);
  return text.append("\r\n");
}

}  // namespace tenantry::api::http
