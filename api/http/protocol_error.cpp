#include "api/http/protocol_error.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

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

constexpr std::array<ProtocolProblem, 12> problems{{
    {400, "bad-request", "The request is not HTTP as the server speaks it"},
    {404, "not-found", "Nothing is served at this path"},
    {405, "method-not-allowed", "The path does not serve this method"},
    {408, "request-timeout", "The request took too long to arrive"},
    {413, "content-too-large", "The body is too large"},
    {414, "uri-too-long", "The target is too long"},
    {417, "expectation-failed", "The expectation cannot be met"},
    {431, "request-header-fields-too-large", "The header fields are too large"},
    {500, "internal-server-error", "The server failed"},
    {501, "not-implemented", "The method or the transfer coding is not known"},
    {503, "service-unavailable", "A limit of the server is reached"},
    {505, "http-version-not-supported", "The HTTP version is not supported"},
}};

std::string quoted(std::string_view text) {
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

std::span<const ProtocolProblem> protocol_problems() {
  return problems;
}

const ProtocolProblem& protocol_problem(int status) {
  const auto found = std::ranges::find(problems, status, &ProtocolProblem::status);
  if (found == problems.end()) throw std::logic_error("no problem has the status " + std::to_string(status));
  return *found;
}

std::string problem_body(const ProtocolError& error) {
  const auto& problem = protocol_problem(error.status);
  return "{\"type\":" + quoted("/problems/" + std::string(problem.slug)) + ",\"title\":" + quoted(problem.title) +
         ",\"status\":" + std::to_string(error.status) + ",\"detail\":" + quoted(error.detail) + "}";
}

}  // namespace tenantry::api::http
