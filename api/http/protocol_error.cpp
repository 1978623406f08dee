#include "api/http/protocol_error.hpp"

#include <algorithm>
#include <array>

namespace tenantry::api::http {
namespace {

struct Status {
  int code;
  const char* phrase;
};

constexpr std::array<Status, 40> statuses{{
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {425, "Too Early"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
}};

// "Content Too Large" -> "content-too-large": the slug is the phrase, so that the two cannot drift apart.
std::string slug(std::string phrase) {
  for (char& c : phrase) {
    if (c == ' ') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return phrase;
}

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) json += c;
  }
  return json + '"';
}

}  // namespace

const char* reason_phrase(int status) {
  const auto found = std::ranges::find(statuses, status, &Status::code);
  return found == statuses.end() ? "Status" : found->phrase;
}

std::string problem_body(const ProtocolError& error) {
  const std::string title = reason_phrase(error.status);
  return "{\"type\":" + quoted("/problems/" + slug(title)) + ",\"title\":" + quoted(title) +
         ",\"status\":" + std::to_string(error.status) + ",\"detail\":" + quoted(error.detail) + "}";
}

}  // namespace tenantry::api::http
